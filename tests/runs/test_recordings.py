from explorer.runs.recordings import import_recordings
from explorer.runs.records import RunState
from explorer.runs.store import Store
from explorer.specs import PRESETS
from tests.conftest import ROOT


def test_the_shipped_recordings_are_those_of_the_first_presets_and_come_in_once(store: Store) -> None:
    for _ in range(2):
        import_recordings(store, ROOT / "assets" / "recorded")
    for preset in PRESETS[:2]:
        [runs] = store.runs_of(preset.race.experiments)
        assert all(run.recorded and run.state is RunState.FINISHED for run in runs)
        assert store.steps(runs[0].id).gradient_norms.shape == (200, runs[0].experiment.network.depth)
        assert store.checkpoint(runs[0].id) is not None

import pytest

from explorer.runs.queue import submit_race
from explorer.runs.records import Run, RunState
from explorer.runs.store import Store
from explorer.specs import Race
from explorer.specs.graft import Change, Graft, changed
from tests.measured import measured
from tests.trained import quiet, train_next, trained


def grow(store: Store, runs: list[Run], change: Change) -> list[Run]:
    networks = tuple(changed(run.experiment.network, change) for run in runs)
    race = Race(networks=networks, recipe=runs[0].experiment.recipe)
    return submit_race(store, race, "me", origins=[Graft(run=run.id, step=2, change=change) for run in runs])


def test_training_goes_on_from_a_changed_checkpoint_and_the_loss_does_not_jump(store: Store) -> None:
    runs = trained(store, {"shortcut": "none"}, {"shortcut": "A"})
    asked = {"runs": [run.id for run in runs], "step": 2, "change": "insert"}
    plain, residual = measured("graft", asked, store, report=quiet)
    assert residual.loss_after == pytest.approx(residual.loss_before, rel=1e-4)
    assert plain.loss_after != pytest.approx(plain.loss_before, rel=1e-3)
    made = grow(store, runs, Change.INSERT)
    train_next(store)
    for run, one in zip(made, (plain, residual), strict=True):
        now = store.run(run.id)
        assert now is not None
        assert now.state is RunState.FINISHED
        first = store.evaluations(run.id)[0]
        assert (first.step, first.test_loss) == (0, pytest.approx(one.loss_after, rel=1e-4))
        assert store.checkpoints(run.id) == [0, 1, 2]
        assert now.origin == Graft(run=runs[made.index(run)].id, step=2, change=Change.INSERT)
    assert store.runs_of([run.experiment for run in made]) == []  # no seed gives these curves


def test_a_run_whose_parent_is_gone_says_so(store: Store) -> None:
    runs = trained(store, {"shortcut": "A"})
    [made] = grow(store, runs, Change.INSERT)
    store.delete(runs[0].id)
    train_next(store)
    now = store.run(made.id)
    assert now is not None
    assert now.state is RunState.FAILED
    assert "not there any more" in now.reason

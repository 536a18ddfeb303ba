from explorer.runs.records import JobState
from explorer.runs.store import Store
from explorer.specs import DatasetName
from tests.pages import fresh, handed, opened

__all__ = ["fresh"]


def test_a_dataset_that_is_not_here_says_what_is_missing_and_is_fetched_on_request(store: Store) -> None:
    app = opened("explore")
    app.selectbox(key="dataset").set_value(DatasetName.CIFAR_100).run()
    assert any("CIFAR-100 are not on this machine" in warning.value for warning in app.warning)
    app.button(key="download").click().run()
    [job] = store.jobs()
    assert (job.kind, job.state) == ("dataset", "queued")
    assert "cifar-100" in job.payload
    app.button(key="cancel_dataset").click().run()
    store.finish(job.id, JobState.FAILED, "No network here.")
    app.run()
    assert [error.value for error in app.error] == ["No network here."]


def test_noise_and_clutter_are_asked_of_drawn_shapes_alone() -> None:
    app = opened("explore")
    assert "noise" not in app.session_state
    app.selectbox(key="dataset").set_value(DatasetName.SHAPES).run()
    app.number_input(key="noise").set_value(0.4).run()
    dataset = app.session_state["race"].dataset
    assert (dataset.name, dataset.noise, dataset.clutter) == (DatasetName.SHAPES, 0.4, 0.5)
    assert handed(app)["dataset"] == dataset.card.title

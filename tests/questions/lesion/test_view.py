from typing import Any

from explorer.questions.lesion.result import LesionResult
from explorer.runs.records import JobState
from explorer.runs.store import Store
from tests.pages import asked, fresh, opened, text

__all__ = ["fresh"]


def jobs(store: Store) -> dict[str, tuple[str, dict[str, Any]]]:
    """Removal to (job, payload)."""
    return {payload["study"]: (job, payload) for job, payload in asked(store, "lesion")}


def settle(store: Store, removal: str, lesions: tuple[str, ...], error: float) -> None:
    job, payload = jobs(store)[removal]
    result = LesionResult(intact=0.1, lesions=lesions, errors=((error,),) * len(lesions), pictures=360)
    store.finish(job, JobState.DONE, result=LesionResult.encode((result,) * len(payload["runs"])))


def test_it_opens_with_the_recorded_networks_of_20_and_56_layers_and_asks_three_removals(store: Store) -> None:
    app = opened("dissect")
    assert not app.exception
    found = jobs(store)
    assert sorted(found) == ["delete", "shuffle", "single"]
    assert [name.rpartition("-deep-")[2] for name in found["single"][1]["runs"]] == [
        "plain-20", "plain-56", "residual-20", "residual-56",
    ]  # fmt: skip
    assert app.button(key="cancel_lesion")


def test_what_is_measured_is_said_in_words_and_drawn(store: Store) -> None:
    app = opened("dissect")
    settle(store, "single", ("stage1.block1", "stage1.block2"), 0.875)
    settle(store, "delete", ("1", "2"), 0.5)
    settle(store, "shuffle", ("1", "2"), 0.5)
    app.run()
    assert not app.exception
    assert "A recorded plain-20 10 % → 87.5 %" in text(app)
    assert len(app.get("plotly_chart")) == 3
    assert any("All 360 test pictures" in caption.value for caption in app.caption)


def test_chosen_blocks_are_asked_together_and_stand_in_the_address(store: Store) -> None:
    app = opened("dissect")
    app.multiselect(key="removed").set_value(["stage1.block2", "stage3.block1"]).run()
    assert jobs(store)["chosen"][1]["removed"] == ["stage1.block2", "stage3.block1"]
    assert "asking the whole test set" in text(app)
    settle(store, "chosen", ("stage1.block2, stage3.block1",), 0.25)
    app.run()
    assert "Without stage1.block2, stage3.block1: A recorded plain-20 10 % → 25 %" in text(app)


def test_a_removal_that_failed_says_why_and_can_be_asked_again(store: Store) -> None:
    app = opened("dissect")
    job, _ = jobs(store)["single"]
    store.finish(job, JobState.FAILED, "The checkpoint does not fit.")
    app.run()
    assert [error.value for error in app.error] == ["The checkpoint does not fit."]
    next(button for button in app.button if button.label == "Ask again").click().run()
    again = store.job(job)
    assert again is not None
    assert again.state is JobState.QUEUED

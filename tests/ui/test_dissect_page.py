import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explorer.questions.lesion.result import LesionResult
from explorer.questions.result import to_json
from explorer.runs.records import JobState
from explorer.runs.store import Store
from tests.pages import fresh, opened
from tests.questions.anatomy.test_figure import RESIDUAL

__all__ = ["fresh"]


def jobs(store: Store) -> dict[str, tuple[str, dict[str, Any]]]:
    """Study to (job, payload)."""
    rows = store.connection.execute("SELECT id, payload FROM jobs WHERE kind = 'lesion'").fetchall()
    return {json.loads(payload)["study"]: (job, json.loads(payload)) for job, payload in rows}


def settle(store: Store, study: str, lesions: tuple[str, ...], error: float) -> None:
    job, payload = jobs(store)[study]
    result = LesionResult(intact=0.1, lesions=lesions, errors=((error,),) * len(lesions), pictures=360)
    store.finish(job, JobState.DONE, result=to_json((result,) * len(payload["runs"])))


def text(app: AppTest) -> str:
    return "\n".join(one.value for one in app.markdown)


def test_it_opens_with_the_recorded_networks_of_20_and_56_layers_and_asks_three_studies(store: Store) -> None:
    app = opened("dissect")
    assert not app.exception
    asked = jobs(store)
    assert sorted(asked) == ["delete", "shuffle", "single"]
    assert [name.rpartition("-deep-")[2] for name in asked["single"][1]["runs"]] == [
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


def test_a_study_that_failed_says_why_and_can_be_asked_again(store: Store) -> None:
    app = opened("dissect")
    job, _ = jobs(store)["single"]
    store.finish(job, JobState.FAILED, "The checkpoint does not fit.")
    app.run()
    assert [error.value for error in app.error] == ["The checkpoint does not fit."]
    next(button for button in app.button if button.label == "Ask again").click().run()
    again = store.job(job)
    assert again is not None
    assert again.state is JobState.QUEUED


@pytest.mark.parametrize("query", [{"run": "nobody"}, {"removed": "stage9.block9"}, {"checkpoint": "-1"}])
def test_a_hostile_address_opens_the_page(query: dict[str, str]) -> None:
    assert not opened("dissect", **query).exception


def test_the_second_view_asks_what_every_block_does_and_says_it(store: Store) -> None:
    app = opened("dissect", view="Look inside")
    [(job, payload)] = store.connection.execute("SELECT id, payload FROM jobs WHERE kind = 'anatomy'").fetchall()
    result = (RESIDUAL,) * len(json.loads(payload)["runs"])
    store.finish(job, JobState.DONE, result=to_json(result))
    app.run()
    assert not app.exception
    assert "Gradient over the shortcut, median block: A recorded plain-20 62.5 %" in text(app)
    assert len(app.get("plotly_chart")) == 5

from typing import Any

import numpy as np
import pytest

from explorer.questions.attribution.methods.spec import USUAL, MethodSettings
from explorer.runs.queue import claim
from explorer.runs.records import JobState, Run
from explorer.runs.store import Store
from explorer.specs import DatasetName
from tests import pages
from tests.studio import KIND, again, asked, figures, mine, opened, progress, runs, twins, work

__all__ = ["mine", "runs"]


def test_without_any_run_the_page_says_what_to_do(mine: Store) -> None:
    assert not mine.runs()
    app = pages.opened("attribution")
    assert "press Race" in app.info[0].value


def test_the_latest_race_is_asked_about_at_its_last_checkpoint_and_the_address_names_it(store: Store, runs: list[Run]) -> None:
    app = opened()
    assert asked(store) == [
        {
            "runs": [run.id for run in runs], "step": 2, "images": [0, 1, 2, 3], "methods": list(USUAL),
            "block": "stage3.block1", "target": "predicted", "settings": MethodSettings().model_dump(mode="json"),
        }
    ]  # fmt: skip
    assert app.query_params["run"] == [run.id for run in runs]
    assert not figures(app)
    work(store)
    drawn = figures(again(app))
    assert len(drawn) == 1
    assert [trace["type"] for trace in drawn[0]["data"]] == ["image", *["heatmap"] * 4]
    assert "Right answers on 4 pictures. A plain-8: " in app.markdown[0].value


def test_reopening_shows_the_same_answer_at_once_without_a_new_job(store: Store, runs: list[Run]) -> None:
    app = opened()
    work(store)
    first = figures(again(app))
    assert figures(opened(run=[run.id for run in runs])) == first
    assert len(asked(store)) == 1


def test_the_address_decides_runs_pictures_methods_block_class_and_strength(store: Store, runs: list[Run]) -> None:
    app = opened(
        run=[runs[1].id], shown="2", **{"from": "7"}, shuffle="0", methods=["Saliency", "Grad-CAM"],
        block="stage1.block1", target="the true class", opacity="0.5", checkpoint="1",
    )  # fmt: skip
    spec = asked(store)[0]
    assert spec["runs"] == [runs[1].id]
    assert spec["images"] == [7, 8]
    assert spec["methods"] == ["saliency", "grad-cam"]
    assert spec["block"] == "stage1.block1"
    assert spec["target"] == "true"
    assert spec["step"] == 1
    work(store)
    drawn = figures(again(app))
    assert np.isclose(drawn[0]["data"][1]["opacity"], 0.5)


@pytest.mark.parametrize(
    "address",
    [
        {"shown": "99"},
        {"shown": "-1"},
        {"from": "100000"},
        {"from": "x"},
        {"methods": "guess"},
        {"block": "stage9.block9"},
        {"target": "__import__"},
        {"opacity": "nan"},
        {"opacity": "7"},
        {"checkpoint": "77"},
        {"pictures": "all"},
        {"run": ["unknown", "<script>"]},
        {"shuffle": "99999999999999999999"},
    ],
)
def test_a_hostile_address_falls_back_to_the_defaults(store: Store, runs: list[Run], address: dict[str, Any]) -> None:
    opened(**{"run": [run.id for run in runs], **address})
    spec = asked(store)[-1]
    assert spec["runs"] == [run.id for run in runs]
    assert spec["step"] == 2
    assert all(0 <= place < 360 for place in spec["images"])
    assert 1 <= len(spec["images"]) <= 16
    assert spec["block"] == "stage3.block1"


def test_a_click_in_the_diagram_moves_grad_cam_to_that_block_once(store: Store, runs: list[Run]) -> None:
    assert runs
    app = opened()
    app.session_state["selected_block"] = "stage2.block1"
    again(app)
    assert asked(store)[-1]["block"] == "stage2.block1"
    app.selectbox(key="block").set_value("stage1.block1")
    again(app)
    assert asked(store)[-1]["block"] == "stage1.block1"


def test_a_new_question_withdraws_the_one_before(store: Store, runs: list[Run]) -> None:
    assert runs
    app = opened()
    app.number_input(key="shown").set_value(2)
    again(app)
    assert sorted(job.state for job in store.jobs(kind=KIND)) == ["cancelled"] * 4 + ["queued"] * 4


def test_while_it_is_computed_progress_is_shown_and_it_can_be_cancelled_and_asked_again(store: Store, runs: list[Run]) -> None:
    assert runs
    app = opened()
    assert progress(app) == "Waiting for a worker: number 1 in the queue."
    job = claim(store, "measure", "worker")
    assert job is not None
    store.report(job.id, 0.5, "plain-8: occlusion")
    assert progress(again(app)) == "Computing the maps: plain-8: occlusion."
    store.queue_again(job.id, store.payload(job.id))
    again(app)
    app.button(key="cancel_attribution.methods").click()
    again(app)
    assert "stopped before it was finished" in app.error[0].value
    next(button for button in app.button if button.label == "Ask again").click()
    again(app)
    assert [job.state for job in store.jobs(kind=KIND)] == ["queued"] * 4


def test_a_failure_is_said_in_the_workers_sentence(store: Store, runs: list[Run]) -> None:
    assert runs
    app = opened()
    store.finish(store.jobs(kind=KIND)[0].id, JobState.FAILED, "One of these runs is not there any more: choose others.")
    again(app)
    assert app.error[0].value == "One of these runs is not there any more: choose others."


def test_runs_of_two_datasets_are_not_asked_about_together(store: Store, runs: list[Run]) -> None:
    other = twins(store, DatasetName.SHAPES)
    app = opened(run=[runs[0].id, other[0].id])
    assert "different pictures" in app.info[0].value
    assert asked(store) == []


def test_without_a_method_the_page_asks_for_one(store: Store, runs: list[Run]) -> None:
    assert runs
    app = opened()
    assert len(asked(store)) == 1
    app.button_group(key="methods").set_value([])
    again(app)
    assert "Choose at least one method" in app.info[0].value


@pytest.mark.parametrize(
    "address",
    [
        {"view": "nothing"},
        {"view": "Is it right?", "check": "<b>", "checked": "9999"},
        {"view": "Classes", "classes": ["horse", "<script>"]},
        {"set_tolerance": "nan"},
        {"set_segments": "-4", "methods": ["KernelSHAP"]},
        {"view": "Agreement", "alike": "x"},
        {"pictures": "Where A and B differ most", "from": "77"},
    ],
)
def test_a_hostile_address_opens_the_studio(runs: list[Run], address: dict[str, Any]) -> None:
    assert runs
    opened(**address)

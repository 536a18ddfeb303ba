import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from explorer.questions.attribution.methods.spec import USUAL, MethodSettings
from explorer.runs.queue import claim, submit_race
from explorer.runs.records import JobState, Run
from explorer.runs.store import Store
from explorer.specs import DatasetName, DatasetSpec, NetworkSpec, Race, Recipe, settings
from explorer.worker.jobs import do

PAGE = Path(__file__).parents[3] / "explorer" / "ui" / "pages" / "attribution.py"


@pytest.fixture
def runs(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[Run]:
    monkeypatch.setattr("explorer.ui.cache.store", lambda: store)
    monkeypatch.setattr("explorer.ui.cache.owner", lambda: "me")
    return trained(store)


def trained(store: Store, dataset: DatasetName = DatasetName.DIGITS) -> list[Run]:
    networks = tuple(NetworkSpec(depth=8, width=4, shortcut=shortcut) for shortcut in ("none", "A"))
    recipe = Recipe(steps=2, batch=8, warmup=0, evaluate_every=1, checkpoint_every=1)
    made = submit_race(store, Race(networks=networks, dataset=DatasetSpec(name=dataset), recipe=recipe), "me")
    work(store, "train")
    return made


def work(store: Store, pool: str = "measure") -> None:
    """What a worker does, until nothing is queued."""
    job = claim(store, pool, "worker")
    assert job is not None
    while job is not None:
        do(job, store, settings().datasets_path)
        job = claim(store, pool, "worker")


def opened(**address: Any) -> AppTest:
    app = AppTest.from_file(str(PAGE), default_timeout=30)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def again(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def asked(store: Store) -> list[dict[str, Any]]:
    """What was asked, a question's methods together again."""
    rows = store.connection.execute("SELECT payload FROM jobs WHERE kind = 'attribute' ORDER BY created, rowid")
    found: list[dict[str, Any]] = []
    for part in (json.loads(row[0]) for row in rows):
        same = ("runs", "step", "images", "target")
        if (
            found
            and all(found[-1][name] == part[name] for name in same)
            and part["methods"][0] not in found[-1]["methods"]
        ):
            found[-1]["methods"] += part["methods"]
            found[-1]["block"] = found[-1]["block"] or part["block"]
        else:
            found.append(part)
    return found


def figures(app: AppTest) -> list[Any]:
    return [json.loads(element.proto.spec) for element in app.main if element.type == "plotly_chart"]


def progress(app: AppTest) -> str:
    return next(str(element.proto.text) for element in elements(app.main) if element.type == "progress")


def elements(block: Any) -> Any:
    for child in getattr(block, "children", {}).values():
        yield child
        yield from elements(child)


def test_without_any_run_the_page_says_what_to_do(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.ui.cache.store", lambda: store)
    monkeypatch.setattr("explorer.ui.cache.owner", lambda: "me")
    app = AppTest.from_file(str(PAGE), default_timeout=30).run()
    assert "press Race" in app.info[0].value


def test_the_latest_race_is_asked_about_at_its_last_checkpoint_and_the_address_names_it(
    store: Store, runs: list[Run]
) -> None:
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
    request = asked(store)[0]
    assert request["runs"] == [runs[1].id]
    assert request["images"] == [7, 8]
    assert request["methods"] == ["saliency", "grad-cam"]
    assert request["block"] == "stage1.block1"
    assert request["target"] == "true"
    assert request["step"] == 1
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
    request = asked(store)[-1]
    assert request["runs"] == [run.id for run in runs]
    assert request["step"] == 2
    assert all(0 <= place < 360 for place in request["images"])
    assert 1 <= len(request["images"]) <= 16
    assert request["block"] == "stage3.block1"


def test_shuffling_gives_other_pictures_and_the_same_ones_for_the_same_number(store: Store, runs: list[Run]) -> None:
    assert runs
    app = opened()
    for number in (3, 4, 3):
        app.number_input(key="shuffle").set_value(number)
        again(app)
    images = [tuple(request["images"]) for request in asked(store)]
    assert len(images) == 3  # the last question had been asked before
    assert len(set(images)) == 3


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
    states = [row[0] for row in store.connection.execute("SELECT state FROM jobs WHERE kind = 'attribute'")]
    assert sorted(states) == ["cancelled"] * 4 + ["queued"] * 4


def test_while_it_is_computed_progress_is_shown_and_it_can_be_cancelled_and_asked_again(
    store: Store, runs: list[Run]
) -> None:
    assert runs
    app = opened()
    assert progress(app) == "Waiting for a worker: number 1 in the queue."
    job = claim(store, "measure", "worker")
    assert job is not None
    store.report(job.id, 0.5, "plain-8: occlusion")
    assert progress(again(app)) == "Computing the maps: plain-8: occlusion."
    store.connection.execute("UPDATE jobs SET state = 'queued'")
    again(app)
    app.button(key="cancel_attribute").click()
    again(app)
    assert "stopped before it was finished" in app.error[0].value
    next(button for button in app.button if button.label == "Ask again").click()
    again(app)
    assert store.connection.execute("SELECT state FROM jobs WHERE kind = 'attribute'").fetchall() == [("queued",)] * 4


def test_a_failure_is_said_in_the_workers_sentence(store: Store, runs: list[Run]) -> None:
    assert runs
    app = opened()
    job = store.connection.execute("SELECT id FROM jobs WHERE kind = 'attribute'").fetchone()[0]
    store.finish(job, JobState.FAILED, "One of these runs is not there any more: choose others.")
    again(app)
    assert app.error[0].value == "One of these runs is not there any more: choose others."


def test_while_the_next_answer_is_computed_the_wall_before_stays(store: Store, runs: list[Run]) -> None:
    assert runs
    app = opened()
    work(store)
    before = figures(again(app))
    app.number_input(key="from").set_value(8)
    assert figures(again(app)) == before
    work(store)
    assert figures(again(app)) != before


def test_runs_of_two_datasets_are_not_asked_about_together(store: Store, runs: list[Run]) -> None:
    other = trained(store, DatasetName.SHAPES)
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


def test_an_uploaded_picture_goes_to_the_worker_unopened(store: Store, runs: list[Run]) -> None:
    assert runs
    file = io.BytesIO()
    Image.new("RGB", (50, 40), "white").save(file, "PNG")
    app = opened(pictures="My own picture")
    assert "Upload a picture" in app.info[0].value
    app.file_uploader(key="own_picture").upload("../<b>me</b>.png", file.getvalue(), "image/png")
    again(app)
    assert asked(store)[-1]["images"] == "upload"
    assert store.connection.execute("SELECT blob FROM jobs WHERE kind = 'attribute'").fetchone()[0] == file.getvalue()
    work(store)
    again(app)
    assert "on this picture" in app.markdown[0].value
    assert (
        store.connection.execute("SELECT count(*) FROM jobs WHERE kind = 'attribute'").fetchone()[0] == 0
    )  # the session has it
    again(app)
    assert "on this picture" in app.markdown[0].value
    assert store.connection.execute("SELECT count(*) FROM jobs WHERE kind = 'attribute'").fetchone()[0] == 0


def test_a_shipped_photograph_is_explained_like_ones_own(store: Store, runs: list[Run]) -> None:
    app = opened(run=[run.id for run in runs], pictures="A photograph", sample="a cup of coffee (Rachel Michetti, CC0)")
    work(store)
    again(app)
    assert "on this picture" in app.markdown[0].value
    assert "coffee" in str(app.query_params["sample"])


def test_an_uploaded_file_that_is_no_picture_is_answered_with_a_sentence(store: Store, runs: list[Run]) -> None:
    assert runs
    app = opened(pictures="My own picture")
    app.file_uploader(key="own_picture").upload("evil.png", b"<svg/>", "image/png")
    again(app)
    work(store)
    again(app)
    assert "not a picture that can be read" in app.error[0].value

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explorer.runs.recordings import import_recordings
from explorer.runs.records import JobState
from explorer.runs.store import Store
from explorer.specs import PRESETS, DatasetName, NetworkSpec, outline
from explorer.ui import cache
from explorer.ui.components.drawing import drawing
from explorer.ui.race import title
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def fresh(store: Store) -> None:
    cache.store.clear()
    import_recordings(store, ROOT / "assets" / "recorded")


def opened(page: str, **query: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "explorer" / "ui" / "pages" / f"{page}.py"), default_timeout=20)
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def staged(test: AppTest) -> dict[str, Any]:
    """The data that the stage was handed."""
    [component] = [element for element in test.main if element.type == "bidi_component"]
    return dict(json.loads(component.proto.json))


def test_explore_opens_with_the_recorded_degradation() -> None:
    test = opened("explore")
    assert not test.exception
    data = staged(test)
    assert [lane["title"] for lane in data["lanes"]] == ["plain-56", "residual-56"]
    assert [lane["run"] for lane in data["lanes"]] == [
        "recorded-degradation-plain-56",
        "recorded-degradation-residual-56",
    ]
    assert data["problem"] == ""


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_preset_sets_the_builder_to_its_race(preset: Any) -> None:
    test = opened("explore")
    test.pills(key="preset").set_value(preset.name).run()
    assert not test.exception
    assert test.session_state["race"].experiments == preset.race.experiments


def test_a_depth_that_does_not_fit_is_explained_and_the_last_race_stays() -> None:
    test = opened("explore")
    test.number_input(key="a_depth").set_value(57).run()
    assert not test.exception
    data = staged(test)
    assert "the nearest two are 56 and 62" in data["problem"]
    assert data["lanes"][0]["title"] == "plain-56"


def test_another_block_moves_the_depth_to_one_that_fits() -> None:
    test = opened("explore")
    test.number_input(key="a_depth").set_value(110).run()
    test.selectbox(key="a_block").set_value("bottleneck").run()
    assert test.session_state["a_depth"] == 110
    test.number_input(key="a_depth").set_value(119).run()
    test.selectbox(key="a_block").set_value("basic").run()
    assert test.session_state["a_depth"] in {116, 122}
    assert staged(test)["problem"] == ""


def test_a_network_deeper_than_the_server_trains_is_drawn_and_not_trained() -> None:
    test = opened("explore")
    test.number_input(key="a_depth").set_value(1202).run()
    assert "this server trains up to 218" in staged(test)["problem"]


def test_the_title_says_in_words_what_differs() -> None:
    networks = PRESETS[0].race.fitted_networks
    assert title(networks) == "plain-56 {A} and residual-56 {B}: they differ in shortcut (none, option A)"
    assert title(networks[:1] * 2).endswith("the same network")


def test_a_drawing_tells_equal_blocks_once_and_loses_none() -> None:
    form = outline(NetworkSpec(depth=1202, shortcut="C"))
    told = drawing(form)
    assert len(json.dumps(told)) < 12_000
    assert sum(run["count"] for run in told["runs"]) == 600
    assert sum(run["count"] * run["parameters"] for run in told["runs"]) == sum(
        block.parameters for block in form.blocks
    )
    last = told["runs"][-1]
    assert last["first"] + last["count"] * last["layers"] == 1202
    assert last["field"] + (last["count"] - 1) * last["field_step"] == form.receptive_field


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

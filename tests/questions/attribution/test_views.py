from typing import Any

import numpy as np
import pytest

from explorer.questions.attribution.checks.result import Checked
from explorer.questions.attribution.checks.spec import Check
from explorer.questions.attribution.checks.view import suspects
from explorer.questions.attribution.methods.cards import CARDS
from explorer.questions.attribution.methods.spec import Method
from explorer.questions.attribution.methods.view import unreached
from explorer.questions.attribution.pictures.result import Standing
from explorer.questions.attribution.pictures.view import order
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.specs import DatasetName
from tests.questions.attribution.test_page import again, asked, figures, opened, runs, trained, work

__all__ = ["runs"]


def names(runs: list[Run]) -> list[str]:
    return [run.id for run in runs]


def kinds(store: Store) -> list[str]:
    return [row[0] for row in store.connection.execute("SELECT DISTINCT kind FROM jobs WHERE pool = 'measure'")]


def test_every_block_view_draws_parts_strips_and_flows(store: Store, runs: list[Run]) -> None:
    app = opened(view="Blocks", run=names(runs))
    work(store)
    drawn = figures(again(app))
    assert len(drawn) == 4  # parts, a strip a network, flows
    assert "no shortcut" in app.markdown[0].value
    assert [trace["name"] for trace in drawn[-1]["data"]] == ["A branch", "B branch", "B shortcut"]
    app.selectbox(key="block").set_value("stage1.block1")
    assert len(figures(again(app))) == 4
    assert store.connection.execute("SELECT count(*) FROM jobs WHERE kind = 'blocks'").fetchone()[0] == 1


def test_classes_are_columns_and_any_may_be_left_out(store: Store, runs: list[Run]) -> None:
    app = opened(view="Classes", run=names(runs))
    assert [request["target"] for request in asked(store)] == list(range(10))
    work(store)
    assert len(figures(again(app))) == 2  # a band a network
    app.multiselect(key="classes").set_value(["3", "7"])
    again(app)
    app.multiselect(key="classes").set_value([])
    again(app)
    assert "Choose at least one class" in app.info[0].value


def test_over_training_there_is_a_film_and_its_strip_on_one_scale(store: Store, runs: list[Run]) -> None:
    app = opened(view="Over training", run=names(runs))
    assert sorted({request["step"] for request in asked(store)}) == [0, 1, 2]
    work(store)
    film, *strips = figures(again(app))
    assert [frame["name"] for frame in film["frames"]] == ["0", "1", "2"]
    assert len({trace["zmax"] for frame in film["frames"] for trace in frame["data"]}) == 1
    assert strips
    assert "step 0 → 2" in app.markdown[0].value


def test_with_one_checkpoint_the_page_says_how_to_get_more(store: Store, runs: list[Run]) -> None:
    store.connection.execute("DELETE FROM checkpoints WHERE step < 2")
    assert "Train your own" in opened(view="Over training", run=names(runs)).info[0].value


def test_agreement_waits_for_the_maps_and_then_compares_them(store: Store, runs: list[Run]) -> None:
    app = opened(view="Agreement", run=names(runs))
    assert kinds(store) == ["attribute"]
    work(store)
    again(app)
    assert "likeness" in kinds(store)
    work(store)
    (table,) = figures(again(app))
    assert len(table["data"][0]["x"]) == 8
    assert "Least alike" in app.markdown[0].value


def test_masks_are_for_shapes_alone(store: Store, runs: list[Run]) -> None:
    assert "Only the generated shapes" in opened(view="Is it right?", run=names(runs)).info[0].value
    shapes = trained(store, DatasetName.SHAPES)
    app = opened(view="Is it right?", run=names(shapes), checked="8", methods=["Saliency", "Grad-CAM"])
    work(store)
    (panels,) = figures(again(app))
    assert len(panels["data"]) == 6  # three scores, two networks
    assert "Highest intersection over union" in app.markdown[0].value
    app.toggle(key="mask_training").set_value(True)
    again(app)
    work(store)
    assert len(figures(again(app))) == 2


@pytest.mark.parametrize("check", ["Insertion and deletion", "Infidelity and sensitivity", "Random weights"])
def test_the_other_checks_work_on_any_pictures(store: Store, runs: list[Run], check: str) -> None:
    app = opened(view="Is it right?", check=check, run=names(runs), checked="8", methods=["Saliency", "Grad-CAM"])
    work(store)
    assert figures(again(app))


def test_shuffled_labels_are_only_learned_when_asked_for(store: Store, runs: list[Run]) -> None:
    app = opened(view="Is it right?", check="Shuffled labels", run=names(runs), checked="8", methods=["Saliency"])
    assert kinds(store) == []
    app.toggle(key="twins").set_value(True)
    again(app)
    work(store)
    assert figures(again(app))


@pytest.mark.parametrize("source", ["Worst mistakes of A", "Where A and B differ most"])
def test_pictures_come_in_the_order_that_the_networks_give_them(store: Store, runs: list[Run], source: str) -> None:
    app = opened(pictures=source, run=names(runs))
    assert "No test picture answers" in app.info[0].value
    work(store)
    again(app)
    images = asked(store)[-1]["images"]
    assert len(images) == 4
    assert images != [0, 1, 2, 3]


def test_orders_are_those_of_the_standings() -> None:
    a = Standing(np.array([[0.9, 0.1], [0.6, 0.4]], np.float32), np.array([1, 0]))
    b = Standing(np.array([[0.9, 0.1], [0.1, 0.9]], np.float32), np.array([1, 0]))
    assert order([a, b], "mistakes") == (0,)
    assert order([a, b], "differ") == (1, 0)
    assert set(order([a], "differ")) == {0, 1}


def test_a_method_that_keeps_its_order_with_random_stages_is_marked() -> None:
    def of(method: Method, value: float) -> Checked:
        rows = ((1.0,) * 8, tuple(value + 0.01 * index for index in range(8)))
        return Checked(check=Check.WEIGHTS, method=method, names=("trained", "stage1"), values=rows)

    kept, lost = of(Method.GUIDED_BACKPROPAGATION, 0.7), of(Method.SALIENCY, 0.2)
    assert suspects([[kept, lost]]) == [Method.GUIDED_BACKPROPAGATION]
    assert suspects([[lost], [lost]]) == []


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


def test_every_method_has_a_card_with_a_formula_and_a_source() -> None:
    assert set(CARDS) == set(Method)
    for card in CARDS.values():
        assert card.formula.count("{") == card.formula.count("}")
        assert all((card.title, card.answers, card.cost, card.misleads, card.source))


def test_maps_whose_delta_stayed_above_the_tolerance_are_counted() -> None:
    from tests.questions.attribution.methods.test_result import result

    deltas = {Method.INTEGRATED_GRADIENTS: np.array([0.2, 0.01], np.float32)}
    found = result(deltas=deltas)  # the logits rise by 0.75 and fall by 1
    assert "1 of 2 maps" in unreached([found], 0.05)
    assert unreached([found], 0.5) == ""
    assert unreached([result(deltas={})], 0.05) == ""

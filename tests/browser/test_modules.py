"""The modules of the components that draw nothing, in the browser that runs them, against cases worked out by hand."""

import json
import math
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, Route

from explorer.specs import Block, NetworkSpec, Shortcut, outline
from explorer.ui.components.drawing import drawing
from tests.conftest import ROOT

STATIC = ROOT / "explorer" / "ui" / "components" / "static"
PLACE = "http://127.0.0.1/"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """An empty page that can import our modules, and nothing else."""
    context = browser.new_context()
    page = context.new_page()
    page.route("**/*", serve)
    page.goto(PLACE)
    yield page
    context.close()


def serve(route: Route) -> None:
    path = STATIC / urlsplit(route.request.url).path.removeprefix("/")
    if path.is_file():
        route.fulfill(path=path, content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>Modules</title>", content_type="text/html")


def told(page: Page, module: str, expression: str, *given: Any) -> Any:
    """The value of an expression, in which `one` is a module and `given` is what was handed over."""
    return page.evaluate(f"async (given) => {{ const one = await import('/{module}.js'); return {expression}; }}", given)


def modules() -> list[str]:
    return sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.js"))


@pytest.mark.parametrize("module", modules())
def test_every_module_can_be_imported_alone(page: Page, module: str) -> None:
    assert isinstance(told(page, Path(module).with_suffix("").as_posix(), "Object.keys(one)"), list)


# numbers, axis, colours


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"), (1, "1"), (-2.5, "-2.5"), (1.23456, "1.23"), (0.0302, "0.0302"), (999.4, "999"), (999.6, "1k"),
        (1234, "1.23k"), (214_100, "214k"), (1_960_000, "1.96M"), (-3.5e9, "-3.5G"), (2e12, "2T"), (0.00012, "1.20e−4"),
        (None, "not finite"), (math.nan, "not finite"), (math.inf, "not finite"),
    ],
)  # fmt: skip
def test_a_number_has_three_digits_and_a_suffix_from_a_thousand_on(page: Page, value: Any, written: str) -> None:
    assert told(page, "numbers", "one.formatNumber(given[0])", value) == written


def test_layers_stand_half_a_layer_inside_the_margins(page: Page) -> None:
    """Ten layers on 100 pixels between margins of 46 and 10: ten pixels each, the first in the middle of its own."""
    made = "one.makeScale({ from: 1, to: 10 }, 156, { left: 46, right: 10 })"
    assert told(page, "axis", f"{made}.unit") == 10
    assert told(page, "axis", f"[1, 2, 10].map({made}.x)") == [51, 61, 141]


@pytest.mark.parametrize("viewport", [(1, 56), (3.5, 9.25), (1195, 1202)])
def test_pixels_lead_back_to_layers(page: Page, viewport: tuple[float, float]) -> None:
    made = "one.makeScale({ from: given[0], to: given[1] }, 640, { left: 69, right: 10 })"
    layers = np.linspace(*viewport, 7).tolist()
    back = told(page, "axis", f"given[2].map((layer) => {made}.layer({made}.x(layer)))", *viewport, layers)
    assert back == pytest.approx(layers)


def test_both_maps_of_colours_begin_and_end_where_their_sources_do(page: Page) -> None:
    ends = told(page, "colours", "[false, true].flatMap((signed) => [0, 255].map((at) => one.tableColour(signed, at)))")
    assert ends == ["rgb(68,1,84)", "rgb(253,231,37)", "rgb(118,42,131)", "rgb(27,120,55)"]
    assert told(page, "colours", "one.colourTable(true).slice(3 * 127, 3 * 129).every((part) => part > 240)")  # zero is pale


# the record of a run


def frame(header: dict[str, Any], rows: list[list[float]]) -> list[int]:
    """A frame of the live route, written out byte by byte."""
    text = json.dumps(header).encode()
    text += b" " * (-(4 + len(text)) % 4)
    return list(struct.pack("<I", len(text)) + text + np.array(rows, "<f4").tobytes())


def header(**fields: Any) -> dict[str, Any]:
    return {"run": "r", "state": "training", "layers": 2, "blocks": 0, "rows": 0, "evaluations": [], **fields}


def row(step: int, loss: float, accuracy: float, *norms: float) -> list[float]:
    return [step, loss, accuracy, 0.1, 0.02, *norms]


RECORD = """(() => {
  const { RunRecord, decodeFrame } = one;
  const record = new RunRecord("r");
  const dropped = given.map((bytes) => {
    const { header, values } = decodeFrame(new Uint8Array(bytes).buffer);
    return record.take(header, values);
  });
  return EXPRESSION;
})()"""


def recorded(page: Page, expression: str, *frames: list[int]) -> Any:
    return told(page, "record/record", RECORD.replace("EXPRESSION", expression), *frames)


FIRST = frame(header(rows=3), [row(1, 2.0, 0.25, 4.0, 8.0), row(2, 1.5, 0.5, 1.0, 0.5), row(4, 1.0, 0.75, 0.25, 2.0)])


def test_a_frame_is_decoded_to_its_header_and_its_rows(page: Page) -> None:
    decoded = "one.decodeFrame(new Uint8Array(given[0]).buffer)"
    assert told(page, "record/record", f"{decoded}.header", FIRST) == header(rows=3)
    values = told(page, "record/record", f"Array.from({decoded}.values)", FIRST)
    assert values[:7] == pytest.approx([1, 2.0, 0.25, 0.1, 0.02, 4.0, 8.0])
    assert len(values) == 3 * 7


def test_rows_become_columns_and_an_accuracy_an_error(page: Page) -> None:
    columns = recorded(page, "[record.steps, record.loss, record.error, record.rows.map((one) => Array.from(one))]", FIRST)
    assert columns == [[1, 2, 4], [2.0, 1.5, 1.0], [0.75, 0.5, 0.25], [[4, 8], [1, 0.5], [0.25, 2]]]


def test_rows_that_were_told_before_are_passed_over(page: Page) -> None:
    again = frame(header(rows=2), [row(4, 9.0, 0.0, 1.0, 1.0), row(5, 0.5, 1.0, 1.0, 1.0)])
    assert recorded(page, "[dropped, record.steps, record.loss]", FIRST, again) == [
        [False, False], [1, 2, 4, 5], [2.0, 1.5, 1.0, 0.5],
    ]  # fmt: skip


def test_a_rewound_run_drops_what_it_will_do_again(page: Page) -> None:
    back = frame(header(rewind=2, rows=1, evaluations=[[2, 1, 0.5, 1, 0.5]]), [row(3, 1.25, 0.5, 1.0, 1.0)])
    later = frame(header(evaluations=[[4, 1, 0.1, 1, 0.2], [0, 2, 0.9, 2, 0.9]]), [])
    found = recorded(page, "[dropped, record.steps, record.evaluations.map((one) => one[0])]", FIRST, later, back)
    assert found == [[False, False, True], [1, 2, 3], [0, 2]]


@pytest.mark.parametrize(("step", "place"), [(0, -1), (1, 0), (2, 1), (3, 1), (4, 2), (99, 2)])
def test_the_row_at_a_step_is_the_last_one_logged_by_then(page: Page, step: int, place: int) -> None:
    assert recorded(page, f"record.rowAt({step})", FIRST) == place


def test_bounds_are_those_of_all_positive_values_so_far_as_powers_of_ten(page: Page) -> None:
    odd = frame(header(rows=1), [row(5, 1.0, 1.0, 0.0, math.inf)])
    gradient = "{ id: 'gradient', read: (row) => row }"
    bounds = recorded(page, f"record.bounds({gradient})", FIRST, odd)
    assert (bounds["low"], bounds["high"]) == pytest.approx((math.log10(0.25), math.log10(8)))


def test_one_spike_of_the_loss_does_not_count_as_its_height(page: Page) -> None:
    losses = [2.0, 2.0, 90.0, 1.5, 1.0, 1.0, 1.0]
    rows = [row(step, loss, 0.5, 1.0, 1.0) for step, loss in enumerate(losses, 1)]
    assert recorded(page, "record.highLoss", frame(header(rows=len(rows)), rows)) == 2.0
    assert recorded(page, "record.settledLoss", FIRST) == 1.5
    assert recorded(page, "record.settledLoss") is None


# the quantities along the depth


def test_a_value_a_block_is_spread_over_its_layers_and_stands_in_their_middle(page: Page) -> None:
    """Six layers: the stem, two blocks of two, the classifier."""
    spread = told(page, "record/quantities", "Array.from(one.spread(new Float32Array([3, 7]), 6))")
    assert spread[1:5] == [3, 3, 7, 7]
    assert math.isnan(spread[0])
    assert math.isnan(spread[5])
    assert told(page, "record/quantities", "one.places(new Float32Array([3, 7]), 6)") == [2.5, 4.5]
    assert told(page, "record/quantities", "one.places(new Float32Array([3, 7]), 2)") == [1, 2]


@pytest.mark.parametrize(
    ("quantity", "values"),
    [("gradient", [1, 2, 3, 4]), ("response", [5, 6, 7, 8]), ("update", [9, 10, 11, 12]), ("share", [0.75]),
     ("angle", [0.0]), ("added", [0.5]), ("addition", [-1.0])],
)  # fmt: skip
def test_a_row_holds_every_quantity_in_its_place(page: Page, quantity: str, values: list[float]) -> None:
    """Four layers, one block: three values a layer, then the two terms 3 and 1, their sum, and what the block adds."""
    along = [*range(1, 13), 3, 1, math.sqrt(10), 0.5, -1]
    read = "Array.from(one.quantityOf(given[0]).read(new Float32Array(given[1]), 4, 1))"
    assert told(page, "record/quantities", read, quantity, along) == pytest.approx(values, abs=1e-6)


@pytest.mark.parametrize(
    ("value", "scale", "entry"),
    [(1e-3, "log", 0), (10, "log", 255), (0.1, "log", 128), (1e9, "log", 255), (0, "log", None), (-1, "log", None),
     (math.nan, "share", None), (0.5, "share", 255)],
)  # fmt: skip
def test_a_value_has_a_place_in_the_map_of_colours_or_none(page: Page, value: float, scale: str, entry: Any) -> None:
    asked = "one.entryOf(given[0], { scale: given[1] }, given[1] === 'log' ? { low: -3, high: 1 } : { low: 0, high: 0.5 })"
    assert told(page, "record/quantities", asked, value, scale) == entry


def test_an_axis_holds_whole_decades_or_all_that_is_possible(page: Page) -> None:
    record = "{ bounds: () => ({ low: -2.3, high: 0.2 }) }"
    ranges = f"['gradient', 'share', 'angle'].map((id) => one.rangeOf(one.quantityOf(id), [{record}]))"
    assert told(page, "record/quantities", ranges) == [
        {"low": -3, "high": 1}, {"low": 0, "high": 1}, {"low": -1, "high": 1},
    ]  # fmt: skip
    assert told(page, "record/quantities", "one.rangeOf(one.quantityOf(null), [])") == {"low": -3, "high": 1}


# the live route


def test_a_socket_asks_for_its_runs_from_where_it_stopped(page: Page) -> None:
    asked = "one.liveAddress('/live', given[0], [['a b', 3], ['c', 0]]).href"
    assert told(page, "record/socket", asked, "http://host:8501/dissect?x=1") == (
        "ws://host:8501/live?run=a+b&since=3&run=c&since=0"
    )
    assert told(page, "record/socket", asked, "https://host/").startswith("wss://host/live?")


def test_a_socket_waits_longer_from_try_to_try_but_never_more_than_four_seconds(page: Page) -> None:
    assert told(page, "record/socket", "[0, 1, 2, 3, 4, 5, 99].map(one.delayAfter)") == [250, 500, 1000, 2000, 4000, 4000, 4000]


# the diagram


@pytest.mark.parametrize("shortcut", Shortcut)
@pytest.mark.parametrize(("depth", "block"), [(20, Block.BASIC), (1202, Block.BASIC), (110, Block.BOTTLENECK)])
def test_a_drawing_unfolds_to_the_blocks_of_its_outline(page: Page, depth: int, block: Block, shortcut: Shortcut) -> None:
    form = outline(NetworkSpec(depth=depth, block=block, shortcut=shortcut))
    blocks = told(page, "diagram/blocks", "one.blocksOf(given[0])", drawing(form))
    assert [one["name"] for one in blocks] == [one.name for one in form.blocks]
    assert [one["field"] for one in blocks] == [one.receptive_field for one in form.blocks]
    places = [layer for one in blocks for layer in range(one["from"], one["to"] + 1)]
    assert places == list(range(2, depth))
    stages = told(page, "diagram/blocks", "one.stagesOf(given[0])", drawing(form))
    assert [one["stage"] for one in stages] == [1, 2, 3]
    assert sum(one["layers"] for one in stages) == depth - 2
    assert [tuple(one["output"]) for one in stages] == [
        next(block.output_shape for block in reversed(form.blocks) if block.stage == stage) for stage in (1, 2, 3)
    ]


def test_the_layers_of_named_blocks_are_counted_from_zero(page: Page) -> None:
    named = "[...one.layersOf(one.blocksOf(given[0]), new Set(['stage1.block2', 'nothing']))]"
    assert told(page, "diagram/blocks", named, drawing(outline(NetworkSpec(depth=8)))) == []
    assert told(page, "diagram/blocks", named, drawing(outline(NetworkSpec(depth=14)))) == [3, 4]


@pytest.mark.parametrize(("unit", "folded"), [(0.8, True), (6.9, True), (7, False), (20, False)])
def test_blocks_narrower_than_14_pixels_are_folded(page: Page, unit: float, folded: bool) -> None:
    asked = "one.folded(given[0], [{ run: { layers: 2 } }])"
    assert told(page, "diagram/outlines", asked, unit) is folded
    assert told(page, "diagram/outlines", "one.folded(0.1, [])") is False


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ((1, 56), (1, 56)),
        ((-5, 20), (1, 26)),
        ((40, 99), (1, 56)),
        ((50, 60), (46, 56)),
        ((10, 11), (10, 13)),
        ((55, 55), (53, 56)),
    ],
)
def test_at_least_four_layers_that_there_are_come_into_view(page: Page, asked: tuple[int, int], shown: tuple[int, int]) -> None:
    viewport = told(page, "diagram/zoom", "one.fitted(given[0], given[1], 56)", *asked)
    assert (viewport["from"], viewport["to"]) == shown


@pytest.mark.parametrize(("room", "name"), [(200, "stage 2: 16×4×4"), (90, "stage 2"), (40, "")])
def test_a_stage_is_called_what_there_is_room_for(page: Page, room: int, name: str) -> None:
    assert told(page, "diagram/stages", "one.stageName(2, [16, 4, 4], given[0])", room) == name


@pytest.mark.parametrize(
    ("order", "scale", "shortcut", "said"),
    [
        ("post", 1, "identity", "y=relu(F(x)+x)"), ("post", 0.5, "padded", "y=relu(αF(x)+pad(x))"),
        ("post", 1, "projection", "y=relu(F(x)+Wx)"), ("post", 1, "none", "y=relu(F(x))"),
        ("pre", 1, "identity", "y=F(relu(norm(x)))+x"), ("pre", 1, "projection", "y=F(relu(norm(x)))+W(relu(norm(x)))"),
    ],
)  # fmt: skip
def test_the_formula_of_a_block_says_what_is_computed(page: Page, order: str, scale: float, shortcut: str, said: str) -> None:
    formula = "one.formula({ drawing: { order: given[0], scale: given[1] }, ink: '#000' }, { shortcut: given[2] })"
    assert told(page, "diagram/card", f"{formula}.replace(/<[^>]*>/g, '')", order, scale, shortcut) == said


# the race


@pytest.mark.parametrize(
    ("search", "place"),
    [("", (None, None, None)), ("?at=50&selected=stage2.block3&along=share", (50, "stage2.block3", "share")),
     ("?at=0", (None, None, None)), ("?at=1.5", (None, None, None)), ("?at=1e999", (None, None, None))],
)  # fmt: skip
def test_the_address_names_step_block_and_quantity(page: Page, search: str, place: tuple[Any, ...]) -> None:
    named = told(page, "race/place", "one.placeIn(given[0])", search)
    assert (named["at"], named["block"], named["quantity"]) == place


def test_a_place_is_written_into_the_address_and_what_it_leaves_out_is_taken_away(page: Page) -> None:
    asked = "one.addressOf(given[0], { at: 7, block: null, quantity: 'share' }).search"
    assert told(page, "race/place", asked, "http://host/?run=a&selected=x&at=3") == "?run=a&at=7&along=share"


def test_a_growing_axis_doubles_and_stands_still_for_what_is_no_number(page: Page) -> None:
    assert told(page, "race/chart", "[2, 2.6, 11, NaN, Infinity].map((value) => one.grown(2.5, value))") == [2.5, 5, 20, 2.5, 2.5]


def test_the_finding_is_a_median_of_every_network(page: Page) -> None:
    lanes = """['A', 'B'].map((letter, at) => ({ letter, record: {
      rows: [1], blocks: 2, settledLoss: at ? null : 1.806, valuesAt: () => new Float32Array(at ? [0, 0] : [0.2, NaN, 0.4, 0.9]),
    } }))"""
    quantity = "{ per: 'block', scale: 'share', oneTerm: 'one term' }"
    said = told(page, "race/findings", f"one.depthFinding({lanes}, {quantity}, 9)")
    assert said == "at step 9, median block: A 40 %, B one term"
    assert told(page, "race/findings", f"one.lossFinding({lanes})") == "Training loss: A 1.81"
    assert told(page, "race/findings", "one.lossFinding([])") == "Training loss"


def test_the_speed_of_a_race_is_that_of_networks_that_take_turns(page: Page) -> None:
    """Two networks of 10 and 40 steps a second: together 1 / (1/10 + 1/40) = 8."""
    runs = """{ going: GOING, steps: () => 200, headers: [
      { step: 20, rate: 10, seconds_left: 6 }, { step: 21, rate: 40, seconds_left: 2.5 }] }"""
    asked = f"[true, false].map((going) => one.progressText({runs.replace('GOING', 'going')}, {{ steps: 200 }}))"
    assert told(page, "race/states", asked) == ["step 21/200 · 8 steps/s · 8.5 s left", "step 21/200"]
    assert told(page, "race/states", "one.progressText({ headers: [], going: false }, { steps: 30 })") == "30 steps"


@pytest.mark.parametrize(
    ("runs", "data", "said"),
    [
        ({}, {}, ["none", "Not trained yet."]),
        ({}, {"problem": "No depth."}, ["problem", "No depth."]),
        ({"states": ["training"], "owned": True}, {}, ["live", "Live"]),
        ({"states": ["training"]}, {}, ["live", "Live, started by someone else"]),
        ({"states": ["training"], "up": False}, {}, ["wait", "Connection lost, trying again."]),
        ({"states": ["queued"], "headers": [{"place": 3}]}, {}, ["wait", "Waiting, place 3 in the queue."]),
        ({"states": ["queued"], "headers": [{"place": 1}]}, {}, ["wait", "Starting."]),
        ({"states": ["finished"], "headers": [{"recorded": True}]}, {"recorded_on": "2026-01"}, ["recorded", "Recorded 2026-01"]),
        ({"states": ["diverged"], "headers": [{"reason": "It diverged."}]}, {}, ["problem", "It diverged."]),
        ({"states": ["finished", "stopped"], "headers": [{}]}, {}, ["done", "Finished, Stopped"]),
    ],
)  # fmt: skip
def test_a_race_says_how_it_stands(page: Page, runs: dict[str, Any], data: dict[str, Any], said: list[str]) -> None:
    given = {"states": [], "headers": [], "owned": False, "up": True, **runs}
    asked = "one.stateText({ ...given[0], states: new Set(given[0].states) }, given[1])"
    assert told(page, "race/states", asked, given, data) == said


def test_a_colour_bar_says_its_ends_in_its_own_unit(page: Page) -> None:
    bars = "['log', 'share', 'signed'].map((scale) => one.colourBar({ scale }, { low: -1, high: 1 }).replace(/<i.*<.i>/, '|'))"
    assert told(page, "race/colourbar", bars) == ["10<sup>−1</sup> | 10<sup>1</sup>", "-100 % | 100 %", "−1 | 1"]


def test_who_listens_hears_every_change_until_he_stops(page: Page) -> None:
    heard = """(() => {
      const [shared, heard] = [new one.Shared(), []];
      const stop = shared.on('margins', ({ left }) => heard.push(left));
      shared.set('margins', { left: 1, right: 0 });
      shared.set('viewport', { from: 2, to: 3 });
      stop();
      shared.set('margins', { left: 4, right: 0 });
      return [heard, shared.get('margins').left, shared.get('viewport').from];
    })()"""
    assert told(page, "shared", heard) == [[1], 4, 2]


# handles


HANDLE = {"name": "x", "x": 0.5, "y": 1.5, "step": 0.1, "reach": [-3, 3], "across": False}


@pytest.mark.parametrize(
    ("handle", "at", "place"), [({}, (1.04, -2.96), (1, -3)), ({}, (9, -9), (3, -3)), ({"across": True}, (0.26, 9), (0.3, 1.5))]
)
def test_a_handle_stays_within_its_reach_and_on_its_grid(
    page: Page, handle: dict[str, Any], at: tuple[float, float], place: tuple[float, float]
) -> None:
    fitted = told(page, "drag/place", "one.fitted(given[0], given[1], given[2])", HANDLE | handle, *at)
    assert (fitted["name"], fitted["x"], fitted["y"]) == ("x", *place)


@pytest.mark.parametrize(("key", "place"), [("ArrowLeft", (0.4, 1.5)), ("ArrowUp", (0.5, 1.6)), ("Enter", None)])
def test_an_arrow_key_moves_a_handle_by_a_step(page: Page, key: str, place: tuple[float, float] | None) -> None:
    moved = told(page, "drag/place", "one.nudged(given[0], given[1]) ?? null", HANDLE, key)
    assert (moved and (moved["x"], moved["y"])) == place

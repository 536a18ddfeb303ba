import base64
import io
import itertools
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from PIL import Image

from explorer.drawing.theme import COLOURS, INK, letter, see_through, template
from explorer.drawing.wall import LARGEST_CELL, SATURATION, Column, Group, bands, limit, wall
from explorer.questions.attribution.methods.figure import UNITS, answers, method_groups
from explorer.questions.attribution.methods.result import AttributionResult
from explorer.questions.attribution.methods.spec import Method

CLASSES = ("cat", "dog", "ship")
FOUR = (Method.SALIENCY, Method.INTEGRATED_GRADIENTS, Method.GRAD_CAM, Method.OCCLUSION)


def attribution_wall(results: list[AttributionResult], classes: tuple[str, ...], **settings: Any) -> go.Figure:
    """The wall of methods, as the page draws it."""
    groups = method_groups(results, settings.pop("methods", ()))
    return wall(results[0].images, answers(results, classes), groups, **settings)


def result(seed: int = 0, count: int = 2, side: int = 8, channels: int = 3, **changes: Any) -> AttributionResult:
    rng = np.random.default_rng(seed)
    fields: dict[str, Any] = {
        "block": "stage3.block2",
        "images": rng.integers(0, 256, (count, side, side, channels), np.uint8),
        "labels": np.arange(count) % 3,
        "targets": np.arange(count) % 3,
        "logits": np.eye(3, dtype=np.float32)[np.arange(count) % 3] * 5,
        "baseline_logits": np.zeros((count, 3), np.float32),
        "maps": {method: rng.standard_normal((count, side, side)).astype(np.float32) for method in FOUR},
        "deltas": {Method.INTEGRATED_GRADIENTS: np.full(count, -0.25, np.float32)},
    }
    return AttributionResult(**{**fields, **changes})


def heat_maps(figure: go.Figure) -> list[go.Heatmap]:
    return [trace for trace in figure.data if isinstance(trace, go.Heatmap)]


def texts(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def shown_picture(figure: go.Figure) -> Any:
    content = base64.b64decode(figure.data[0].source.partition(",")[2])
    return np.asarray(Image.open(io.BytesIO(content)))


def test_the_wall_is_one_picture_and_one_heat_map_a_method() -> None:
    figure = attribution_wall([result(0), result(1)], CLASSES)
    assert [type(trace) for trace in figure.data] == [go.Image, *[go.Heatmap] * 4]
    assert all(np.isclose(trace.opacity, 0.9) for trace in heat_maps(figure))
    assert attribution_wall([result()], CLASSES, opacity=0.25).data[1].opacity == 0.25


def test_every_map_stands_over_its_own_picture_in_grey() -> None:
    results = [result(0), result(1, images=result(0).images)]
    figure = attribution_wall(results, CLASSES)
    ground = shown_picture(figure)
    for (group, trace), run in itertools.product(enumerate(heat_maps(figure)), range(2)):
        method = FOUR[group]
        left = trace.x0 - 0.5 + run * 9
        for row in range(2):
            top = int(np.argwhere(np.isfinite(trace.z[:, 0]))[row * 8, 0])
            cell = trace.z[top : top + 8, run * 9 : run * 9 + 8]
            assert np.array_equal(cell, results[run].maps[method][row])
            under = ground[top : top + 8, int(left) : int(left) + 8]
            light = results[0].images[row].mean(2)
            assert (under[..., 3] == 255).all()
            assert np.corrcoef(under[..., 0].ravel(), light.ravel())[0, 1] > 0.999
            assert (under[..., 0] == under[..., 2]).all()
    assert np.array_equal(ground[:8, :8, :3], results[0].images[0])


def test_compared_networks_have_one_scale_a_method_symmetric_around_zero() -> None:
    weak = result(0)
    strong = result(1, maps={method: 10 * values for method, values in weak.maps.items()})
    for method, trace in zip(FOUR, heat_maps(attribution_wall([weak, strong], CLASSES)), strict=True):
        assert trace.zmin == -trace.zmax
        assert np.isclose(trace.zmax, np.percentile(np.abs([weak.maps[method], strong.maps[method]]), SATURATION), rtol=1e-5)
        scale = trace.z[-1]
        assert np.isclose(scale[0], -trace.zmax)
        assert np.isclose(scale[-1], trace.zmax)


def test_a_map_of_zeros_still_has_a_scale() -> None:
    nothing = result(maps={Method.SALIENCY: np.zeros((2, 8, 8), np.float32)})
    assert limit([nothing.maps[Method.SALIENCY]]) == 1


def test_every_scale_says_its_unit_and_its_ends() -> None:
    found = texts(attribution_wall([result()], CLASSES))
    for method in FOUR:
        unit = UNITS[method]
        assert unit.replace(" of", "<br>of") in found
    assert sum(text.startswith("−") for text in found) == len(FOUR)


def test_answers_stand_beside_the_picture_and_a_wrong_one_is_marked_in_words() -> None:
    wrong = result(1, logits=np.array([[0, 5, 0], [0, 5, 0]], np.float32))
    found = texts(attribution_wall([result(0), wrong], CLASSES))
    first = next(text for text in found if text.startswith("true: cat"))
    assert f"{letter(0, 'light')} cat 99%" in first
    assert f"{letter(1, 'light')} dog 99%, wrong" in first
    second = next(text for text in found if text.startswith("true: dog"))
    assert "wrong" not in second


def test_a_picture_without_a_label_is_never_called_wrong() -> None:
    found = texts(attribution_wall([result(labels=np.array([-1, -1]))], CLASSES))
    assert not any("wrong" in text for text in found)
    assert sum("true class unknown" in text for text in found) == 2


def test_maps_of_another_class_than_the_answer_say_so() -> None:
    assert not any("maps:" in text for text in texts(attribution_wall([result()], CLASSES)))
    other = result(targets=np.array([2, 2]))
    assert any(text.startswith("true: cat; maps: ship") for text in texts(attribution_wall([other], CLASSES)))


def test_the_delta_of_integrated_gradients_stands_under_every_map_of_it() -> None:
    figure = attribution_wall([result(0), result(1)], CLASSES)
    deltas = [note for note in figure.layout.annotations if note.text == "Δ −0.25"]
    assert len(deltas) == 4
    assert deltas[0].hovertext == "A: the map adds up to 4.75, the logit rises by 5"
    without = attribution_wall([result()], CLASSES, methods=[Method.SALIENCY])
    assert not any("Δ" in text for text in texts(without))


def test_grad_cam_names_the_block_that_each_network_answered_at() -> None:
    found = texts(attribution_wall([result(), result(block="stage3.block9")], CLASSES))
    assert f"{letter(0, 'light')} 3.2" in found
    assert f"{letter(1, 'light')} 3.9" in found


@pytest.mark.parametrize("runs", [1, 2, 3, 4])
@pytest.mark.parametrize("side", [8, 28, 32])
@pytest.mark.parametrize("count", [1, 16])
def test_any_number_of_networks_and_pictures_is_drawn_with_cells_large_enough(runs: int, side: int, count: int) -> None:
    results = [result(seed, count, side, 1 if side == 28 else 3) for seed in range(runs)]
    groups = method_groups(results)
    parts = bands(results[0].images, groups)
    assert [group for part in parts for group in part] == groups
    for part in parts:
        figure = wall(results[0].images, answers(results, CLASSES), part)
        across = figure.layout.xaxis.range[1] - figure.layout.xaxis.range[0]
        down = figure.layout.yaxis.range[0] - figure.layout.yaxis.range[1]
        zoom = figure.layout.height / down
        assert zoom * side >= 60
        assert zoom * across <= 960
        assert figure.layout.yaxis.scaleanchor == "x"


def test_two_networks_and_all_methods_stand_in_one_band() -> None:
    assert len(bands(result(count=3).images, method_groups([result(count=3), result(count=3)]))) == 1


def test_a_method_that_is_not_answered_yet_has_its_place_and_no_scale() -> None:
    whole, partly = result(), result(maps={Method.SALIENCY: result().maps[Method.SALIENCY]}, deltas={})
    first, last = (attribution_wall([one], CLASSES, methods=FOUR) for one in (partly, whole))
    assert first.layout.height == last.layout.height
    assert [trace.x0 for trace in heat_maps(first)] == [trace.x0 for trace in heat_maps(last)]
    assert texts(first).count("…") == 3
    assert all(np.isnan(trace.z).all() for trace in heat_maps(first)[1:])
    assert UNITS[Method.OCCLUSION] in texts(last)
    assert UNITS[Method.OCCLUSION] not in texts(first)


def test_a_large_picture_is_averaged_down_and_its_map_with_it() -> None:
    values = np.random.default_rng(0).standard_normal((1, 224, 224)).astype(np.float32)
    picture = np.full((1, 224, 224, 3), 80, np.uint8)
    figure = wall(picture, ["?"], [Group("a", "b", (Column("c", values),))])
    cell = heat_maps(figure)[0].z[:74, :74]
    assert cell.shape[0] <= LARGEST_CELL
    assert np.isclose(cell[0, 0], values[0, :3, :3].mean(), atol=1e-6)
    assert len(figure.to_json()) < 200_000


def test_every_method_has_a_title_and_a_unit() -> None:
    everything = {method: np.ones((2, 8, 8), np.float32) for method in Method}
    groups = method_groups([result(maps=everything)])
    assert len({group.title for group in groups}) == len(Method)
    assert all(group.unit for group in groups)


def test_drawing_changes_nothing_and_gives_the_same_figure_again() -> None:
    results = [result(0), result(1)]
    before = [result(0), result(1)]
    first = attribution_wall(results, CLASSES).to_json()
    assert attribution_wall(results, CLASSES).to_json() == first
    for now, then in zip(results, before, strict=True):
        assert np.array_equal(now.images, then.images)
        assert all(np.array_equal(now.maps[method], then.maps[method]) for method in FOUR)


def test_a_small_wall_is_a_small_message() -> None:
    assert len(attribution_wall([result(0, 8, 32), result(1, 8, 32)], CLASSES).to_json()) < 800_000


def test_the_diverging_map_is_transparent_at_zero_and_symmetric() -> None:
    places, colours = zip(*see_through(), strict=True)
    assert places == tuple(1 - place for place in reversed(places))
    assert [colour.endswith(",0.0)") for colour in colours] == [False, False, True, True, False, False]


def test_the_template_has_the_networks_colours_and_ink_for_light_and_dark() -> None:
    for scheme in ("light", "dark"):
        look = template(scheme).layout
        assert look.colorway == COLOURS
        assert look.font.color == INK[scheme]

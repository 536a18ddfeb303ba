from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.drawing.theme import COLOURS
from explorer.drawing.wall import Column, Group
from explorer.questions.attribution.blocks.figure import MOST_COLUMNS, chosen, flows, parts_of_block, places, strip
from explorer.questions.attribution.blocks.result import BlockMaps
from explorer.questions.attribution.checks import figure as checks
from explorer.questions.attribution.checks.result import Checked
from explorer.questions.attribution.checks.spec import Check
from explorer.questions.attribution.likeness.figure import MOST_WORDS, likeness_table, mean
from explorer.questions.attribution.likeness.result import Likeness
from explorer.questions.attribution.methods.spec import Method
from explorer.questions.attribution.training.figure import film

rng = np.random.default_rng(0)
METHODS = (Method.SALIENCY, Method.GRAD_CAM)


def checked(method: Method = Method.SALIENCY, shift: float = 0.0, check: Check = Check.MASK) -> Checked:
    names = ("inside", "area", "insertion 0", "insertion 1", "deletion 0", "deletion 1")
    values = tuple(tuple(float(value) + shift for value in rng.random(12)) for _ in names)
    return Checked(check=check, method=method, names=names, values=values)


def networks() -> list[list[Checked]]:
    return [[checked(method, shift) for method in METHODS] for shift in (0.0, 0.2)]


def test_scores_are_a_dot_a_network_and_method_with_its_interval_and_chance_is_a_dashed_line() -> None:
    results = networks()
    before = [one.model_dump() for network in results for one in network]
    figure = checks.scores(results, {"inside": "share inside"}, chance="area")
    assert [trace.name for trace in figure.data] == ["A", "B"]
    assert [trace.marker.color for trace in figure.data] == list(COLOURS[:2])
    for trace, network in zip(figure.data, results, strict=True):
        for x, low, high, one in zip(trace.x, trace.error_x.arrayminus, trace.error_x.array, network, strict=True):
            told = one.interval("inside")
            assert (x, x - low, x + high) == pytest.approx(tuple(told))
    assert figure.layout.shapes[0].line.dash == "dash"
    assert list(figure.layout.yaxis.ticktext) == ["Saliency", "Grad-CAM"]
    assert [one.model_dump() for network in results for one in network] == before


def test_curves_run_over_the_share_of_pixels() -> None:
    figure = checks.curves([network[0] for network in networks()])
    assert len(figure.data) == 4
    assert list(figure.data[0].x) == [0, 100]
    assert "%" in figure.layout.xaxis.title.text
    assert figure.layout.yaxis.title.text == "probability of the class"


def test_levels_are_a_table_a_network_from_trained_to_all_random() -> None:
    names = ("trained", "head", "stage1")
    one = Checked(check=Check.WEIGHTS, method=Method.SALIENCY, names=names, values=((1.0,) * 4, (0.5,) * 4, (0.1,) * 4))
    figure = checks.levels([[one], [one]])
    assert [trace.type for trace in figure.data] == ["heatmap"] * 2
    assert list(figure.data[0].x) == ["trained", "+ head", "+ stage1"]
    assert np.allclose(figure.data[0].z, [[1, 0.5, 0.1]])


def test_a_score_over_training_is_a_panel_a_method_and_a_line_a_network() -> None:
    figure = checks.over_steps([10, 20, 30], [networks() for _ in range(3)], "inside", "share inside")
    assert len(figure.data) == 4
    assert list(figure.data[0].x) == [10, 20, 30]
    assert figure.layout.yaxis.title.text == "share inside"


def block_maps(blocks: int = 3, *, plain: bool = False) -> BlockMaps:
    def maps() -> tuple[Any, ...]:
        return tuple(rng.standard_normal((2, side, side)).astype(np.float32) for side in (8,) * (blocks - 1) + (4,))

    nothing = tuple(np.full_like(one, np.nan) for one in maps())
    flow = rng.standard_normal((2, blocks)).astype(np.float32)
    return BlockMaps(
        blocks=(*(f"stage1.block{index + 1}" for index in range(blocks - 1)), "stage2.block1"),
        images=rng.integers(0, 255, (2, 8, 8, 1), np.uint8),
        labels=np.array([0, 1]),
        targets=np.array([0, 1]),
        logits=np.eye(2, dtype=np.float32),
        after=maps(),
        branch=maps(),
        shortcut=nothing if plain else maps(),
        through_branch=flow,
        over_shortcut=np.full_like(flow, np.nan) if plain else flow + 1,
        rises=np.ones(2, np.float32),
    )


def test_a_blocks_parts_are_branch_shortcut_and_sum_and_a_plain_block_has_its_branch() -> None:
    plain, residual = parts_of_block([block_maps(plain=True), block_maps()], "stage1.block2")
    assert [column.head for column in plain.columns] == ["branch"]
    assert [column.head for column in residual.columns] == ["branch", "shortcut", "sum"]
    branch, shortcut, total = (column.maps for column in residual.columns)
    assert np.allclose(branch + shortcut, total, atol=1e-6)


def test_a_coarse_map_is_shown_at_its_own_resolution() -> None:
    one = block_maps()
    (group,) = parts_of_block([one], "stage2.block1")
    assert group.columns[0].maps.shape == (2, 8, 8)
    assert np.array_equal(group.columns[0].maps[:, ::2, ::2], one.branch[2])
    assert np.array_equal(group.columns[0].maps[:, ::2], group.columns[0].maps[:, 1::2])


def test_a_strip_shows_every_block_or_evenly_chosen_ones_each_against_its_own_largest() -> None:
    assert places(5) == [0, 1, 2, 3, 4]
    many = places(54)
    assert (many[0], many[-1], len(many)) == (0, 53, MOST_COLUMNS)
    columns = strip(block_maps(), 0).columns
    assert [column.head for column in columns] == ["1.1", "1.2", "2.1"]
    assert all(np.isclose(np.abs(column.maps).max(), 1) for column in columns)


def test_a_shorter_network_is_shown_at_the_last_block_of_that_stage() -> None:
    one = block_maps()
    assert chosen(one, "stage1.block9") == 1
    assert chosen(one, "stage3.block1") == 2
    assert chosen(one, "") == 2


def test_flows_are_a_line_a_part_and_network_in_logits() -> None:
    figure = flows([block_maps(plain=True), block_maps()], 1)
    assert [trace.name for trace in figure.data] == ["A branch", "B branch", "B shortcut"]
    assert [trace.line.dash for trace in figure.data] == ["solid", "solid", "dash"]
    assert "logit" in figure.layout.yaxis.title.text


def test_a_film_has_a_frame_a_checkpoint_and_ends_at_the_last() -> None:
    pictures = rng.integers(0, 255, (2, 8, 8, 1), np.uint8)
    moments = [
        [Group("A", "logit", (Column("", rng.standard_normal((2, 8, 8)).astype(np.float32)),), most=2.0)]
        for _ in range(3)
    ]
    figure = film(pictures, [["a", "b"]] * 3, moments, ["0", "10", "20"])
    assert [frame.name for frame in figure.frames] == ["0", "10", "20"]
    assert all(frame.traces == (1,) for frame in figure.frames)
    assert np.array_equal(figure.data[1].z, figure.frames[-1].data[0].z, equal_nan=True)
    assert not np.array_equal(figure.frames[0].data[0].z, figure.frames[1].data[0].z, equal_nan=True)
    assert figure.layout.sliders[0].active == 2
    assert [button.label for button in figure.layout.updatemenus[0].buttons] == ["Play", "Stop"]


def test_the_table_of_likeness_names_maps_and_says_numbers_while_there_is_room() -> None:
    tables = np.stack([np.eye(2), np.full((2, 2), np.nan)]).astype(np.float32)
    one = Likeness(((0, "saliency"), (1, "grad-cam")), tables, tables)
    figure = likeness_table(one)
    cells = figure.data[0]
    assert isinstance(cells, go.Heatmap)
    assert list(cells.x) == ["A Saliency", "B Grad-CAM"]
    assert (cells.zmin, cells.zmax) == (-1, 1)
    assert cells.texttemplate
    assert np.allclose(mean(tables), np.eye(2))
    many = MOST_WORDS + 1
    crowd = Likeness(tuple((0, "saliency") for _ in range(many)), *(np.ones((1, many, many), np.float32),) * 2)
    assert not likeness_table(crowd).data[0].texttemplate

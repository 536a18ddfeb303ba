from typing import Any

import numpy as np

from explorer.questions.attribution.blocks.figure import MOST_COLUMNS, flows, parts_of_block, places, strip
from explorer.questions.attribution.blocks.result import BlockMaps

rng = np.random.default_rng(0)


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


def test_flows_are_a_line_a_part_and_network_in_logits() -> None:
    figure = flows([block_maps(plain=True), block_maps()], 1)
    assert [trace.name for trace in figure.data] == ["A branch", "B branch", "B shortcut"]
    assert [trace.line.dash for trace in figure.data] == ["solid", "solid", "dash"]
    assert "logit" in figure.layout.yaxis.title.text

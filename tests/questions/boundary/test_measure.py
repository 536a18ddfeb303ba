"""Both sides of a shortcut at a stage boundary."""

import numpy as np
import pytest
import torch

from explorer.networks import ResidualNetwork, build
from explorer.questions.boundary.figure import both_sides, mosaic, passed_over
from explorer.questions.boundary.measure import boundary
from explorer.questions.boundary.result import Boundary
from explorer.questions.result import to_json
from explorer.specs import Block, NetworkSpec, Order, Shortcut

IMAGE = torch.randn(1, 8, 8, generator=torch.Generator().manual_seed(0))


def network(**changes: object) -> ResidualNetwork:
    fields = {"depth": 14, "width": 4, "input_shape": (1, 8, 8), **changes}
    return build(NetworkSpec.model_validate(fields), seed=2)


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize(("stage", "channels"), [(2, 4), (3, 8)])
def test_option_a_keeps_every_second_pixel_and_adds_as_many_zero_channels(
    order: Order, stage: int, channels: int
) -> None:
    told = boundary(network(order=order), IMAGE, 3, stage)
    assert (told.block, told.shortcut, told.stride) == (f"stage{stage}.block1", "padded", 2)
    incoming, carried = np.array(told.incoming), np.array(told.carried)
    assert told.incoming_channels == len(incoming) == channels
    assert np.array_equal(carried[:channels], incoming[:, ::2, ::2])
    assert not carried[channels:].any()
    assert set(range(channels, 2 * channels)) <= set(told.zero_channels)
    assert told.kept == 0.25
    assert told.label == 3


@pytest.mark.parametrize("block", Block)
@pytest.mark.parametrize("order", Order)
def test_a_projection_fills_every_channel(block: Block, order: Order) -> None:
    told = boundary(
        network(block=block, order=order, shortcut=Shortcut.B, depth=11 if block == "bottleneck" else 14), IMAGE, 0, 2
    )
    assert told.shortcut == "projection"
    assert told.zero_channels == ()


def test_a_plain_block_carries_nothing() -> None:
    told = boundary(network(shortcut=Shortcut.NONE), IMAGE, 0, 2)
    assert told.carried is None
    assert told.carried_channels == 0
    assert [note.text for note in both_sides(told).layout.annotations] == ["x: 4×8×8", "no shortcut"]


def test_a_result_survives_json_and_leaves_the_network_alone() -> None:
    made = network().train()
    told = boundary(made, IMAGE, 0, 2)
    assert made.training
    assert Boundary.from_json(to_json([told])) == (told,)


def test_a_mosaic_holds_every_channel_with_a_gap_between() -> None:
    channels = tuple(((float(place), 0.0), (0.0, 1.0)) for place in range(3))
    page = mosaic(channels)
    assert page.shape == (5, 5)  # two columns: 2 + 1 + 2
    assert page[0, 0] == 0
    assert page[0, 3] == 1
    assert page[3, 0] == 2
    assert np.isnan(page[2]).all()
    assert np.array(passed_over(channels, 2)).sum() == 9


def test_the_figure_crosses_out_zero_channels_and_pales_passed_pixels() -> None:
    told = boundary(network(), IMAGE, 0, 2)
    figure = both_sides(told)
    maps = [trace for trace in figure.data if trace.type == "heatmap"]
    [crosses] = [trace for trace in figure.data if trace.type == "scatter"]
    assert len(maps) == 3
    assert np.nansum(maps[2].z) == 4 * 48  # 64 pixels, 16 of them looked at
    assert len(crosses.x) == 6 * len(told.zero_channels)

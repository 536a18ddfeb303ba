"""Both sides of a shortcut at a stage boundary."""

import io

import numpy as np
import pytest
import torch
from PIL import Image

from explorer.datasets import load
from explorer.questions.boundary.measure import boundary
from explorer.questions.boundary.result import Boundary
from explorer.questions.given import network_at
from explorer.runs.store import Store
from explorer.specs import Block, DatasetSpec, Order, Shortcut, settings
from tests.measured import measured
from tests.questions.boundary.sample import IMAGE, network
from tests.trained import quiet, trained


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize(("stage", "channels"), [(2, 4), (3, 8)])
def test_option_a_keeps_every_second_pixel_and_adds_as_many_zero_channels(order: Order, stage: int, channels: int) -> None:
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
    told = boundary(network(block=block, order=order, shortcut=Shortcut.B, depth=11 if block == "bottleneck" else 14), IMAGE, 0, 2)
    assert told.shortcut == "projection"
    assert told.zero_channels == ()


def test_a_plain_block_carries_nothing() -> None:
    told = boundary(network(shortcut=Shortcut.NONE), IMAGE, 0, 2)
    assert told.carried is None
    assert told.carried_channels == 0


def test_a_result_survives_json_and_leaves_the_network_alone() -> None:
    made = network().train()
    told = boundary(made, IMAGE, 0, 2)
    assert made.training
    assert Boundary.decode(Boundary.encode([told])) == (told,)


def test_a_boundary_is_that_of_the_asked_picture_and_none_beyond_the_test_set(store: Store) -> None:
    [run] = trained(store, {"shortcut": "A"})
    asked = {"runs": [run.id], "stage": 3, "image": 7}
    [told] = measured("boundary", asked, store, report=quiet)
    data = load(DatasetSpec(), settings().datasets_path)
    image = data.normalise(data.test_images[7:8])[0]
    assert told == boundary(network_at(store, run, None), image, int(data.test_labels[7]), 3)
    with pytest.raises(ValueError, match="pictures 0 to 359"):
        measured("boundary", {**asked, "image": 360}, store)


def test_a_boundary_of_ones_own_picture_is_asked_about_that_picture(store: Store) -> None:
    [run] = trained(store, {"shortcut": "A"})
    file = io.BytesIO()
    Image.new("L", (8, 8), 255).save(file, "PNG")
    asked = {"runs": [run.id], "image": "upload"}
    [told] = measured("boundary", asked, store, file.getvalue(), quiet)
    data = load(DatasetSpec(), settings().datasets_path)
    white = data.normalise(torch.full_like(data.test_images[:1], data.test_images.max()))[0]
    assert told == boundary(network_at(store, run, None), white, -1, 2)
    with pytest.raises(ValueError, match="picture"):
        measured("boundary", asked, store, b"not a picture")

"""A trained network as a sum of its blocks, against walks taken one by one, and autograd picture by picture."""

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from explorer.labs.ensemble.compute import added, raster
from explorer.labs.ensemble.measure import account
from explorer.labs.ensemble.spec import LOOKED_AT
from explorer.networks import ResidualNetwork
from explorer.questions.lesion.measure import walk_errors
from explorer.questions.lesion.spec import removable
from explorer.runs.store import Store
from explorer.specs import Block, Normalisation, Order, Shortcut
from tests.drawn import VARIANTS, network, pictures
from tests.measured import measured
from tests.trained import quiet, trained

__all__ = ["pictures"]


def made(variant: tuple[Block, Order, Shortcut, Normalisation]) -> ResidualNetwork:
    block, order, shortcut, normalisation = variant
    depth = 11 if block is Block.BOTTLENECK else 8
    return network(depth, block=block, order=order, shortcut=shortcut, normalisation=normalisation)


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: "-".join(variant))
def test_what_is_right_after_each_block_is_what_the_same_walk_gives_alone(
    variant: tuple[Block, Order, Shortcut, Normalisation], pictures: tuple[Tensor, Tensor]
) -> None:
    one, (images, labels) = made(variant), pictures
    told = account(one, images, labels, ["", ""])
    free = [removable(form) for form in one.outline.blocks]
    assert told.fixed == tuple(form.name for form, can in zip(one.outline.blocks, free, strict=True) if not can)
    for count, right in enumerate(told.right):
        walk = tuple(place if place < count or not free[place] else ~place for place in range(len(free)))
        assert right == pytest.approx(1 - walk_errors(one, images, labels, [walk])[0], abs=1e-6)


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: "-".join(variant))
def test_the_start_and_what_all_blocks_add_make_up_the_networks_own_logits(
    variant: tuple[Block, Order, Shortcut, Normalisation], pictures: tuple[Tensor, Tensor]
) -> None:
    one, (images, labels) = made(variant), pictures
    told = account(one, images[:40], labels[:40], [""] * 3)
    with torch.no_grad():
        logits = one(images[:3]).numpy()
    for values, whole in zip(np.array(told.logits), logits, strict=True):
        assert values[0] + added(values).sum(0) == pytest.approx(whole, abs=1e-4)
    assert np.array(told.logits).shape == (3, len(one.blocks) + 1, 10)


@pytest.mark.parametrize("order", Order)
def test_a_block_pushes_downhill_as_far_as_autograd_says_picture_by_picture(order: Order, pictures: tuple[Tensor, Tensor]) -> None:
    one, (images, labels) = network(8, order=order), pictures
    told = account(one, images[:5], labels[:5], [])
    cosines = []
    for image, label in zip(images[:5, None], labels[:5, None], strict=True):
        x, found = one.stem(image), []
        for place, block in enumerate(one.blocks):
            start = block.without_branch(x).detach().requires_grad_()
            end = start
            for later in one.blocks[place + 1 :]:
                end = later.without_branch(end)
            [gradient] = torch.autograd.grad(cross_entropy(one.head(end), label), start)
            x = block(x).detach()
            found.append(torch.cosine_similarity((x - start).flatten(), -gradient.flatten(), dim=0).item())
        cosines.append(found)
    assert told.downhill == pytest.approx(np.mean(cosines, axis=0), abs=1e-5)


def test_a_block_without_its_branch_adds_nothing_and_one_that_cannot_lose_it_stays(pictures: tuple[Tensor, Tensor]) -> None:
    one, (images, labels) = network(14), pictures
    told = account(one, images[:20], labels[:20], [""], removed={"stage1.block2", "stage9.block1"})
    assert told.logits[0][1] == told.logits[0][2]
    assert told.downhill[1] is None
    plain = network(14, shortcut=Shortcut.NONE)
    fixed = account(plain, images[:20], labels[:20], [""], removed={"stage2.block1"})
    assert fixed == account(plain, images[:20], labels[:20], [""])
    assert fixed.fixed == ("stage2.block1", "stage3.block1")
    assert fixed.downhill[2] is None


def test_pictures_in_parts_are_the_pictures_at_once(monkeypatch: pytest.MonkeyPatch, pictures: tuple[Tensor, Tensor]) -> None:
    one, (images, labels) = network(8), pictures
    whole = account(one, images, labels, [""])
    monkeypatch.setattr("explorer.labs.ensemble.measure._MEMORY", 3e5)
    assert account(one, images, labels, [""]).right == whole.right


def test_each_run_has_a_result_that_shows_the_first_test_pictures(store: Store) -> None:
    runs = trained(store, {"shortcut": "none"}, {"shortcut": "B"})
    asked = {"runs": [run.id for run in runs], "step": 2}
    plain, residual = measured("ensemble", asked, store, report=quiet)
    assert (len(plain.fixed), len(residual.fixed)) == (2, 0)
    assert plain.asked == residual.asked == 360
    assert len(plain.pictures) == len(plain.logits) == LOOKED_AT
    assert raster(plain.pictures[0], (1, 8, 8)).shape == (8, 8)
    assert 0 < raster(plain.pictures[0], (1, 8, 8)).max() <= 1
    with pytest.raises(ValueError, match="removed"):
        measured("ensemble", {"runs": [runs[0].id], "removed": ["../x"]}, store)

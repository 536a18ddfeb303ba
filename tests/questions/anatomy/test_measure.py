"""The parts of a block's gradient against autograd; the read-outs against least squares."""

import copy
import itertools

import pytest
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from explorer.datasets import load
from explorer.networks import ResidualNetwork, build
from explorer.questions.anatomy.measure import anatomy, gradient_parts, readouts, ridge, tapped_loss, written
from explorer.questions.anatomy.result import Anatomy
from explorer.questions.given import network_at
from explorer.runs.store import Store
from explorer.specs import Block, DatasetSpec, NetworkSpec, Normalisation, Order, Shortcut, settings
from tests.measured import measured
from tests.trained import quiet, trained

VARIANTS = list(itertools.product(Block, Order, Shortcut, Normalisation))


def network(**changes: object) -> ResidualNetwork:
    fields = {"depth": 8, "width": 4, "input_shape": (1, 8, 8), **changes}
    return build(NetworkSpec.model_validate(fields), seed=2)


def pictures(count: int, seed: int = 0) -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(count, 1, 8, 8, generator=generator), torch.arange(count) % 10


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: "-".join(variant))
def test_the_two_parts_add_up_to_the_gradient_and_the_tapped_pass_is_the_networks_own(variant: tuple) -> None:
    block, order, shortcut, normalisation = variant
    made = network(
        depth=11 if block is Block.BOTTLENECK else 8,
        block=block, order=order, shortcut=shortcut, normalisation=normalisation,
    ).double()  # fmt: skip
    images, labels = pictures(12)
    images = images.double()
    taps, loss = tapped_loss(made, images, labels)
    assert loss.item() == pytest.approx(cross_entropy(made(images), labels).item(), rel=1e-12)
    # The slow truth: the gradient of the loss as a function of each block's input alone.
    inputs, x = [], made.stem(images)
    for one in made.blocks:
        inputs.append(x.detach())
        x = one(x)
    for place, parts in enumerate(gradient_parts(taps, loss)):
        start = inputs[place].clone().requires_grad_()
        x = start
        for one in made.blocks[place:]:
            x = one(x)
        [whole] = torch.autograd.grad(cross_entropy(made.head(x), labels), start)
        assert (parts[0] is None) == (shortcut is Shortcut.NONE)
        torch.testing.assert_close(sum(part for part in parts if part is not None), whole, rtol=1e-9, atol=1e-12)


def test_an_identity_shortcut_hands_the_gradient_on_unchanged_in_pre_activation() -> None:
    made = network(order=Order.PRE, shortcut=Shortcut.A, depth=14)
    told = anatomy(made, pictures(20), pictures(40), pictures(20, seed=1))
    # Without a relu after the sum, what comes over an identity shortcut is all that reached the block's output.
    for place, block in enumerate(made.outline.blocks[:-1]):
        if block.shortcut.kind == "identity":
            assert told.shortcut_gradient[place] == pytest.approx(told.input_gradient[place + 1], rel=1e-5)


def test_a_branch_of_zeros_adds_nothing_and_carries_no_gradient() -> None:
    made = network(order=Order.POST, zero_last_gain=True)
    told = anatomy(made, pictures(20), pictures(40), pictures(20, seed=1))
    assert told.added == (0, 0, 0)
    assert told.branch_gradient == (0, 0, 0)
    assert told.shortcut_gradient == pytest.approx(told.input_gradient)


def test_a_plain_network_has_one_term(recwarn: pytest.WarningsRecorder) -> None:
    told = anatomy(network(shortcut=Shortcut.NONE), pictures(20), pictures(40), pictures(20, seed=1))
    assert told.shortcut_gradient == told.gradient_cosine == told.added == told.downhill == (None, None, None)
    assert told.branch_gradient == told.input_gradient
    assert not recwarn.list


def test_the_read_out_is_least_squares() -> None:
    generator = torch.Generator().manual_seed(0)
    features = torch.randn(200, 3, generator=generator).double()
    truth = torch.randn(3, 2, generator=generator).double()
    weights = ridge(features, features @ truth + 5)
    torch.testing.assert_close(weights[:-1], truth, rtol=5e-3, atol=5e-3)
    torch.testing.assert_close(weights[-1], torch.full((2,), 5.0).double(), rtol=5e-3, atol=5e-3)


def test_a_read_out_finds_classes_that_differ_in_brightness() -> None:
    labels = torch.arange(120) % 2
    images = torch.randn(120, 1, 8, 8, generator=torch.Generator().manual_seed(1)) * 0.1 + labels[:, None, None, None]
    made = network().eval()
    assert readouts(made, (images[:60], labels[:60]), (images[60:], labels[60:]))[0] == 1


def test_nothing_of_the_network_is_changed_and_a_result_survives_json() -> None:
    made = network()
    before = copy.deepcopy(made.state_dict())
    told = anatomy(made, pictures(20), pictures(40), pictures(20, seed=1))
    assert all(torch.equal(value, before[name]) for name, value in made.state_dict().items())
    assert len(told.readout) == len(told.blocks) + 1
    assert Anatomy.decode(Anatomy.encode((told,))) == (told,)
    with pytest.raises(ValueError, match="no Anatomy"):
        Anatomy.decode(b"[{}]")


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: "-".join(variant))
def test_who_wrote_the_last_representation_adds_up_to_all_of_it(variant: tuple) -> None:
    block, order, shortcut, normalisation = variant
    depth = 20 if block is Block.BOTTLENECK else 14
    made = network(depth=depth, block=block, order=order, shortcut=shortcut, normalisation=normalisation)
    made.train()(pictures(32)[0])
    told = written(made.eval(), pictures(8)[0])
    if shortcut is Shortcut.NONE:
        assert told["written"] == (None,) * 6
        assert told["written_before"] is None
        return
    shares = [share for share in told["written"] if share is not None]
    whole = sum(shares) + told["written_before"] + told["written_relu"] + told["written_constant"]
    assert whole == pytest.approx(1, abs=1e-4)
    known = {Shortcut.A: 6, Shortcut.B: 6 if order is Order.POST else 2, Shortcut.C: 6 if order is Order.POST else 1}
    assert len(shares) == known[shortcut]
    if order is Order.PRE:
        assert told["written_relu"] == pytest.approx(0, abs=1e-6)


def test_zero_branches_write_nothing_and_the_stem_all() -> None:
    told = written(network(depth=14, order=Order.PRE, zero_last_gain=True).eval(), pictures(8)[0])
    assert told["written"] == (0,) * 6
    assert told["written_before"] == pytest.approx(1)


def test_the_anatomy_of_each_run_is_that_of_a_direct_call(store: Store) -> None:
    runs = trained(store, {"shortcut": "none"}, {"shortcut": "A", "order": "pre"})
    told = measured("anatomy", {"runs": [run.id for run in runs], "step": 2}, store, report=quiet)
    data = load(DatasetSpec(), settings().datasets_path)
    train, test = data.normalise(data.train_images), data.normalise(data.test_images)
    direct = [
        anatomy(
            network_at(store, run, 2), (train[:256], data.train_labels[:256]), (train, data.train_labels),
            (test, data.test_labels),
        )
        for run in runs
    ]  # fmt: skip
    assert list(told) == direct
    assert (told[0].batch, told[0].fitted, told[0].pictures) == (256, 1437, 360)

import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from explorer.networks import build
from explorer.questions.switchboard.measure import first_gradient_norms, switchboard
from explorer.questions.switchboard.result import FirstStep
from explorer.questions.switchboard.spec import SwitchboardSpec
from explorer.specs import NetworkSpec, Normalisation, Order, Shortcut


@pytest.fixture(scope="module")
def batch() -> tuple[Tensor, Tensor]:
    return torch.randn(20, 1, 8, 8, generator=torch.Generator().manual_seed(0)), torch.arange(20) % 10


def test_norms_are_those_of_a_loss_differentiated_layer_by_layer(batch: tuple[Tensor, Tensor]) -> None:
    spec = NetworkSpec(depth=8, width=4, input_shape=(1, 8, 8))
    told = first_gradient_norms(spec, 3, 0.5, *batch)
    network = build(spec, 3).train()
    for name, weight in network.named_parameters():
        if weight.ndim == 4:
            network.get_parameter(name).data *= 0.5
    cross_entropy(network(batch[0]), batch[1]).backward()
    slow = [float(network.get_submodule(layer.name).weight.grad.norm()) for layer in network.outline.weighted_layers]
    assert told == pytest.approx(slow, rel=1e-4)


def test_every_setting_is_there_once_and_bands_hold_the_first_layer(batch: tuple[Tensor, Tensor]) -> None:
    told = switchboard(SwitchboardSpec(width=4), *batch, depths=(8, 14))
    assert len({(one.plain, one.normalisation, one.scale) for one in told}) == len(told) == 12
    for one in told:
        assert one.depths == (8, 14)
        for low, first, high in zip(one.low, one.first, one.high, strict=True):
            assert low <= first <= high
    assert FirstStep.decode(FirstStep.encode(told)) == told


def test_batch_norm_makes_the_scale_of_the_weights_divide_the_gradient(batch: tuple[Tensor, Tensor]) -> None:
    # A normalised layer's output does not change with its weights' scale, so its gradient goes with one over it.
    spec = NetworkSpec(depth=8, width=4, input_shape=(1, 8, 8), normalisation=Normalisation.BATCH)
    small, large = (first_gradient_norms(spec, 0, factor, *batch) for factor in (1.0, 2.0))
    assert small[0] / large[0] == pytest.approx(2, rel=1e-2)


def test_without_normalisation_a_plain_networks_gradient_goes_with_the_scale_to_the_power_of_its_layers(
    batch: tuple[Tensor, Tensor],
) -> None:
    spec = NetworkSpec(depth=8, width=4, input_shape=(1, 8, 8), shortcut=Shortcut.NONE, normalisation=Normalisation.NONE)
    tiny, small = (first_gradient_norms(spec, 0, factor, *batch) for factor in (1e-3, 2e-3))
    # Seven convolutions, biases zero: the logits are homogeneous of degree 7, the first layer's gradient of degree 6.
    assert any(isinstance(module, nn.Conv2d) for module in build(spec).modules())
    assert small[0] / tiny[0] == pytest.approx(2**6, rel=1e-2)


def test_what_is_not_finite_is_none_and_has_no_growth(batch: tuple[Tensor, Tensor]) -> None:
    told = switchboard(SwitchboardSpec(order=Order.POST, width=4), batch[0] * 1e30, batch[1], depths=(8, 56))
    broken = next(one for one in told if one.plain and one.normalisation is Normalisation.NONE and one.scale == "large")
    assert broken.first[-1] is None
    assert broken.growth is None
    whole = FirstStep(
        plain=True, normalisation=Normalisation.NONE, scale="He", depths=(8, 20), first=(2.0, 1.0), low=(1.0, 0.5), high=(2.0, 1.0)
    )  # fmt: skip
    assert whole.growth == 0.5
    with pytest.raises(ValueError, match="no FirstStep"):
        FirstStep.decode(b"[1]")

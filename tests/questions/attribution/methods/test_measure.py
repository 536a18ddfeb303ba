import itertools
from typing import Any

import numpy as np
import pytest
import torch
from captum import attr
from torch import Tensor, nn

from explorer.networks import build
from explorer.questions.attribution.methods.measure import attribute
from explorer.questions.attribution.methods.perturbations import occlusion_window, superpixels
from explorer.questions.attribution.methods.result import AttributionResult
from explorer.questions.attribution.methods.spec import Method, MethodSettings
from explorer.specs import Block, NetworkSpec, Normalisation, Order, Shortcut
from tests.reference_attribution import grad_cam, input_x_gradient, integrated_gradients, occlusion, saliency

ALL = tuple(Method)
SETTINGS = MethodSettings(samples=4, coalitions=64)
COMPLETE = (Method.INTEGRATED_GRADIENTS, Method.DEEPLIFT)
VARIANTS = list(itertools.product(Block, Order, Shortcut, Normalisation))


def network_of(block: Block, order: Order, shortcut: Shortcut, norm: Normalisation, **changes: Any) -> nn.Module:
    depth = 8 if block is Block.BASIC else 11
    spec = NetworkSpec(
        depth=depth, block=block, order=order, shortcut=shortcut, normalisation=norm, width=4, input_shape=(3, 8, 8)
    ).with_changes(**changes)
    network = build(spec, seed=1)
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for module in network.modules():  # statistics as after some training, or eval mode would hide mistakes
            if isinstance(module, nn.BatchNorm2d):
                module.running_mean.normal_(0, 0.2, generator=generator)
                module.running_var.uniform_(0.5, 2, generator=generator)
                module.bias.normal_(0, 0.2, generator=generator)
    return network


def usual() -> nn.Module:
    return network_of(Block.BASIC, Order.POST, Shortcut.A, Normalisation.BATCH)


def pictures(count: int = 3, shape: tuple[int, int, int] = (3, 8, 8)) -> Tensor:
    return torch.randn(count, *shape, generator=torch.Generator().manual_seed(5))


def ask(network: nn.Module, images: Tensor, methods: tuple[Method, ...] = ALL, **changes: Any) -> AttributionResult:
    shown = np.zeros((len(images), *images.shape[2:], images.shape[1]), np.uint8)
    fields = {"targets": None, "block": "stage3.block1", "shown": shown, "settings": SETTINGS, **changes}
    return attribute(network, images, methods=methods, **fields)


@pytest.mark.parametrize(("block", "order", "shortcut", "norm"), VARIANTS)
def test_on_every_variant_the_methods_agree_with_the_slow_reference_and_those_that_must_add_up_do(
    block: Block, order: Order, shortcut: Shortcut, norm: Normalisation
) -> None:
    network, images = network_of(block, order, shortcut, norm), pictures(2)
    result = ask(network, images, block="stage2.block1")
    network.eval()
    middle = network.get_submodule("stage2.block1")
    side, stride = occlusion_window(8)
    for index, image in enumerate(images):
        target = int(result.targets[index])
        expected = {
            Method.SALIENCY: saliency(network, image, target),
            Method.INPUT_X_GRADIENT: input_x_gradient(network, image, target),
            Method.INTEGRATED_GRADIENTS: integrated_gradients(network, image, target, SETTINGS.tolerance),
            Method.GRAD_CAM: grad_cam(network, middle, image, target),
            Method.OCCLUSION: occlusion(network, image, target, side, stride),
        }
        for method, values in expected.items():
            scale = float(values.abs().max()) + 1e-6
            assert np.abs(result.maps[method][index] - values.numpy()).max() < 1e-3 * scale, method
    assert set(result.deltas) == set(COMPLETE)
    size = 1 + np.abs(result.explained)
    for method in COMPLETE:
        sums = result.maps[method].sum((1, 2))
        assert (np.abs(sums - result.explained - result.deltas[method]) < 1e-4 * size).all(), method
    assert (np.abs(result.deltas[Method.INTEGRATED_GRADIENTS]) <= SETTINGS.tolerance * size).all()
    assert (np.abs(result.deltas[Method.DEEPLIFT]) < 1e-4 * size).all()
    assert all(result.maps[method].any() and np.isfinite(result.maps[method]).all() for method in Method)


@pytest.mark.filterwarnings("ignore:Setting")
def test_each_map_equals_a_direct_call_of_captum_exactly() -> None:
    network, images = usual().eval(), pictures(2)
    result = ask(network, images, references=images[:1] / 2)
    last = network.get_submodule("stage3.block1")
    targets = torch.from_numpy(result.targets)
    side, stride = occlusion_window(8)
    x = images.clone().requires_grad_()
    segments = torch.from_numpy(superpixels(np.zeros((8, 8, 3), np.uint8), 16))[None, None]

    def seeded(method: Any, one: Tensor, target: Tensor, *more: Any, **settings: Any) -> Tensor:
        torch.manual_seed(0)
        np.random.seed(0)
        return method.attribute(one[None].requires_grad_(), *more, target=target[None], **settings)

    def one_by_one(method: Any, *more: Any, **settings: Any) -> Tensor:
        pairs = zip(images.clone(), targets, strict=True)
        return torch.cat([seeded(method, one, target, *more, **settings) for one, target in pairs])

    def large(coarse: Tensor) -> Tensor:
        return nn.functional.interpolate(coarse, (8, 8), mode="bilinear")

    spread = [0.15 * float(image.max() - image.min()) for image in images]
    smooth = attr.NoiseTunnel(attr.Saliency(network))
    noisy = {"nt_type": "smoothgrad", "nt_samples": 4, "nt_samples_batch_size": 4, "abs": False}
    block = {"n_steps": 50, "internal_batch_size": 64}
    direct = {
        Method.SALIENCY: attr.Saliency(network).attribute(x, targets, abs=False),
        Method.INPUT_X_GRADIENT: attr.InputXGradient(network).attribute(x, targets),
        Method.SMOOTHGRAD: torch.cat(
            [seeded(smooth, images[place].clone(), targets[place], stdevs=spread[place], **noisy) for place in range(2)]
        ),
        Method.GRADIENT_SHAP: one_by_one(attr.GradientShap(network), images[:1] / 2, n_samples=4),
        Method.DEEPLIFT: attr.DeepLift(network).attribute(x, target=targets),
        Method.GUIDED_BACKPROPAGATION: attr.GuidedBackprop(network).attribute(x, targets),
        Method.GRAD_CAM: large(attr.LayerGradCam(network, last).attribute(x, targets, relu_attributions=False)),
        Method.GUIDED_GRAD_CAM: attr.GuidedGradCam(network, last).attribute(x, targets, interpolate_mode="bilinear"),
        Method.CONDUCTANCE: large(
            one_by_one(attr.LayerConductance(network, last), **block).detach().sum(1, keepdim=True)
        )
        / 16,
        Method.OCCLUSION: attr.Occlusion(network).attribute(
            images, (3, side, side), (3, stride, stride), target=targets, perturbations_per_eval=32
        )[:, :1],
        Method.FEATURE_ABLATION: attr.FeatureAblation(network).attribute(
            images, target=targets, feature_mask=segments, perturbations_per_eval=32
        )[:, :1],
        Method.KERNEL_SHAP: one_by_one(
            attr.KernelShap(network), feature_mask=segments, n_samples=64, perturbations_per_eval=64
        )[:, :1],
    }
    for method, values in direct.items():
        assert np.array_equal(result.maps[method], values.sum(1).detach().numpy()), method
    for place, image in enumerate(images):
        steps = steps_needed(network, image, int(targets[place]))
        straight = attr.IntegratedGradients(network).attribute(
            image[None], target=targets[place], n_steps=steps, internal_batch_size=64
        )
        found = ask(network, image[None], (Method.INTEGRATED_GRADIENTS,)).maps[Method.INTEGRATED_GRADIENTS]
        assert np.array_equal(found, straight.sum(1).detach().numpy())
    assert set(direct) | {Method.INTEGRATED_GRADIENTS} == set(Method)


def steps_needed(network: nn.Module, image: Tensor, target: int) -> int:
    for steps in (32, 64, 128, 256, 512):
        _, delta = attr.IntegratedGradients(network).attribute(
            image[None], target=target, n_steps=steps, return_convergence_delta=True
        )
        rise = (network(image[None]) - network(torch.zeros_like(image[None])))[0, target].detach()
        if abs(float(delta)) <= SETTINGS.tolerance * max(1, abs(float(rise))):
            return steps
    return 1024


def test_superpixels_cover_the_picture_and_count_from_zero_whatever_is_on_it() -> None:
    rng = np.random.default_rng(0)
    for side, channels in ((8, 1), (28, 1), (32, 3)):
        for picture in (np.full((side, side, channels), 7), rng.integers(0, 256, (side, side, channels))):
            found = superpixels(picture.astype(np.uint8), 16)
            assert found.shape == (side, side)
            assert np.array_equal(np.unique(found), np.arange(found.max() + 1))
            assert 4 <= found.max() + 1 <= 32


def test_shapley_values_add_up_to_what_the_superpixels_together_add_to_the_logit() -> None:
    network, images = usual(), pictures(2)
    result = ask(network, images, (Method.KERNEL_SHAP,))
    segments = superpixels(np.zeros((8, 8, 3), np.uint8), 16)
    for values, rise in zip(result.maps[Method.KERNEL_SHAP], result.explained, strict=True):
        total = sum(float(values[segments == segment][0]) for segment in range(segments.max() + 1))
        assert np.isclose(total, rise, rtol=1e-3, atol=1e-3)


def test_a_baseline_of_ones_own_is_what_the_logit_is_measured_against() -> None:
    network, images = usual().eval(), pictures(2)
    baselines = torch.full_like(images, 0.7)
    result = ask(network, images, COMPLETE, baselines=baselines)
    assert np.allclose(result.baseline_logits, network(baselines).detach().numpy(), atol=1e-5)
    for method in COMPLETE:
        sums = result.maps[method].sum((1, 2))
        assert np.allclose(sums, result.explained, atol=SETTINGS.tolerance * (1 + np.abs(result.explained).max()))


def test_methods_that_draw_give_the_same_map_for_the_same_seed_and_leave_both_generators_as_they_were() -> None:
    network, images = usual(), pictures(2)
    drawing = (Method.SMOOTHGRAD, Method.GRADIENT_SHAP, Method.KERNEL_SHAP)
    states = torch.get_rng_state(), np.random.get_state()[1].copy()
    first, again = ask(network, images, drawing), ask(network, images, drawing)
    assert torch.equal(torch.get_rng_state(), states[0])
    assert np.array_equal(np.random.get_state()[1], states[1])
    other = ask(network, images, drawing, settings=SETTINGS.model_copy(update={"seed": 1}))
    for method in drawing:
        assert np.array_equal(first.maps[method], again.maps[method])
        assert not np.array_equal(first.maps[method], other.maps[method])


class Small(nn.Module):
    """Two channels, x and −x; class 0 reads their means with 1 and −2, class 1 with 0 and 3."""

    def __init__(self) -> None:
        super().__init__()
        self.block = nn.Conv2d(1, 2, 1, bias=False)
        self.classifier = nn.Linear(2, 2, bias=False)
        with torch.no_grad():
            self.block.weight.copy_(torch.tensor([1.0, -1.0]).view(2, 1, 1, 1))
            self.classifier.weight.copy_(torch.tensor([[1.0, -2.0], [0.0, 3.0]]))

    def forward(self, x: Tensor) -> Tensor:
        logits: Tensor = self.classifier(self.block(x).mean((2, 3)))
        return logits


def test_a_hand_computed_case() -> None:
    """Logit 0 is 3·mean(x), logit 1 is −3·mean(x): over 4×4 pixels each weighs 3/16."""
    image = torch.arange(16.0).view(1, 1, 4, 4)
    for target, sign in ((0, 1), (1, -1)):
        result = ask(Small(), image, targets=torch.tensor([target]), block="block")
        linear = sign * 3 / 16 * image[0, 0].numpy()
        assert np.allclose(result.logits, [[22.5, -22.5]])
        assert np.allclose(result.maps[Method.SALIENCY], sign * 3 / 16)
        assert np.allclose(result.maps[Method.INTEGRATED_GRADIENTS][0], linear, atol=1e-5)
        assert np.allclose(result.maps[Method.GRAD_CAM][0], linear, atol=1e-5)
        assert np.allclose(result.maps[Method.INPUT_X_GRADIENT][0], linear, atol=1e-5)
        assert np.allclose(result.maps[Method.DEEPLIFT][0], linear, atol=1e-5)
        assert np.allclose(result.maps[Method.CONDUCTANCE][0], linear, rtol=2e-3)
        assert np.allclose(result.maps[Method.GRADIENT_SHAP][0], linear, atol=1e-4)
        assert all(np.allclose(deltas, 0, atol=1e-4) for deltas in result.deltas.values())
        # the corner pixel is under one window alone, pixels 0, 1, 4, 5
        assert np.isclose(result.maps[Method.OCCLUSION][0, 0, 0], sign * 3 / 16 * 10, atol=1e-5)


@pytest.mark.parametrize("side", [8, 9, 28, 32])
def test_any_picture_size_works_and_maps_have_the_size_of_the_picture(side: int) -> None:
    network = network_of(Block.BASIC, Order.PRE, Shortcut.B, Normalisation.BATCH, input_shape=(1, side, side))
    result = ask(network, pictures(1, (1, side, side)))
    for method in Method:
        assert result.maps[method].shape == (1, side, side)
        assert result.maps[method].any()


def test_the_network_the_pictures_and_the_mode_stay_as_they_were_and_no_hook_remains() -> None:
    network, images = usual().train(), pictures()
    before, weights = images.clone(), {name: value.clone() for name, value in network.state_dict().items()}
    ask(network, images)
    assert torch.equal(images, before)
    assert not images.requires_grad
    assert network.training
    assert all(torch.equal(value, weights[name]) for name, value in network.state_dict().items())
    assert hooks(network) == 0
    assert all(parameter.grad is None for parameter in network.parameters())


class CutError(Exception):
    pass


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("place", ["report", "forward"])
def test_no_hook_remains_after_an_error_in_the_middle_of_a_method(
    method: Method, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    network, copies = usual(), []

    def keep(module: nn.Module, _memo: object = None) -> nn.Module:
        copies.append(module)
        return module

    monkeypatch.setattr(
        "explorer.questions.attribution.methods.measure.copy.deepcopy", keep
    )  # so that the private one can be seen
    calls = itertools.count()
    last = network.get_submodule("head.classifier")

    def cut(*_: object) -> None:
        if next(calls) == (2 if place == "forward" else 0):  # the first two calls find the answers
            raise CutError

    handle = last.register_forward_pre_hook(cut) if place == "forward" else None
    with pytest.raises(CutError):
        ask(network, pictures(), (method,), report=cut if place == "report" else None)
    if handle:
        handle.remove()
    assert copies == [network]
    assert hooks(network) == 0


def hooks(network: nn.Module) -> int:
    kinds = ("_forward_hooks", "_forward_pre_hooks", "_backward_hooks", "_backward_pre_hooks")
    return sum(len(getattr(module, kind)) for module in network.modules() for kind in kinds)


@pytest.mark.parametrize("count", [1, 3, 16])
@pytest.mark.parametrize("side", [8, 28, 32])
def test_progress_rises_to_the_end_and_names_the_method(count: int, side: int) -> None:
    seen: list[tuple[float, str]] = []
    network = network_of(Block.BASIC, Order.POST, Shortcut.A, Normalisation.BATCH, input_shape=(1, side, side), width=4)
    images = pictures(count, (1, side, side))
    ask(network, images, report=lambda share, message: seen.append((share, message)))
    shares = [share for share, _ in seen]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert 0.9 < shares[-1] <= 1
    assert dict.fromkeys(message for _, message in seen) == dict.fromkeys(map(str, Method))


def test_a_given_target_is_explained_and_none_means_the_networks_own_answer() -> None:
    network, images = usual(), pictures()
    own, given = ask(network, images), ask(network, images, targets=torch.tensor([0, 1, 2]))
    assert np.array_equal(own.targets, own.predictions)
    assert given.targets.tolist() == [0, 1, 2]
    assert np.array_equal(own.logits, given.logits)
    assert np.allclose(own.probabilities.sum(1), 1)


def test_one_picture_gives_the_same_map_alone_and_among_others() -> None:
    network, images = usual(), pictures(4)
    together, alone = ask(network, images), ask(network, images[2:3])
    for method in Method:
        assert np.allclose(together.maps[method][2], alone.maps[method][0], atol=1e-4)

import io
import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from captum import attr
from PIL import Image
from safetensors.torch import load as load_weights
from torch import Tensor, nn

from explorer.datasets import load
from explorer.networks import build
from explorer.questions.attribution.given import REFERENCES
from explorer.questions.attribution.methods.measure import attribute
from explorer.questions.attribution.methods.perturbations import occlusion_window, superpixels
from explorer.questions.attribution.methods.result import AttributionResult
from explorer.questions.attribution.methods.spec import Method, MethodSettings
from explorer.questions.given import silent
from explorer.runs.events import Checkpoint
from explorer.runs.queue import claim, command, submit
from explorer.runs.records import Command, JobState, Run
from explorer.runs.store import Store
from explorer.specs import Block, DatasetName, DatasetSpec, Normalisation, Order, Shortcut, settings
from explorer.worker.jobs import do
from tests.measured import measured
from tests.reference_attribution import grad_cam, input_x_gradient, integrated_gradients, occlusion, saliency
from tests.trained import quiet, trained
from tests.variants import VARIANTS, Small, hooks, network_of, pictures, usual

KIND = "attribution.methods"


ALL = tuple(Method)


SETTINGS = MethodSettings(samples=4, coalitions=64)


COMPLETE = (Method.INTEGRATED_GRADIENTS, Method.DEEPLIFT)


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
        Method.CONDUCTANCE: large(one_by_one(attr.LayerConductance(network, last), **block).detach().sum(1, keepdim=True)) / 16,
        Method.OCCLUSION: attr.Occlusion(network).attribute(
            images, (3, side, side), (3, stride, stride), target=targets, perturbations_per_eval=32
        )[:, :1],
        Method.FEATURE_ABLATION: attr.FeatureAblation(network).attribute(
            images, target=targets, feature_mask=segments, perturbations_per_eval=32
        )[:, :1],
        Method.KERNEL_SHAP: one_by_one(attr.KernelShap(network), feature_mask=segments, n_samples=64, perturbations_per_eval=64)[
            :, :1
        ],
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

    monkeypatch.setattr("explorer.questions.attribution.methods.measure.copy.deepcopy", keep)  # so that the private one can be seen
    calls = itertools.count()
    last = network.get_submodule("head.classifier")

    def cut(*_: object) -> None:
        if next(calls) == (2 if place == "forward" else 0):  # the first two calls find the answers
            raise CutError

    handle = last.register_forward_pre_hook(cut) if place == "forward" else None
    with pytest.raises(CutError):
        ask(network, pictures(), (method,), report=cut if place == "report" else silent)
    if handle:
        handle.remove()
    assert copies == [network]
    assert hooks(network) == 0


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


def spec_of(runs: list[Run], **changes: Any) -> dict[str, Any]:
    return {"runs": [run.id for run in runs], "step": 2, "images": [0, 5, 7], **changes}


def test_all_networks_are_asked_about_the_same_pictures_and_answer_as_a_direct_call_does(store: Store) -> None:
    runs = trained(store, {"shortcut": "none"}, {"shortcut": "A"})
    asked = spec_of(runs, block="stage2.block1", methods=list(Method), settings={"samples": 4, "coalitions": 64})
    results = measured(KIND, asked, store, report=quiet)
    data = load(DatasetSpec(), Path("unused"))
    assert len(results) == 2
    for run, result in zip(runs, results, strict=True):
        network = build(run.experiment.network)
        saved = store.checkpoint(run.id, 2)
        assert saved is not None
        network.load_state_dict(load_weights(saved.weights))
        images = data.normalise(data.test_images[[0, 5, 7]])
        direct = attribute(
            network, images, None, tuple(Method), "stage2.block1", shown=result.images,
            settings=MethodSettings(samples=4, coalitions=64), references=data.normalise(data.train_images[:REFERENCES]),
        )  # fmt: skip
        assert result.block == "stage2.block1"
        assert result.labels.tolist() == data.test_labels[[0, 5, 7]].tolist()
        assert np.array_equal(result.images, (data.test_images[[0, 5, 7]] * 255).round().byte().permute(0, 2, 3, 1))
        for method in Method:
            assert np.allclose(result.maps[method], direct.maps[method], atol=1e-6)
    assert not np.array_equal(results[0].logits, results[1].logits)


def test_checkpoints_differ_and_the_last_one_is_taken_when_none_is_named(store: Store) -> None:
    runs = trained(store, {})
    first, last, unnamed = (
        measured(KIND, spec_of(runs, step=step, methods=["saliency"]), store, report=quiet)[0] for step in (0, 2, None)
    )
    assert np.array_equal(last.logits, unnamed.logits)
    assert not np.array_equal(first.logits, last.logits)


def test_networks_of_different_depth_answer_at_the_block_they_have(store: Store) -> None:
    runs = trained(store, {"depth": 20}, {"depth": 8})
    results = measured(KIND, spec_of(runs, block="stage2.block3", methods=["grad-cam"]), store, report=quiet)
    assert [result.block for result in results] == ["stage2.block3", "stage2.block1"]


@pytest.mark.parametrize("baseline", ["mean", "black", "white", "blur"])
def test_the_baseline_is_the_picture_that_was_chosen(store: Store, baseline: str) -> None:
    runs = trained(store, {})
    asked = spec_of(runs, methods=["integrated-gradients"], settings={"baseline": baseline, "tolerance": 0.001})
    result = measured(KIND, asked, store, report=quiet)[0]
    data, saved = load(DatasetSpec(), Path("unused")), store.checkpoint(runs[0].id, 2)
    assert saved is not None
    network = build(runs[0].experiment.network)
    network.load_state_dict(load_weights(saved.weights))
    pictures = data.test_images[[0, 5, 7]]
    flat = {"mean": data.mean.view(1, 1, 1, 1), "black": torch.tensor(0.0), "white": torch.tensor(1.0)}
    shown = torch.ones_like(pictures) * flat.get(baseline, pictures.mean((2, 3), keepdim=True))
    with torch.no_grad():
        expected = network.eval()(data.normalise(shown)).numpy()
    if baseline == "blur":  # between the picture and its mean
        assert np.abs(result.baseline_logits - result.logits).max() > 0
        assert np.abs(result.baseline_logits - expected).max() < np.abs(result.logits - expected).max()
    else:
        assert np.allclose(result.baseline_logits, expected, atol=1e-5)
    deltas = result.deltas[Method.INTEGRATED_GRADIENTS]
    assert (np.abs(deltas) <= 0.001 * (1 + np.abs(result.explained)) + 1e-5).all()


def test_an_uploaded_picture_is_shown_as_the_network_sees_it(store: Store) -> None:
    file = io.BytesIO()
    Image.new("RGB", (100, 60), (255, 255, 255)).save(file, "PNG")
    runs = trained(store, {})
    result = measured(KIND, spec_of(runs, images="upload"), store, file.getvalue(), report=quiet)[0]
    assert result.images.shape == (1, 8, 8, 1)
    assert (result.images == 255).all()
    assert result.labels.tolist() == [-1]


def test_the_true_class_and_a_given_class_are_explained(store: Store) -> None:
    runs = trained(store, {})
    for target in ("true", 3):
        result = measured(KIND, spec_of(runs, target=target, methods=["saliency"]), store, report=quiet)[0]
        assert result.targets.tolist() == (result.labels.tolist() if target == "true" else [3, 3, 3])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"runs": ["gone"]}, "not there any more"),
        ({"images": [360]}, "the test set has 360"),
        ({"target": 10}, "from 0 to 9"),
        ({"step": 1_000}, "no checkpoint at step 1000"),
        ({"images": []}, "1 to 16"),
        ({"methods": ["guess"]}, "saliency"),
        ({"images": "upload"}, "not a picture"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(store: Store, changes: dict[str, Any], sentence: str) -> None:
    runs = trained(store, {})
    with pytest.raises(ValueError, match=sentence) as error:
        measured(KIND, spec_of(runs) | changes, store, report=quiet)
    assert str(error.value).endswith(".")


def test_runs_of_different_datasets_are_not_compared(store: Store) -> None:
    digits = trained(store, {})
    shapes = trained(store, {}, dataset=DatasetSpec(name=DatasetName.SHAPES))
    with pytest.raises(ValueError, match="different pictures"):
        measured(KIND, spec_of(digits + shapes), store, report=quiet)


def test_a_checkpoint_of_another_network_is_refused(store: Store) -> None:
    runs = trained(store, {"depth": 8}, {"depth": 14})
    other = store.checkpoint(runs[1].id, 2)
    assert other is not None
    for weights in (other.weights, b"hostile", b"\xff" * 100):
        store.record(runs[0].id, [Checkpoint(2, weights, b"")])
        with pytest.raises(ValueError, match="does not fit its network"):
            measured(KIND, spec_of(runs[:1]), store, report=quiet)


def test_the_worker_finishes_the_job_with_its_result_and_obeys_a_stop(store: Store) -> None:
    runs = trained(store, {})
    done = submit(store, KIND, "me", spec_of(runs))
    job = claim(store, "measure", "worker")
    assert job is not None
    do(job, store, settings().datasets_path)
    found, result = store.job(done), store.result(done)
    assert found is not None
    assert found.state is JobState.DONE
    assert result is not None
    assert len(AttributionResult.decode(result)) == 1

    stopped = submit(store, KIND, "me", spec_of(runs, images=list(range(16))))
    job = claim(store, "measure", "worker")
    assert job is not None
    command(store, stopped, "me", Command.STOP)
    do(job, store, settings().datasets_path)
    found = store.job(stopped)
    assert found is not None
    assert found.state is JobState.CANCELLED
    assert store.result(stopped) is None

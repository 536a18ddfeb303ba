import math
from pathlib import Path

import pytest
import torch

from explorer.datasets import Dataset, load
from explorer.networks import build
from explorer.runs.events import Checkpoint, Diverged, Evaluation, Failed, Finished, Started, Step
from explorer.specs import DatasetSpec, DeviceChoice, Experiment, NetworkSpec, Recipe
from explorer.training import train
from explorer.training.batches import Batches, crop_flip, seeded
from explorer.training.schedule import learning_rate
from tests.reference import crop_flip_one, textbook_step


@pytest.fixture(scope="module")
def digits() -> Dataset:
    return load(DatasetSpec(), Path("nowhere"))


def experiment(steps: int = 6, **changes: object) -> Experiment:
    network = {"depth": 8, "width": 4, "input_shape": (1, 8, 8)} | changes.pop("network", {})
    recipe = {"steps": steps, "batch": 16, "warmup": 2, "evaluate_every": 3, "checkpoint_every": 3, "precision": "fp32"}
    return Experiment.model_validate({"network": network, "recipe": recipe | changes, "device": DeviceChoice.CPU})


def test_events_come_in_their_order(digits: Dataset) -> None:
    kinds = [type(event) for event in train(experiment(steps=3), digits)]
    assert kinds == [Started, Evaluation, Checkpoint, Step, Step, Step, Evaluation, Checkpoint, Finished]


def test_losses_and_gradient_norms_are_those_of_the_textbook_loop(digits: Dataset) -> None:
    chosen = experiment(steps=4)
    steps = [event for event in train(chosen, digits) if isinstance(event, Step)]
    network = build(chosen.network, chosen.recipe.seed)
    optimiser = torch.optim.SGD(network.parameters(), lr=1, momentum=0.9, weight_decay=1e-4, fused=False, foreach=False)
    batches = Batches(digits, chosen.recipe, torch.device("cpu"))
    for step in steps:
        optimiser.param_groups[0]["lr"] = learning_rate(chosen.recipe, step.step)
        loss, norms = textbook_step(network, optimiser, *batches[step.step])
        assert step.loss == pytest.approx(loss, rel=1e-4)
        assert step.gradient_norms == pytest.approx(norms, rel=2e-3)


def test_the_same_seed_gives_the_same_numbers(digits: Dataset) -> None:
    one, other = ([e for e in train(experiment(), digits) if isinstance(e, Step)] for _ in range(2))
    assert [(e.loss, e.gradient_norms) for e in one] == [(e.loss, e.gradient_norms) for e in other]


@pytest.mark.parametrize("optimiser", ["sgd", "adamw"])
def test_a_resumed_run_equals_the_unbroken_one_bit_for_bit(digits: Dataset, optimiser: str) -> None:
    chosen = experiment(optimiser=optimiser, learning_rate=0.01, augmentation="crop-flip")
    whole = list(train(chosen, digits))
    [saved] = [event for event in whole if isinstance(event, Checkpoint) and event.step == 3]
    rest = list(train(chosen, digits, resume=saved))
    losses = {e.step: e.loss for e in whole if isinstance(e, Step)}
    assert {e.step: e.loss for e in rest if isinstance(e, Step)} == {step: losses[step] for step in (4, 5, 6)}
    assert [e.weights for e in rest if isinstance(e, Checkpoint)][-1] == [e.weights for e in whole if isinstance(e, Checkpoint)][-1]


def test_two_networks_see_the_same_batches_and_augmentation(digits: Dataset) -> None:
    recipe = experiment(augmentation="crop-flip").recipe
    one, other = (Batches(digits, recipe, torch.device("cpu")) for _ in range(2))
    for step in (1, 90, 2):
        assert all(torch.equal(a, b) for a, b in zip(one[step], other[step], strict=True))


def test_an_epoch_shows_every_picture_at_most_once(digits: Dataset) -> None:
    batches = Batches(digits, experiment().recipe, torch.device("cpu"))
    seen = torch.cat([batches.indices(step) for step in range(1, 1437 // 16 + 1)])
    assert len(seen.unique()) == len(seen)


def test_batched_crop_and_flip_is_that_of_one_picture_after_another() -> None:
    images = torch.randint(0, 256, (32, 3, 16, 16), dtype=torch.uint8)
    fast = crop_flip(images, seeded(0, "augmentation", 5))
    generator = seeded(0, "augmentation", 5)
    corner = torch.randint(0, 5, (2, 32, 1), generator=generator)
    flip = torch.rand(32, 1, generator=generator) < 0.5
    for index, image in enumerate(images):
        slow = crop_flip_one(image, int(corner[0, index]), int(corner[1, index]), bool(flip[index]))
        assert torch.equal(fast[index], slow)


def test_a_diverging_run_says_at_which_step_and_in_which_layer(digits: Dataset) -> None:
    wild = experiment(steps=50, warmup=0, learning_rate=10, network={"normalisation": "none", "depth": 20})
    last = list(train(wild, digits))[-1]
    assert isinstance(last, Diverged)
    assert last.layer in {layer.name for layer in build(wild.network).outline.layers}
    assert 1 < last.step <= 50


def test_a_device_that_is_not_there_ends_with_what_to_choose(digits: Dataset) -> None:
    if torch.backends.mps.is_available():
        pytest.skip("this machine has MPS")
    chosen = experiment().model_copy(update={"device": DeviceChoice.MPS})
    [last] = list(train(chosen, digits))
    assert isinstance(last, Failed)
    assert "mps" in last.reason
    assert "cpu" in last.reason


def test_bf16_agrees_with_fp32_within_its_precision(digits: Dataset) -> None:
    fine, coarse = (
        [e for e in train(experiment(precision=precision, steps=2), digits) if isinstance(e, Step)]
        for precision in ("fp32", "bf16")
    )
    assert coarse[0].loss == pytest.approx(fine[0].loss, rel=0.02)
    assert coarse[0].gradient_norms == pytest.approx(fine[0].gradient_norms, rel=0.1)


def test_schedules_warm_up_and_fall() -> None:
    recipe = Recipe(steps=100, warmup=9, learning_rate=1.0, schedule="step")
    assert [round(learning_rate(recipe, step), 6) for step in (1, 9, 10, 50, 51, 75, 76, 100)] == [
        0.1,
        0.9,
        1,
        1,
        0.1,
        0.1,
        0.01,
        0.01,
    ]
    cosine = recipe.model_copy(update={"schedule": "cosine"})
    assert learning_rate(cosine, 10) == 1
    assert 0 < learning_rate(cosine, 100) < 0.001
    assert math.isclose(learning_rate(Recipe(steps=10, warmup=0), 1), 0.1)


def test_a_logged_interval_leaves_the_training_unchanged(digits: Dataset) -> None:
    often, seldom = ([e for e in train(experiment(log_every=every), digits) if isinstance(e, Step)] for every in (1, 5))
    losses = {e.step: e.loss for e in often}
    assert [(e.step, e.loss) for e in seldom] == [(step, losses[step]) for step in (1, 5, 6)]


def test_a_network_without_a_spec_for_its_pictures_is_refused() -> None:
    with pytest.raises(ValueError, match="input_shape"):
        Experiment(network=NetworkSpec())

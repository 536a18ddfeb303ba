"""Time the attribution of 8 pictures by ResNet-20 at 3×32×32, one thread, as the measure worker does it.

Run: pip install -e '.[benchmarks]', then python -m benchmarks.attribution [--rounds 5]. Two tables, each from interleaved
rounds, medians: for every method our one call on the batch over captum's own method called picture by picture; and for
Grad-CAM, ours over pytorch-grad-cam's on the same batch (left out where it is not installed). Then the default grid as the
page asks for it: seconds until each of the four methods' maps is in the store, for one network, from the first question on.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import torch

from explorer.datasets import load
from explorer.networks import build
from explorer.questions.attribution.methods.measure import pose
from explorer.questions.attribution.methods.methods import METHODS
from explorer.questions.attribution.methods.posed import Posed
from explorer.questions.attribution.methods.result import QUESTION
from explorer.questions.attribution.methods.spec import AttributionSpec, Method
from explorer.runs.asking import ask
from explorer.runs.queue import claim, submit_race
from explorer.runs.store import Store
from explorer.specs import DatasetName, DatasetSpec, NetworkSpec, Race, Recipe, settings
from explorer.worker.jobs import do

PICTURES = 8
SPEC = NetworkSpec(depth=20, input_shape=(3, 32, 32), classes=6)
DATA = DatasetSpec(name=DatasetName.SHAPES)


def posed() -> Posed:
    """Return eight test pictures, posed to a network with its initial weights."""
    data = load(DATA, settings().datasets_path)
    images = data.test_images[:PICTURES]
    network = build(SPEC)
    with torch.no_grad():  # batch-norm statistics as in training, so that activations keep their range
        network.train()(data.normalise(data.train_images[:256]))
    return pose(
        network.eval(), data.normalise(images), data.test_labels[:PICTURES], "stage3.block3",
        shown=images.permute(0, 2, 3, 1).contiguous().numpy(),
    )  # fmt: skip


def medians(ways: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return each way's median of seconds; every round runs all of them in turns, after one round that is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            if number:
                seconds[name].append(time.perf_counter() - began)
    return {name: statistics.median(values) for name, values in seconds.items()}


def batched(asked: Posed, rounds: int) -> None:
    """Print every method: seconds on the batch, and over those picture by picture."""
    print("| method | batch of 8 (s) | picture by picture (s) | ratio |\n|---|---|---|---|")
    for method in Method:
        ways = {
            "batch": lambda method=method: METHODS[method](asked),
            "each": lambda method=method: [METHODS[method](one) for one in asked.each()],
        }
        found = medians(ways, rounds)
        ratio = found["batch"] / found["each"]
        print(f"| {method} | {found['batch']:.3f} | {found['each']:.3f} | {ratio:.2f} |", flush=True)


def other_grad_cam(asked: Posed, rounds: int) -> None:
    """Print Grad-CAM by us over pytorch-grad-cam's."""
    try:
        from pytorch_grad_cam import GradCAM
        from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget
    except ImportError:
        print("pytorch-grad-cam is not installed: pip install -e '.[benchmarks]'")
        return
    targets = [ClassifierOutputTarget(int(target)) for target in asked.targets]

    def theirs() -> object:
        with GradCAM(model=asked.forward, target_layers=[asked.block]) as cam:
            return cam(input_tensor=asked.images, targets=targets)

    found = medians({"ours": lambda: METHODS[Method.GRAD_CAM](asked), "theirs": theirs}, rounds)
    ratio = found["ours"] / found["theirs"]
    print(f"Grad-CAM, 8 pictures: ours {found['ours']:.3f} s, pytorch-grad-cam {found['theirs']:.3f} s, ratio {ratio:.2f}")


def grid(rounds: int) -> None:
    """Print when each method of the default grid is answered, from the first question on."""
    moments = []
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "runs.sqlite")
        recipe = Recipe(steps=2, batch=32, warmup=0, evaluate_every=2, checkpoint_every=2)
        runs = submit_race(store, Race(networks=(SPEC,), dataset=DATA, recipe=recipe), "benchmark")
        _work(store, "train")
        for number in range(rounds + 1):
            images = tuple(range(number * PICTURES, (number + 1) * PICTURES))  # other pictures: nothing is answered yet
            spec = AttributionSpec(runs=(runs[0].id,), step=2, images=images)
            began = time.perf_counter()
            for part in spec.parts():
                ask(store, QUESTION.kind, "benchmark", part.model_dump(mode="json"))
            moments.append([_work(store, "measure") - began for _ in spec.methods])
    found = np.median(moments[1:], axis=0)
    print("default grid:", ", ".join(f"{name} {moment:.2f} s" for name, moment in zip(spec.methods, found, strict=True)))


def _work(store: Store, pool: str) -> float:
    job = claim(store, pool, "benchmark")
    assert job is not None
    do(job, store, settings().datasets_path)
    return time.perf_counter()


def main() -> None:
    """Print both tables and the grid."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    torch.set_num_threads(1)
    asked = posed()
    batched(asked, rounds)
    other_grad_cam(asked, rounds)
    grid(rounds)


if __name__ == "__main__":
    main()

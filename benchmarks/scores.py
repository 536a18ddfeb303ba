"""Every attribution method held against the objects' masks: plain-20 and residual-20 on the shapes, five seeds each.

    python -m benchmarks.scores [--seeds 5] [--steps 600] [--pictures 64]

Maps explain the true class, on the first test pictures. Printed are, for each method and network, the mean over seeds of
the mean over pictures, and in brackets the least and the most of the seeds; `area` is what a map without knowledge scores.
"""

from collections import defaultdict

import numpy as np
import torch
import typer
from safetensors.torch import load as load_weights

from explorer.datasets import Dataset, load
from explorer.networks import ResidualNetwork, build
from explorer.questions.attribution.checks.scores import NAMES, mask_scores
from explorer.questions.attribution.given import REFERENCES
from explorer.questions.attribution.methods.measure import pose
from explorer.questions.attribution.methods.methods import METHODS
from explorer.questions.attribution.methods.spec import Method
from explorer.runs.events import Checkpoint, Finished
from explorer.specs import DatasetName, DatasetSpec, Experiment, NetworkSpec, Recipe, Shortcut, settings
from explorer.training import train

CHUNK = 8


def main(seeds: int = 5, steps: int = 600, pictures: int = 64) -> None:
    """Train, explain, score and print."""
    torch.set_num_threads(1)
    spec = DatasetSpec(name=DatasetName.SHAPES)
    data = load(spec, settings().datasets_path)
    found: dict[tuple[str, str], list[dict[str, float]]] = defaultdict(list)
    for seed in range(seeds):
        for shortcut in (Shortcut.NONE, Shortcut.A):
            network = NetworkSpec(depth=20, shortcut=shortcut, input_shape=(3, 32, 32), classes=6)
            recipe = Recipe(steps=steps, seed=seed, evaluate_every=steps, checkpoint_every=steps)
            trained, error = learn(Experiment(network=network, dataset=spec, recipe=recipe), data)
            print(f"seed {seed} {network.title}: test error {100 * error:.1f} %", flush=True)
            for method in Method:
                found[method, network.title].append(score(trained, data, method, pictures))
    show(found)


def learn(experiment: Experiment, data: Dataset) -> tuple[ResidualNetwork, float]:
    """Return the trained network and its test error."""
    network, error = build(experiment.network), 1.0
    for event in train(experiment, data):
        if isinstance(event, Checkpoint):
            network.load_state_dict(load_weights(event.weights))
        if isinstance(event, Finished):
            error = event.test_error
    return network.eval(), error


def score(network: ResidualNetwork, data: Dataset, method: Method, pictures: int) -> dict[str, float]:
    """Return the mean of every score over the pictures."""
    assert data.test_masks is not None
    maps = []
    for start in range(0, pictures, CHUNK):
        part = slice(start, start + CHUNK)
        images = data.test_images[part]
        shown = images.permute(0, 2, 3, 1).contiguous().numpy()
        posed = pose(
            network, data.normalise(images), data.test_labels[part], network.outline.blocks[-1].name, shown=shown,
            references=data.normalise(data.train_images[:REFERENCES]),
        )  # fmt: skip
        maps.append(METHODS[method](posed).map.float().numpy())
    scores = mask_scores(np.concatenate(maps), data.test_masks[:pictures].numpy())
    return {name: float(values.mean()) for name, values in scores.items()}


def show(found: dict[tuple[str, str], list[dict[str, float]]]) -> None:
    """Print one row a method and network, as a Markdown table."""
    print("| method | network |", " | ".join(NAMES), "|")
    for (method, title), seeds in found.items():
        cells = []
        for name in NAMES:
            values = [one[name] for one in seeds]
            cells.append(f"{np.mean(values):.2f} ({min(values):.2f}–{max(values):.2f})")
        print(f"| {method} | {title} |", " | ".join(cells), "|")


if __name__ == "__main__":
    typer.run(main)

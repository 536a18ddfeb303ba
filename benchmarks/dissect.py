"""Trained networks taken apart, seeds 0 to 2: one block less in residual-56 against one in plain-20; a loss surface timed.

Run: python -m benchmarks.dissect. Networks and recipe are those of the preset of 20 and 56 layers (digits, width 8). A
plain block is a pair of layers, skipped where its shapes allow; boundary blocks are left out of both. The surface is
that of the page: 25 × 25 losses around residual-56, 256 pictures, one thread, as a worker computes it.
"""

import time
from statistics import median

import torch
from safetensors.torch import load as load_weights

from explorer.datasets import Dataset, load
from explorer.networks import ResidualNetwork, build
from explorer.questions.lesion.measure import lesion
from explorer.questions.lesion.spec import Removal
from explorer.questions.paths.measure import paths
from explorer.questions.surface.measure import surface
from explorer.runs.events import Checkpoint
from explorer.specs import PRESETS, DeviceChoice, Experiment, settings
from explorer.training import train

SEEDS = range(3)


def trained(experiment: Experiment, data: Dataset) -> ResidualNetwork:
    """Return the network after its last step, in evaluation mode."""
    last = [event for event in train(experiment, data) if isinstance(event, Checkpoint)][-1]
    network = build(experiment.network)
    network.load_state_dict(load_weights(last.weights), strict=True)
    return network.eval()


def costs(network: ResidualNetwork, data: Dataset) -> tuple[float, list[float]]:
    """Return the test error and how much each block that is no boundary adds to it when it is taken away."""
    told = lesion(network, data.normalise(data.test_images), data.test_labels, Removal.SINGLE)
    blocks = network.outline.blocks
    inner = [block.input_shape == block.output_shape for block in blocks]
    return told.intact, [drawn[0] - told.intact for drawn, kept in zip(told.errors, inner, strict=True) if kept and drawn]


def _percent(values: list[float]) -> str:
    return f"{100 * min(values):.1f}, {100 * median(values):.1f}, {100 * max(values):.1f}"


def main() -> None:
    """Print the tables."""
    torch.set_num_threads(1)
    race = next(preset.race for preset in PRESETS if preset.name == "shallow-and-deep")
    race = race.model_copy(update={"device": DeviceChoice.CPU})
    data = load(race.dataset, settings().datasets_path)
    print("points of test error that one missing block costs: least, median, most")
    print("| seed | plain-20: error %, cost | residual-56: error %, cost |\n|---|---|---|")
    medians: list[tuple[float, float]] = []
    network = None
    for seed in SEEDS:
        seeded = race.model_copy(update={"recipe": race.recipe.model_copy(update={"seed": seed})})
        wanted = {"plain-20": None, "residual-56": None}
        chosen = {one.network.title: one for one in seeded.experiments if one.network.title in wanted}
        plain, network = (trained(chosen[title], data) for title in wanted)
        (error, costly), (deep_error, cheap) = costs(plain, data), costs(network, data)
        medians.append((median(costly), median(cheap)))
        row = f"| {seed} | {100 * error:.1f}; {_percent(costly)} | {100 * deep_error:.1f}; {_percent(cheap)} |"
        print(row, flush=True)
    low, high = (median(column) for column in zip(*medians, strict=True))
    print(f"median of the seeds' medians: plain-20 {100 * low:.1f}, residual-56 {100 * high:.1f} points")
    assert network is not None
    told = paths(network, data.normalise(data.test_images[:8]), data.test_labels[:8], draws=40)
    print(f"paths of at most {told.shortest_with(0.9)} of {len(told.counts) - 1} blocks carry 90 % in residual-56")
    start = time.perf_counter()
    images, labels = data.normalise(data.train_images[:256]), data.train_labels[:256]
    surface(network, images, labels, dimensions=2, points=25, span=0.5, seed=0)
    print(f"25 × 25 losses around residual-56, 256 pictures: {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()

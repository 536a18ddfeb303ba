"""Time a training step: ours with everything recorded, ours with nothing recorded, and a textbook loop, interleaved.

Run: python -m benchmarks.step [--rounds 15] [--steps 6] [--device auto]. ResNet-20 (width 16), batch 128, at 3×32×32
(shapes) and 1×8×8 (digits). The textbook loop is a DataLoader, NCHW, fp32, the stock SGD and `loss.item()`. Prints
ratios: the median over rounds of one loop's time over another's in the same round, so that a busy machine harms both.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable, Iterator

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy
from torch.utils.data import DataLoader, TensorDataset

from explorer.datasets import Dataset, load
from explorer.networks import build
from explorer.specs import DatasetName, DatasetSpec, DeviceChoice, Experiment, NetworkSpec, Precision, Race, Recipe, settings
from explorer.training import device_name
from explorer.training.loop import Trainer

BATCH = 128
Loop = Callable[[int], None]


def ours(experiment: Experiment, data: Dataset, *, record: bool) -> Loop:
    """Return a loop that does so many of our steps; with `record` all that a run records reaches the host."""
    trainer = Trainer(experiment, data)
    done = iter(range(1, 10**9))

    def loop(steps: int) -> None:
        for _ in range(steps):
            answer = trainer.step(next(done), log=record)
            if answer is not None:
                answer.tolist()
        _wait(trainer.device)

    return loop


def textbook(experiment: Experiment, data: Dataset, device: torch.device) -> Loop:
    """Return the loop of every tutorial."""
    network = build(experiment.network, 0).to(device).train()
    optimiser = torch.optim.SGD(network.parameters(), lr=0.1, momentum=0.9, weight_decay=1e-4)
    images = data.normalise(data.train_images).contiguous()
    batches = _endless(DataLoader(TensorDataset(images, data.train_labels), BATCH, shuffle=True, drop_last=True))

    def loop(steps: int) -> None:
        for _ in range(steps):
            pictures, labels = next(batches)
            pictures, labels = pictures.to(device), labels.to(device)
            optimiser.zero_grad()
            logits = network(pictures)
            loss = cross_entropy(logits, labels)
            loss.backward()  # type: ignore[no-untyped-call]  # torch's own
            optimiser.step()
            loss.item()
            (logits.argmax(1) == labels).float().mean().item()
        _wait(device)

    return loop


def _endless(loader: DataLoader[tuple[Tensor, ...]]) -> Iterator[tuple[Tensor, ...]]:
    while True:
        yield from loader


def _wait(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize()


def times(loops: dict[str, Loop], rounds: int, steps: int) -> dict[str, list[float]]:
    """Return seconds a step of every loop in every round; each round runs all of them, in turns."""
    taken: dict[str, list[float]] = {name: [] for name in loops}
    for loop in loops.values():
        loop(3)
    for number in range(rounds):
        names = list(loops)
        for name in names[number % len(names) :] + names[: number % len(names)]:
            start = time.perf_counter()
            loops[name](steps)
            taken[name].append((time.perf_counter() - start) / steps)
    return taken


def ratio(taken: dict[str, list[float]], one: str, other: str) -> float:
    """Return the median over rounds of one loop's time over another's."""
    return statistics.median(a / b for a, b in zip(taken[one], taken[other], strict=True))


def measure(name: DatasetName, choice: DeviceChoice, rounds: int, steps: int) -> None:
    """Print the ratios for one dataset."""
    spec = DatasetSpec(name=name)
    data = load(spec, settings().datasets_path)

    def experiment(precision: Precision) -> Experiment:
        recipe = Recipe(steps=100_000, batch=BATCH, precision=precision)
        networks = (NetworkSpec(depth=20, width=16),)
        return Race(networks=networks, dataset=spec, recipe=recipe, device=choice).experiments[0]

    plain, half = experiment(Precision.FP32), experiment(Precision.BF16)
    device = Trainer(plain, data).device
    loops = {
        "textbook": textbook(plain, data, device),
        "bare": ours(plain, data, record=False),
        "recorded": ours(plain, data, record=True),
        "recorded bf16": ours(half, data, record=True),
    }
    taken = times(loops, rounds, steps)
    shape = "×".join(map(str, plain.network.input_shape))
    print(f"| {shape} | {1000 * statistics.median(taken['textbook']):.1f} ms ", end="")
    pairs = (("recorded", "bare"), ("recorded", "textbook"), ("recorded bf16", "textbook"))
    print("".join(f"| {ratio(taken, *pair):.3f} " for pair in pairs) + "|", flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--steps", type=int, default=6)
    parser.add_argument("--device", type=DeviceChoice, default=DeviceChoice.AUTO)
    asked = parser.parse_args()
    trained_on = Trainer(
        Experiment(network=NetworkSpec(input_shape=(1, 8, 8)), dataset=DatasetSpec(), device=asked.device),
        load(DatasetSpec(), settings().datasets_path),
    ).device
    threads = f"{torch.get_num_threads()} threads of {os.cpu_count()} cores"
    print(f"{device_name(trained_on)}, {threads}, torch {torch.__version__}, ResNet-20, batch {BATCH}, {asked.rounds} rounds")
    print("| input | textbook step | recorded / bare | recorded / textbook | recorded bf16 / textbook |\n|---|---|---|---|---|")
    for name in (DatasetName.SHAPES, DatasetName.DIGITS):
        measure(name, asked.device, asked.rounds, asked.steps)


if __name__ == "__main__":
    main()

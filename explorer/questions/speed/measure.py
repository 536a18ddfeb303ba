"""FLOPs are not speed: time against multiply-adds, measured."""

import math
import time
from collections.abc import Callable, Sequence
from statistics import median

import torch
from torch.nn.functional import cross_entropy

from explorer.networks import ResidualNetwork, build
from explorer.questions.given import Given, Report
from explorer.questions.speed.result import Speed
from explorer.questions.speed.spec import LADDER, SpeedSpec
from explorer.specs import DeviceChoice, NetworkSpec, Outline
from explorer.training.device import device_name, resolve_device


def measure(spec: SpeedSpec, given: Given) -> tuple[Speed, ...]:
    """Return one Speed a network of the ladder."""
    device = resolve_device(DeviceChoice.AUTO)
    return speed(LADDER, device, device_name(device), batch=spec.batch, rounds=spec.rounds, report=given.report)


def speed(
    ladder: Sequence[NetworkSpec], device: torch.device, name: str, *, batch: int, rounds: int, report: Report
) -> tuple[Speed, ...]:
    """Return every network's seconds a picture on a device called `name`; rounds are interleaved, the first is not told.

    Pictures are random: only time is measured. Training is SGD, without recording.
    """
    networks = [build(spec).to(device).to(memory_format=torch.channels_last) for spec in ladder]
    taken: list[tuple[list[float], list[float]]] = [([], []) for _ in networks]
    for number in range(rounds + 1):
        for place, network in enumerate(networks):
            spec = network.outline.spec
            report((number * len(networks) + place) / ((rounds + 1) * len(networks)), f"{spec.title}, width {spec.width}")
            for kept, work in zip(taken[place], (_forward, _train), strict=True):
                seconds = _time(work, network, batch, device)
                if number:
                    kept.append(seconds / batch)
    return tuple(
        Speed(
            title=f"{network.outline.spec.title}, width {network.outline.spec.width}", macs=network.outline.macs,
            numbers=numbers_moved(network.outline), layers=len(list(network.outline.layers)),
            forward=median(forward), training=median(training), batch=batch, device=name,
        )
        for network, (forward, training) in zip(networks, taken, strict=True)
    )  # fmt: skip


def numbers_moved(form: Outline) -> int:
    """Return how many numbers the layers read and write for one picture; a sum reads two."""
    return sum(
        math.prod(layer.input_shape) * (2 if layer.kind == "sum" else 1) + math.prod(layer.output_shape) for layer in form.layers
    )


def _time(
    work: Callable[[ResidualNetwork, int, torch.device], None], network: ResidualNetwork, batch: int, device: torch.device
) -> float:
    _wait(device)
    start = time.perf_counter()
    work(network, batch, device)
    _wait(device)
    return time.perf_counter() - start


def _forward(network: ResidualNetwork, batch: int, device: torch.device) -> None:
    images = torch.ones(batch, *network.outline.spec.input_shape, device=device)
    with torch.inference_mode():
        network.eval()(images.contiguous(memory_format=torch.channels_last))


def _train(network: ResidualNetwork, batch: int, device: torch.device) -> None:
    images = torch.ones(batch, *network.outline.spec.input_shape, device=device)
    labels = torch.zeros(batch, dtype=torch.int64, device=device)
    optimiser = torch.optim.SGD(network.parameters(), lr=1e-6, fused=True)
    network.train().zero_grad()
    loss = cross_entropy(network(images.contiguous(memory_format=torch.channels_last)), labels)
    loss.backward()  # type: ignore[no-untyped-call]  # torch's own
    optimiser.step()


def _wait(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    elif device.type == "mps":
        torch.mps.synchronize()

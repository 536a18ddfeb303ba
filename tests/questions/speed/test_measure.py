"""Time against multiply-adds: what is counted, what is timed, what is concluded."""

import pytest
import torch

from explorer.networks import build
from explorer.questions.result import to_json
from explorer.questions.speed.figure import time_against_macs
from explorer.questions.speed.measure import numbers_moved, speed
from explorer.questions.speed.result import Speed, slow_because, slowest
from explorer.specs import NetworkSpec, Shortcut, outline


def one(title: str, macs: int, numbers: int, layers: int, forward: float) -> Speed:
    return Speed(
        title=title,
        macs=macs,
        numbers=numbers,
        layers=layers,
        forward=forward,
        training=3 * forward,
        batch=1,
        device="x",
    )


LADDER = [one("a", 100, 10, 5, 1.0), one("b", 1000, 100, 10, 10.0), one("c", 10, 4, 4, 0.4)]


def test_the_slowest_does_the_fewest_multiply_adds_a_second_and_the_nearest_count_explains_it() -> None:
    assert slowest(LADDER).title == "c"
    found = slow_because(LADDER)
    assert (found.slower, found.traffic, found.calls) == pytest.approx((4, 4, 8))
    assert found.nearest == "memory traffic"


def test_numbers_moved_are_those_that_modules_read_and_write() -> None:
    spec = NetworkSpec(depth=8, width=4, input_shape=(1, 8, 8), shortcut=Shortcut.B)
    network, counted = build(spec).eval(), 0

    def count(_module: object, inputs: tuple[torch.Tensor, ...], output: torch.Tensor) -> None:
        nonlocal counted
        counted += sum(tensor.numel() for tensor in inputs) + output.numel()

    for layer in outline(spec).layers:
        network.get_submodule(layer.name).register_forward_hook(count)
    network(torch.zeros(1, 1, 8, 8))
    assert numbers_moved(outline(spec)) == counted


def test_every_network_of_a_ladder_is_timed_forward_and_training() -> None:
    ladder = [NetworkSpec(depth=8, width=width, input_shape=(1, 8, 8)) for width in (4, 8)]
    seen: list[str] = []
    told = speed(
        ladder, torch.device("cpu"), "here", batch=4, rounds=2, report=lambda _share, words: seen.append(words)
    )
    assert [one.title for one in told] == ["residual-8, width 4", "residual-8, width 8"]
    assert [one.macs for one in told] == [outline(spec).macs for spec in ladder]
    assert all(one.training > one.forward > 0 for one in told)
    assert len(seen) == 2 * 3
    assert Speed.from_json(to_json(told)) == told


def test_the_figure_has_forward_and_training_on_log_axes_with_units() -> None:
    figure = time_against_macs(LADDER)
    marks = {trace.name: trace for trace in figure.data if trace.mode == "markers"}
    assert list(marks["forward"].y) == [1, 10, 0.4]
    assert list(marks["training step"].y) == pytest.approx([3, 30, 1.2])
    assert figure.layout.xaxis.type == figure.layout.yaxis.type == "log"
    assert figure.layout.yaxis.title.text == "seconds a picture"
    assert {note.text for note in figure.layout.annotations} == {"b", "c"}

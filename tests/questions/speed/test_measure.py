"""Time against multiply-adds: what is counted, what is timed."""

import torch

from explorer.networks import build
from explorer.questions.speed.measure import numbers_moved, speed
from explorer.questions.speed.result import Speed
from explorer.specs import NetworkSpec, Shortcut, outline


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
    told = speed(ladder, torch.device("cpu"), "here", batch=4, rounds=2, report=lambda _share, words, *_: seen.append(words))
    assert [one.title for one in told] == ["residual-8, width 4", "residual-8, width 8"]
    assert [one.macs for one in told] == [outline(spec).macs for spec in ladder]
    assert all(one.training > one.forward > 0 for one in told)
    assert len(seen) == 2 * 3
    assert Speed.decode(Speed.encode(told)) == told

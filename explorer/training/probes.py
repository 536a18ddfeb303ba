"""What is recorded on the way, along the depth of a network; and where a loss stopped being finite."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain

import torch
from torch import Tensor, nn
from torch.linalg import vector_norm

from explorer.networks import ResidualNetwork
from explorer.networks.taps import Taps
from explorer.runs.events import BLOCKWISE, LAYERWISE

SAMPLE = 16
"""Pictures of a batch whose responses and branches are looked at: an eighth of the cost, the same picture."""


class Probe:
    """Watches updates of one network: all that `Step` tells along the depth, as one tensor that stays on the device."""

    def __init__(self, network: ResidualNetwork) -> None:
        self.weights = layer_weights(network)
        self.layers = [network.get_submodule(layer.name) for layer in network.outline.responses]
        self.responses: list[Tensor] = []
        self.addends: list[tuple[Tensor, Tensor] | None] = []
        self.parts: list[list[Tensor]] = []
        self.before: list[Tensor] = []
        self.zero = self.weights[0].new_zeros(())

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch the responses of the forward pass inside; the pass must be given `receive`."""
        self.responses, self.addends, self.parts = [], [], []
        handles = [layer.register_forward_hook(self._respond) for layer in self.layers]
        try:
            yield
        finally:
            for handle in handles:
                handle.remove()

    def _respond(self, _layer: nn.Module, _inputs: object, output: Tensor) -> None:
        self.responses.append(_some(output))

    def receive(self, taps: Taps) -> None:
        """Take a block's taps: what it adds now, its gradient's two parts and their sum when the backward pass comes by."""
        parts = [self.zero] * 3
        for place, view in enumerate((taps.over_shortcut, taps.through_branch, taps.x)):
            if view is not None:
                view.register_hook(_norm_into(parts, place))  # type: ignore[no-untyped-call]  # torch's own
        self.parts.append(parts)
        self.addends.append(None if taps.carried is None else (_some(taps.branch), _some(taps.carried)))

    def keep_weights(self) -> None:
        """Remember the weights as they are before the optimiser changes them."""
        self.before = list(torch._foreach_add([weight.detach() for weight in self.weights], 0.0))  # one call copies all

    def answer(self) -> Tensor:
        """Return gradient norms, then `LAYERWISE`, then `BLOCKWISE`: 3 values a weighted layer and 5 a block."""
        now = [weight.detach() for weight in self.weights]
        changed = torch.stack(torch._foreach_norm(torch._foreach_sub(now, self.before)))
        updates = changed / torch.stack(torch._foreach_norm(self.before))
        added, cosines = self._added()
        split = torch.stack([part for parts in self.parts for part in parts]).view(-1, 3).T.flatten()
        layerwise = (gradient_norms(self.weights), together(_deviations, self.responses), updates)
        return torch.cat([*layerwise, split, added, cosines]).float()

    def _added(self) -> tuple[Tensor, Tensor]:
        """Return ‖F‖/‖shortcut‖ and the cosine between both, a value a block; NaN in plain ones."""
        pairs = [pair for pair in self.addends if pair]
        if not pairs:
            nothing = self.zero.new_full((len(self.addends),), float("nan"))
            return nothing, nothing
        branches, carried = zip(*pairs, strict=True)
        sizes = [together(_norms, tensors) for tensors in (branches, carried)]
        return sizes[0] / sizes[1], together(_dots, branches, carried) / (sizes[0] * sizes[1])


def _some(output: Tensor) -> Tensor:
    """Return the first pictures as a copy: a view would keep the whole batch in memory."""
    return output.detach()[:SAMPLE].clone()


def together(measure: Callable[..., Tensor], *columns: Sequence[Tensor]) -> Tensor:
    """Return a value for each place of equally long columns of tensors, computed in one go for those of one shape.

    `measure` takes stacks, K×…, and returns K values. On small networks the calls cost more than their work.
    """
    shapes: dict[torch.Size, list[int]] = {}
    for place, tensor in enumerate(columns[0]):
        shapes.setdefault(tensor.shape, []).append(place)
    found = [
        measure(*(torch.stack([column[place] for place in places]).float() for column in columns)) for places in shapes.values()
    ]
    # Put back in order without an index tensor: a CUDA graph could not copy one from the host.
    values = dict(zip(chain.from_iterable(shapes.values()), torch.cat(found).unbind(), strict=True))
    return torch.stack([values[place] for place in range(len(values))])


def _deviations(values: Tensor) -> Tensor:
    """Return standard deviations; a third of the time of `Tensor.std`."""
    square: Tensor = _norms(values).square() / values[0].numel()
    return (square - values.mean(dim=_inner(values)).square()).clamp(min=0).sqrt()


def _norms(values: Tensor) -> Tensor:
    norms: Tensor = vector_norm(values, dim=_inner(values))
    return norms


def _dots(one: Tensor, other: Tensor) -> Tensor:
    return (one * other).sum(dim=_inner(one))


def _inner(values: Tensor) -> tuple[int, ...]:
    return tuple(range(1, values.ndim))


def named(values: list[float], layers: int, blocks: int) -> dict[str, tuple[float, ...]]:
    """Return a probe's answer by the names of `Step`."""
    names = ("gradient_norms", *LAYERWISE, *BLOCKWISE)
    sizes = [layers] * (1 + len(LAYERWISE)) + [blocks] * len(BLOCKWISE)
    told, start = {}, 0
    for name, size in zip(names, sizes, strict=True):
        told[name] = tuple(values[start : start + size])
        start += size
    return told


def _norm_into(parts: list[Tensor], place: int) -> Callable[[Tensor], None]:
    def keep(gradient: Tensor) -> None:
        parts[place] = vector_norm(gradient, dtype=torch.float32)

    return keep


def layer_weights(network: ResidualNetwork) -> list[nn.Parameter]:
    """Return the weight of every weighted layer, first layer first."""
    return [network.get_submodule(layer.name).get_parameter("weight") for layer in network.outline.weighted_layers]


def gradient_norms(weights: list[nn.Parameter]) -> Tensor:
    """Return the Euclidean norm of every weight's gradient, one value a layer, still on the device."""
    gradients = [weight.grad for weight in weights if weight.grad is not None]
    return torch.stack(torch._foreach_norm(gradients))


def all_finite(network: nn.Module) -> bool:
    """Return whether every weight is a finite number."""
    greatest = torch._foreach_norm([weight.detach() for weight in network.parameters()], float("inf"))
    return bool(torch.stack(greatest).isfinite().all())


def first_unfinite_layer(network: ResidualNetwork, images: Tensor) -> str:
    """Return the name of the first layer, in forward order, whose output on these pictures is not finite.

    Where every output is finite the loss alone was not: then it is the classifier.
    """
    found: list[str] = []
    with torch.no_grad(), _watched(network, found):
        network(images)
    return found[0] if found else network.outline.weighted_layers[-1].name


@contextmanager
def _watched(network: ResidualNetwork, found: list[str]) -> Iterator[None]:
    def watch(name: str, output: Tensor) -> None:
        if not torch.isfinite(output).all():
            found.append(name)

    layers = [(layer.name, network.get_submodule(layer.name)) for layer in network.outline.layers]
    handles = [
        module.register_forward_hook(lambda _module, _inputs, output, name=name: watch(name, output)) for name, module in layers
    ]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()

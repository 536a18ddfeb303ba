"""One update of the weights, and the same as one CUDA graph."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from explorer.networks import ResidualNetwork
from explorer.specs import Optimiser, Recipe
from explorer.training.probes import Probe


class Update:
    """Forward, backward, optimiser: nothing in it waits for the device.

    A loss that is not finite changes no weight, then or later: the network stays as it was when it broke, so that
    one can look where.
    """

    def __init__(self, network: ResidualNetwork, optimiser: torch.optim.Optimizer, *, bf16: bool = False) -> None:
        device = next(network.parameters()).device
        self.network, self.optimiser, self.bf16 = network, optimiser, bf16
        self.device, self.probe = device, Probe(network)
        self.done = torch.zeros((), device=device)
        """Updates made; it stands still from the first loss that is not finite."""
        self.broken = torch.zeros((), device=device)
        """1 from the first loss that is not finite, 0 before."""
        optimiser.found_inf = self.broken  # type: ignore[attr-defined]  # fused optimisers then leave weights alone

    def __call__(self, images: Tensor, labels: Tensor, *, record: bool = True) -> Tensor | None:
        """Do one update; return (updates done, loss, accuracy, what a probe saw), on the device.

        Without `record` there is no answer, but where a processor's loss is not finite: the first three.
        """
        if not self.network.training:  # it walks all modules
            self.network.train()
        probe = self.probe if record else None
        with self.autocast(), probe.watching() if probe else nullcontext():
            logits = self.network(images, probe.receive if probe else None)
        loss = cross_entropy(logits.float(), labels)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]  # torch's own
        with torch.no_grad():
            self.broken.logical_or_(~torch.isfinite(loss))
            self.done += 1 - self.broken
            if probe:
                probe.keep_weights()
        self.optimiser.step()
        with torch.no_grad():
            if probe:
                return torch.cat([self._answer(loss, logits, labels), probe.answer()])
            # Reading a processor's flag is free; elsewhere it would wait for the device.
            broken = self.device.type == "cpu" and bool(self.broken)
            return self._answer(loss, logits, labels) if broken else None

    def autocast(self) -> AbstractContextManager[object]:
        """Return the context in which convolutions run."""
        return torch.autocast(self.device.type, torch.bfloat16) if self.bf16 else nullcontext()

    def _answer(self, loss: Tensor, logits: Tensor, labels: Tensor) -> Tensor:
        return torch.stack([self.done, loss, (logits.argmax(1) == labels).float().mean()])

    def state(self) -> list[Tensor]:
        """Return every tensor that an update changes, the optimiser's last."""
        return [*self.network.state_dict().values(), self.done, self.broken, *self.buffers()]

    def buffers(self) -> list[Tensor]:
        """Return the optimiser's tensors; there are none before the first update."""
        return [value for state in self.optimiser.state.values() for value in state.values() if isinstance(value, Tensor)]


class CapturedUpdate:
    """An update as one CUDA graph: these networks are bound by launches, and a graph is one launch.

    It answers always, since recording is part of the graph; the answer is overwritten by the next update.
    """

    WARM_UPS = 3
    """Updates before the capture, as torch asks for; they leave no trace."""

    def __init__(self, update: Update, images: Tensor, labels: Tensor) -> None:
        self.images, self.labels = images.clone(), labels.clone()
        for group in update.optimiser.param_groups:
            group["lr"] = torch.tensor(group["lr"], device=images.device)  # the graph reads it anew each time
        with leaving_no_trace(update), _side_stream():
            for _ in range(self.WARM_UPS):
                update(self.images, self.labels)
        for group in update.optimiser.param_groups:
            group["capturable"] = True  # only now: AdamW warns where it is set and nothing is captured
        self.graph = torch.cuda.CUDAGraph()
        # Other threads of a worker touch no device, and must not be able to break the capture.
        with torch.cuda.graph(self.graph, capture_error_mode="thread_local"):
            self.answer = update(self.images, self.labels)

    def __call__(self, images: Tensor, labels: Tensor, *, record: bool = True) -> Tensor | None:
        """Do one update on pictures and labels of the captured shapes; return what `Update` returns."""
        self.images.copy_(images)
        self.labels.copy_(labels)
        self.graph.replay()
        return self.answer if record else None


def captured(update: Update, images: Tensor, labels: Tensor) -> Update | CapturedUpdate:
    """Return an update as a CUDA graph, or as it is where this device or driver refuses to capture it."""
    try:
        return CapturedUpdate(update, images, labels)
    except torch.OutOfMemoryError:
        raise
    except RuntimeError:  # slower, and else the same
        return update


@contextmanager
def leaving_no_trace(update: Update) -> Iterator[None]:
    """Put back, in place, every tensor that updates inside this context change.

    Optimiser buffers that did not exist before are set to zero, which is how an optimiser starts.
    """
    before = [tensor.clone() for tensor in update.state()]
    try:
        yield
    finally:
        with torch.no_grad():
            after = update.state()
            for tensor, kept in zip(after, before, strict=False):
                tensor.copy_(kept)
            for made in after[len(before) :]:
                made.zero_()


@contextmanager
def _side_stream() -> Iterator[None]:
    stream = torch.cuda.Stream()  # type: ignore[no-untyped-call]  # torch's own
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        yield
    torch.cuda.current_stream().wait_stream(stream)


def make_optimiser(network: ResidualNetwork, recipe: Recipe) -> torch.optim.Optimizer:
    """Return the fused optimiser of a recipe; weight decay holds for every parameter, as in the papers."""
    shared: dict[str, Any] = {"lr": recipe.learning_rate, "weight_decay": recipe.weight_decay, "fused": True}
    if recipe.optimiser is Optimiser.ADAMW:
        return torch.optim.AdamW(network.parameters(), betas=(recipe.momentum, 0.999), **shared)
    return torch.optim.SGD(network.parameters(), momentum=recipe.momentum, nesterov=recipe.nesterov, **shared)


def set_rate(optimiser: torch.optim.Optimizer, rate: float) -> None:
    """Set the learning rate; one that lives on the device is filled where it is."""
    for group in optimiser.param_groups:
        if isinstance(group["lr"], Tensor):
            group["lr"].fill_(rate)
        else:
            group["lr"] = rate

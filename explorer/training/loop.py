"""The generator that trains."""

import math
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from explorer.datasets import Dataset
from explorer.networks import ResidualNetwork, build
from explorer.results import Checkpoint, Diverged, Evaluation, Event, Failed, Finished, Started, Step
from explorer.specs import Experiment, Optimiser, Recipe
from explorer.training.batches import Batches
from explorer.training.checkpoints import checkpoint, restore
from explorer.training.device import DeviceError, device_name, resolve_device, use_bf16
from explorer.training.probes import first_unfinite_layer, gradient_norms, layer_weights
from explorer.training.schedule import learning_rate

EVALUATED = 10_000
"""At most so many training pictures, the first ones, are evaluated; every test picture is."""
CHUNK = 500
"""Pictures evaluated at once."""


def train(experiment: Experiment, data: Dataset, *, resume: Checkpoint | None = None) -> Iterator[Event]:
    """Yield what happens while a network learns: see `explorer.results.events`.

    The first event is Started, the last is Finished, Diverged or Failed. With `resume` training goes on after that
    checkpoint exactly as if it had never stopped. The same experiment yields the same numbers on the same machine.
    """
    step = resume.step if resume else 0
    try:
        trainer = Trainer(experiment, data)
        if resume:
            restore(resume, trainer.network, trainer.optimiser)
        yield trainer.started(step)
        for event in trainer.events(step):
            step = event.step
            yield event
    except DeviceError as error:
        yield Failed(step, str(error))
    except torch.OutOfMemoryError:
        yield Failed(step, out_of_memory(experiment))


def out_of_memory(experiment: Experiment) -> str:
    """Return the sentence for a device whose memory was too small."""
    network, recipe = experiment.network, experiment.recipe
    return f"The device ran out of memory: lower batch ({recipe.batch}), width ({network.width}) or depth ({network.depth})."


class Trainer:
    """A network, its pictures and its optimiser on one device."""

    def __init__(self, experiment: Experiment, data: Dataset) -> None:
        self.recipe = experiment.recipe
        self.device = resolve_device(experiment.device)
        self.bf16 = use_bf16(self.recipe.precision, self.device, experiment.network)
        network = build(experiment.network, self.recipe.seed).to(self.device)
        self.network: ResidualNetwork = network.to(memory_format=torch.channels_last)
        self.weights = layer_weights(self.network)
        self.optimiser = make_optimiser(self.network, self.recipe, self.device)
        self.data = data
        self.batches = Batches(data, self.recipe, self.device)
        self.seconds = 0.0

    def started(self, step: int) -> Started:
        """Return the first event."""
        return Started(
            step=step,
            steps=self.recipe.steps,
            device=self.device.type,
            device_name=device_name(self.device),
            precision="bf16" if self.bf16 else "fp32",
            layers=tuple(layer.name for layer in self.network.outline.weighted_layers),
        )

    def events(self, start: int) -> Iterator[Event]:
        """Yield every event after Started; `start` is the last step already done."""
        recipe = self.recipe
        if start == 0:
            yield self.evaluation(0)
            yield checkpoint(0, self.network, self.optimiser)
        last = None
        clock, logged = time.perf_counter(), start
        for step in range(start + 1, recipe.steps + 1):
            final = step == recipe.steps
            log = step % recipe.log_every == 0 or final or step == 1
            record = self.step(step, log=log)
            if record is not None:
                now = time.perf_counter()
                took, clock = now - clock, now
                self.seconds += took
                loss, accuracy, *norms = record.tolist()
                if not math.isfinite(loss):
                    yield self.diverged(step)
                    return
                rate = learning_rate(recipe, step)
                yield Step(step, loss, accuracy, rate, took / (step - logged), tuple(norms))
                clock, logged = time.perf_counter(), step
            if step % recipe.evaluate_every == 0 or final:
                last = self.evaluation(step)
                yield last
            if step % recipe.checkpoint_every == 0 or final:
                yield checkpoint(step, self.network, self.optimiser)
        last = last or self.evaluation(recipe.steps)
        yield Finished(recipe.steps, last.train_error, last.test_error, self.seconds)

    def step(self, step: int, *, log: bool) -> Tensor | None:
        """Do one update; return loss, accuracy and gradient norms as one host tensor if they are wanted.

        A processor's loss is looked at in every step; on other devices that would wait for the device, so there a
        loss that is not finite is seen at the next logged step.
        """
        images, labels = self.batches[step]
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate(self.recipe, step)
        self.network.train()
        with self.autocast():
            logits = self.network(images)
        loss = cross_entropy(logits.float(), labels)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]  # torch's own
        record = None
        if log or (self.device.type == "cpu" and not torch.isfinite(loss)):
            accuracy = (logits.argmax(1) == labels).float().mean()
            head = torch.stack([loss.detach(), accuracy])
            record = torch.cat([head, gradient_norms(self.weights).float()]).cpu()
        self.optimiser.step()
        return record

    def autocast(self) -> AbstractContextManager[object]:
        """Return the context in which convolutions run."""
        return torch.autocast(self.device.type, torch.bfloat16) if self.bf16 else nullcontext()

    def diverged(self, step: int) -> Diverged:
        """Return where the loss of a step stopped being finite."""
        images, _ = self.batches[step]
        with self.autocast():
            return Diverged(step, first_unfinite_layer(self.network, images))

    def evaluation(self, step: int) -> Evaluation:
        """Return loss and error on training and test pictures, in evaluation mode."""
        data = self.data
        train_loss, train_error = self._measure(data.train_images[:EVALUATED], data.train_labels[:EVALUATED])
        test_loss, test_error = self._measure(data.test_images, data.test_labels)
        return Evaluation(step, train_loss, train_error, test_loss, test_error)

    def _measure(self, images: Tensor, labels: Tensor) -> tuple[float, float]:
        self.network.eval()
        totals = torch.zeros(2, device=self.device)
        with torch.no_grad():
            for part, truth in zip(torch.split(images, CHUNK), torch.split(labels, CHUNK), strict=True):
                batch = self.data.normalise(part.to(self.device)).contiguous(memory_format=torch.channels_last)
                truth = truth.to(self.device)
                with self.autocast():
                    logits = self.network(batch)
                loss = cross_entropy(logits.float(), truth, reduction="sum")
                totals += torch.stack([loss, (logits.argmax(1) != truth).float().sum()])
        loss, error = (totals / len(labels)).tolist()
        return loss, error


def make_optimiser(network: ResidualNetwork, recipe: Recipe, device: torch.device) -> torch.optim.Optimizer:
    """Return the fused optimiser of a recipe; weight decay holds for every parameter, as in the papers."""
    fused = device.type in {"cpu", "cuda"}
    if recipe.optimiser is Optimiser.ADAMW:
        return torch.optim.AdamW(
            network.parameters(), lr=recipe.learning_rate, betas=(recipe.momentum, 0.999),
            weight_decay=recipe.weight_decay, fused=fused,
        )  # fmt: skip
    return torch.optim.SGD(
        network.parameters(), lr=recipe.learning_rate, momentum=recipe.momentum, nesterov=recipe.nesterov,
        weight_decay=recipe.weight_decay, fused=fused,
    )  # fmt: skip

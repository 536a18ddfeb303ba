"""The generator that trains."""

import time
from collections.abc import Iterator

import torch
from torch import Tensor

from explorer.datasets import Dataset
from explorer.networks import ResidualNetwork, build
from explorer.runs.events import Checkpoint, Diverged, Evaluation, Event, Failed, Finished, Started, Step
from explorer.specs import Experiment
from explorer.training.batches import Batches
from explorer.training.checkpoints import checkpoint, restore
from explorer.training.device import DeviceError, device_name, plain_fp32, resolve_device, use_bf16
from explorer.training.evaluation import loss_and_error, pictures
from explorer.training.probes import all_finite, first_unfinite_layer, named
from explorer.training.schedule import learning_rate
from explorer.training.update import CapturedUpdate, Update, captured, make_optimiser, set_rate

WORTH_CAPTURING = 50
"""Steps from which a run on CUDA is worth a graph: capturing costs about as much as a few steps."""
_NO_MEMORY = ("can't allocate memory", "not enough memory", "out of memory")
"""How the allocators of processor (Linux, Windows) and MPS say it; CUDA has an exception of its own."""


def train(experiment: Experiment, data: Dataset, *, resume: Checkpoint | None = None) -> Iterator[Event]:
    """Yield what happens while a network learns: see `explorer.runs.events`.

    The first event is Started, the last is Finished, Diverged or Failed. With `resume` training goes on after that
    checkpoint as if it had never stopped: bit for bit on a processor, where the same experiment gives the same
    numbers; a GPU may add in another order.
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
    except (MemoryError, RuntimeError) as error:
        if not lacks_memory(error):
            raise
        yield Failed(step, out_of_memory(experiment))


def lacks_memory(error: Exception) -> bool:
    """Return whether an error says that memory was too small."""
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    return any(words in str(error) for words in _NO_MEMORY)


def out_of_memory(experiment: Experiment) -> str:
    """Return the sentence for a device whose memory was too small."""
    network, recipe = experiment.network, experiment.recipe
    return f"The device ran out of memory: lower batch ({recipe.batch}), width ({network.width}) or depth ({network.depth})."


class Trainer:
    """A network, its pictures and its optimiser on one device."""

    def __init__(self, experiment: Experiment, data: Dataset) -> None:
        self.recipe = experiment.recipe
        self.device = resolve_device(experiment.device)
        plain_fp32(self.device)
        self.bf16 = use_bf16(self.recipe.precision, self.device, experiment.network)
        network = build(experiment.network, self.recipe.seed).to(self.device)
        self.network: ResidualNetwork = network.to(memory_format=torch.channels_last)
        self.optimiser = make_optimiser(self.network, self.recipe)
        self.plain = Update(self.network, self.optimiser, bf16=self.bf16)
        self.update: Update | CapturedUpdate = self.plain
        self.data, self.batches = data, Batches(data, self.recipe, self.device)
        self.measured: Evaluation | None = None

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
        if start == 0:
            yield from self.kept(0)
        if self.device.type == "cuda" and self.recipe.steps - start >= WORTH_CAPTURING:
            self.update = captured(self.plain, *self.batches[start + 1])
        watch = _Stopwatch(start)
        for step in range(start + 1, self.recipe.steps + 1):
            with watch:
                record = self.step(step, log=self.logs(step) or self.measures(step) or self.saves(step))
            if record is not None:
                done, loss, accuracy, *profile = record.tolist()
                if done < step - start:
                    yield self.diverged(start + int(done) + 1)
                    return
                if self.logs(step):
                    rate = learning_rate(self.recipe, step)
                    told = named(profile, len(self.network.outline.weighted_layers), len(self.network.blocks))
                    yield Step(step, loss, accuracy, rate, watch.lap(step), **told)
            yield from self.kept(step)
        yield self.end(watch.total)

    def step(self, step: int, *, log: bool = True) -> Tensor | None:
        """Do one update; return (updates done, loss, accuracy, what a probe saw) in one copy to the host.

        Without `log` there is no answer, but where a processor's loss is not finite; on other devices that is seen
        at the next logged step, and nothing is lost by it: see `Update`.
        """
        images, labels = self.batches[step]
        set_rate(self.optimiser, learning_rate(self.recipe, step))
        record = self.update(images, labels, record=log)
        return None if record is None else record.cpu()

    def logs(self, step: int) -> bool:
        """Return whether a step is recorded: the first, the last and every `log_every`-th are."""
        return step == 1 or self._due(step, self.recipe.log_every)

    def measures(self, step: int) -> bool:
        """Return whether both sets are evaluated after a step."""
        return self._due(step, self.recipe.evaluate_every)

    def saves(self, step: int) -> bool:
        """Return whether there is a checkpoint after a step."""
        return self._due(step, self.recipe.checkpoint_every)

    def _due(self, step: int, every: int) -> bool:
        return step % every == 0 or step == self.recipe.steps

    def kept(self, step: int) -> Iterator[Evaluation | Checkpoint]:
        """Yield the evaluation and the checkpoint that are due after a step."""
        if self.measures(step):
            yield self.evaluation(step)
        if self.saves(step):
            yield checkpoint(step, self.network, self.optimiser)

    def evaluation(self, step: int) -> Evaluation:
        """Return loss and error on training and test pictures; how many: `explorer.training.evaluation`."""
        final = step == self.recipe.steps
        train = self._measured(self.batches.images, self.batches.labels, final=final)
        test = self._measured(self.data.test_images, self.data.test_labels, final=final)
        self.measured = Evaluation(step, *train, *test)
        return self.measured

    def _measured(self, images: Tensor, labels: Tensor, *, final: bool) -> tuple[float, float]:
        some = slice(pictures(images, self.device, final=final))
        return loss_and_error(self.network, self.batches, images[some], labels[some], self.plain.autocast())

    def diverged(self, step: int) -> Diverged:
        """Return where the loss of a step stopped being finite; the weights are those of that step."""
        images, _ = self.batches[step]
        with self.plain.autocast():
            return Diverged(step, first_unfinite_layer(self.network, images))

    def end(self, seconds: float) -> Finished | Diverged:
        """Return how the last step left the network: its gradient may have been infinite though its loss was not."""
        last = self.recipe.steps
        if not all_finite(self.network):
            return self.diverged(last)
        measured = self.measured if self.measured and self.measured.step == last else self.evaluation(last)
        return Finished(last, measured.train_error, measured.test_error, seconds)


class _Stopwatch:
    """Adds up the time inside `with`; what happens between, evaluations and the reader's own work, is not counted."""

    def __init__(self, start: int) -> None:
        self.total, self._lap, self._step = 0.0, 0.0, start
        self._began = 0.0

    def __enter__(self) -> None:
        self._began = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        self._lap += time.perf_counter() - self._began

    def lap(self, step: int) -> float:
        """Return the seconds a step since the last lap, and begin a new one."""
        mean = self._lap / (step - self._step)
        self.total, self._lap, self._step = self.total + self._lap, 0.0, step
        return mean

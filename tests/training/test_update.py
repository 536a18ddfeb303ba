"""One update, what stops it, and the same update as a CUDA graph."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from explorer.datasets import Dataset
from explorer.runs.events import Diverged, Failed, Step
from explorer.training import loop, train
from explorer.training.evaluation import GLANCE, MOST, pictures
from explorer.training.loop import Trainer
from explorer.training.update import Update, captured, leaving_no_trace, set_rate
from tests.training.test_train import digits, experiment

__all__ = ["digits"]
WILD = {"steps": 50, "warmup": 0, "learning_rate": 10, "network": {"normalisation": "none", "depth": 20}}


@pytest.mark.parametrize("log_every", [1, 50])
def test_divergence_is_told_at_its_own_step_however_seldom_is_logged(digits: Dataset, log_every: int) -> None:
    every_step = list(train(experiment(**WILD, log_every=1), digits))[-1]
    last = list(train(experiment(**WILD, log_every=log_every), digits))[-1]
    assert isinstance(last, Diverged)
    assert last == every_step


@pytest.mark.parametrize("optimiser", ["sgd", "adamw"])
def test_a_loss_that_is_not_finite_changes_no_weight(digits: Dataset, optimiser: str) -> None:
    trainer = Trainer(experiment(optimiser=optimiser), digits)
    images, labels = trainer.batches[1]
    trainer.update(images, labels)
    before = {name: value.clone() for name, value in trainer.network.named_parameters()}
    answer = trainer.update(images * float("nan"), labels)
    assert answer is not None
    assert answer[0] == 1, "one update is done, the broken one is not"
    trainer.update(images, labels)
    assert all(torch.equal(before[name], value) for name, value in trainer.network.named_parameters())


@pytest.mark.parametrize(
    "error", [MemoryError(), torch.OutOfMemoryError("CUDA out of memory"), RuntimeError("DefaultCPUAllocator: not enough memory")]
)
def test_out_of_memory_ends_a_run_with_what_to_lower(digits: Dataset, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    real = Update.__call__

    def fails_at_the_third(self: Update, images: Tensor, labels: Tensor, *, record: bool = True) -> Tensor | None:
        if self.done == 2:
            raise error
        return real(self, images, labels, record=record)

    monkeypatch.setattr(loop.Update, "__call__", fails_at_the_third)
    *told, last = train(experiment(), digits)
    assert [event.step for event in told if isinstance(event, Step)] == [1, 2]
    assert isinstance(last, Failed)
    assert "batch" in last.reason
    assert "width" in last.reason


def test_another_error_is_not_taken_for_too_little_memory(digits: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> Tensor:
        raise RuntimeError("something else")

    monkeypatch.setattr(loop.Update, "__call__", broken)
    with pytest.raises(RuntimeError, match="something else"):
        list(train(experiment(), digits))


@pytest.mark.parametrize("optimiser", ["sgd", "adamw"])
def test_warming_up_leaves_no_trace(digits: Dataset, optimiser: str) -> None:
    def losses(prepare: Callable[[Trainer], None]) -> list[float]:
        trainer = Trainer(experiment(optimiser=optimiser), digits)
        prepare(trainer)
        answers = [trainer.step(step) for step in range(1, 5)]
        return [float(answer[1]) for answer in answers if answer is not None]

    def warm(trainer: Trainer) -> None:
        set_rate(trainer.optimiser, 0.5)
        with leaving_no_trace(trainer.plain):
            for _ in range(3):
                trainer.plain(*trainer.batches[9])

    assert losses(warm) == losses(lambda _: None)


def test_where_a_graph_cannot_be_captured_the_update_itself_is_used(digits: Dataset) -> None:
    if torch.cuda.is_available():
        pytest.skip("this machine captures graphs")
    trainer = Trainer(experiment(), digits)
    assert captured(trainer.plain, *trainer.batches[1]) is trainer.plain


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
@pytest.mark.parametrize("optimiser", ["sgd", "adamw"])
def test_a_cuda_graph_trains_as_the_plain_update_does(digits: Dataset, optimiser: str) -> None:
    chosen = experiment(optimiser=optimiser, learning_rate=0.01).model_copy(update={"device": "cuda"})
    answers = []
    for graph in (False, True):
        trainer = Trainer(chosen, digits)
        if graph:
            trainer.update = captured(trainer.plain, *trainer.batches[1])
            assert trainer.update is not trainer.plain
        found = [trainer.step(step) for step in range(1, 11)]
        answers.append(torch.stack([one for one in found if one is not None]))
    torch.testing.assert_close(answers[1], answers[0], rtol=1e-3, atol=1e-4)


def test_a_processor_measures_fewer_pictures_before_the_last_step() -> None:
    cifar, small = torch.empty(20_000, 3, 32, 32, device="meta"), torch.empty(300, 1, 8, 8, device="meta")
    processor, graphics = torch.device("cpu"), torch.device("cuda")
    assert pictures(cifar, processor, final=False) == GLANCE // 1024
    assert pictures(cifar, processor, final=True) == pictures(cifar, graphics, final=False) == MOST
    assert pictures(small, processor, final=False) == 300

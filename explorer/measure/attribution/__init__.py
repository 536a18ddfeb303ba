"""What a network looks at in a picture: captum on a private copy in evaluation mode."""

import copy
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from explorer.measure.attribution.methods import METHODS, Answer, Question, passes
from explorer.results.attribution import AttributionResult
from explorer.specs.attribution import Method

__all__ = ["attribute"]

Report = Callable[[float, str], None]
"""Called with a share from 0 to 1 and what is going on; raises to cancel."""


def attribute(
    network: nn.Module,
    images: Tensor,
    targets: Tensor | None,
    methods: Sequence[Method],
    block: str,
    *,
    shown: npt.NDArray[np.uint8],
    labels: npt.NDArray[np.int64] | None = None,
    report: Report | None = None,
) -> AttributionResult:
    """Return signed maps of what speaks for a class in each picture, one map a method.

    `images` is N×C×H×W, float32, normalised, on the device to compute on; `targets` is N class numbers, or
    None for the network's own answers; `block` is a block's name in the outline, whose output Grad-CAM
    reads; `shown` is N×H×W×C, the same pictures for the eye. The network and the pictures stay as they are:
    everything happens on a copy in evaluation mode, so batch-norm statistics do not move and no hook stays.
    """
    private = copy.deepcopy(network).to(images.device).eval()
    with torch.no_grad():
        logits = private(images)
        baseline = private(torch.zeros_like(images[:1]))[0]
    chosen = logits.argmax(1) if targets is None else targets.to(images.device)
    counted = _Counted(private, sum(passes(method, len(images), images.shape[-1]) for method in methods), report)
    question = Question(counted, private.get_submodule(block), images.detach(), chosen)
    answers = {method: counted.ask(method, question) for method in methods}
    delta = next((answer.deltas for answer in answers.values() if answer.deltas is not None), None)
    return AttributionResult(
        block=block,
        images=shown,
        labels=np.full(len(images), -1) if labels is None else labels,
        targets=chosen.cpu().numpy(),
        logits=_numpy(logits),
        baseline_logits=_numpy(baseline),
        maps={method: _numpy(answer.map) for method, answer in answers.items()},
        deltas=None if delta is None else _numpy(delta),
    )


class _Counted:
    """Calls the network and tells how far along it is, so that cancelling works in the middle of a method."""

    def __init__(self, network: nn.Module, total: int, report: Report | None) -> None:
        self._network, self._total, self._report = network, total, report
        self._done, self._message = 0, ""

    def __call__(self, images: Tensor) -> Tensor:
        if self._report:
            self._report(min(1.0, self._done / self._total), self._message)
        self._done += 1
        logits: Tensor = self._network(images)
        return logits

    def ask(self, method: Method, question: Question) -> Answer:
        self._message = str(method)
        return METHODS[method](question)


def _numpy(values: Tensor) -> npt.NDArray[np.float32]:
    return values.detach().float().cpu().numpy()

"""What a network looks at in a picture: captum on a private copy in evaluation mode."""

import copy
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from explorer.networks import ResidualNetwork
from explorer.questions.attribution.given import Pictures, each
from explorer.questions.attribution.methods.methods import METHODS, passes
from explorer.questions.attribution.methods.perturbations import superpixels
from explorer.questions.attribution.methods.posed import Explanation, Posed, inner_batch
from explorer.questions.attribution.methods.result import AttributionResult
from explorer.questions.attribution.methods.spec import AttributionSpec, Method, MethodSettings, chosen_block
from explorer.questions.given import Given, Report, silent


def measure(spec: AttributionSpec, given: Given) -> tuple[AttributionResult, ...]:
    """Return one AttributionResult a network, in the order of the spec."""

    def explain(network: ResidualNetwork, pictures: Pictures, report: Report) -> AttributionResult:
        return attribute(
            network, pictures.images, pictures.targets, spec.methods, chosen_block(network.outline, spec.block).name,
            shown=pictures.shown, labels=pictures.labels, settings=spec.settings, baselines=pictures.baselines,
            references=pictures.references, report=report,
        )  # fmt: skip

    return each(spec, given, explain)


def attribute(
    network: nn.Module, images: Tensor, targets: Tensor | None, methods: Sequence[Method], block: str, *,
    shown: npt.NDArray[np.uint8], labels: npt.NDArray[np.int64] | None = None, settings: MethodSettings | None = None,
    baselines: Tensor | None = None, references: Tensor | None = None, report: Report = silent,
) -> AttributionResult:  # fmt: skip
    """Return signed maps of what speaks for a class in each picture, one map a method.

    `images` is N×C×H×W, float32, normalised, on the device to compute on; `targets` is N class numbers, or
    None for the network's own answers; `block` is a block's name in the outline, whose output the methods of a
    block read; `shown` is N×H×W×C, the same pictures for the eye, which superpixels follow; `baselines` is
    N×C×H×W, zeros unless given; `references` is R×C×H×W for gradient SHAP, each picture's baseline unless given. The network
    and the pictures stay as they are: everything happens on a copy in evaluation mode, so batch-norm statistics do
    not move and no hook stays.
    """
    posed = pose(
        network, images, targets, block, shown=shown, settings=settings, baselines=baselines, references=references,
        report=report,
    )  # fmt: skip
    counted = posed.forward
    assert isinstance(counted, _Counted)
    with torch.no_grad():
        logits, without = (counted.network(pictures) for pictures in (posed.images, posed.baselines))
    counted.expect(sum(passes(method, posed) for method in methods))
    found = {method: counted.explain(method, posed) for method in methods}
    return AttributionResult(
        block=block,
        images=shown,
        labels=np.full(len(images), -1) if labels is None else labels,
        targets=posed.targets.cpu().numpy(),
        logits=_numpy(logits),
        baseline_logits=_numpy(without),
        maps={method: _numpy(one.map) for method, one in found.items()},
        deltas={method: _numpy(one.deltas) for method, one in found.items() if one.deltas is not None},
        given=_given(posed, methods),
    )


def _given(posed: Posed, methods: Sequence[Method]) -> dict[str, npt.NDArray[Any]]:
    """What these methods read, as arrays."""
    read = {name for method in methods for name in method.settings_read}
    found = {"inputs": _numpy(posed.images)}
    if "baseline" in read:
        found["baselines"] = _numpy(posed.baselines)
    if Method.GRADIENT_SHAP in methods:
        found["references"] = _numpy(posed.baselines if posed.references is None else posed.references)
    if "segments" in read:
        return {**found, "segments": posed.segments[:, 0].cpu().numpy()}
    return found


def pose(
    network: nn.Module, images: Tensor, targets: Tensor | None, block: str, *,
    shown: npt.NDArray[np.uint8], settings: MethodSettings | None = None,
    baselines: Tensor | None = None, references: Tensor | None = None, report: Report = silent,
) -> Posed:  # fmt: skip
    """Return what every method is posed, on a private copy in evaluation mode; arguments as of `attribute`."""
    counted = _Counted(copy.deepcopy(network).to(images.device).eval(), report)
    if targets is None:
        with torch.no_grad():
            targets = counted.network(images).argmax(1)
    settings = MethodSettings() if settings is None else settings
    return Posed(
        forward=counted,
        block=counted.network.get_submodule(block),
        images=images.detach(),
        targets=targets.to(images.device),
        baselines=torch.zeros_like(images) if baselines is None else baselines,
        references=references,
        segments=_segments(shown, settings.segments, images.device),
        settings=settings,
        batch=inner_batch(network),
    )


def _segments(shown: npt.NDArray[np.uint8], count: int, device: torch.device) -> Tensor:
    return torch.from_numpy(np.stack([superpixels(picture, count) for picture in shown]))[:, None].to(device)


class _Counted(nn.Module):
    """Calls the network and tells how far along it is, so that cancelling works in the middle of a method.

    It is a module, so that DeepLift and the guided methods find every relu of the network in it.
    """

    def __init__(self, network: nn.Module, report: Report) -> None:
        super().__init__()
        self.network = network
        self._total, self._report = 1, report
        self._done, self._message = 0, ""

    def forward(self, images: Tensor) -> Tensor:
        self._report(min(1.0, self._done / self._total), self._message)
        self._done += 1
        logits: Tensor = self.network(images)
        return logits

    def expect(self, total: int) -> None:
        self._total = max(1, total)

    def explain(self, method: Method, posed: Posed) -> Explanation:
        self._message = str(method)
        return METHODS[method](posed)


def _numpy(values: Tensor) -> npt.NDArray[np.float32]:
    return values.detach().float().cpu().numpy()

"""What stands on the walls of the attribution studio: the groups of maps, their units, and each network's answers."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from explorer.drawing.palette import LETTERS
from explorer.drawing.theme import letter
from explorer.drawing.wall import Column, Group, limit, signed
from explorer.questions.attribution.methods.result import AttributionResult
from explorer.questions.attribution.methods.spec import Method

LONGEST = 16
"""Letters of a class's name that there is room for beside a picture."""
TITLES = {
    Method.SALIENCY: "Saliency",
    Method.INPUT_X_GRADIENT: "Input ×<br>gradient",
    Method.INTEGRATED_GRADIENTS: "Integrated<br>gradients",
    Method.SMOOTHGRAD: "SmoothGrad",
    Method.GRADIENT_SHAP: "Gradient<br>SHAP",
    Method.DEEPLIFT: "DeepLift",
    Method.GUIDED_BACKPROPAGATION: "Guided<br>backpropagation",
    Method.GRAD_CAM: "Grad-CAM<br>after block",
    Method.GUIDED_GRAD_CAM: "Guided Grad-CAM<br>after block",
    Method.CONDUCTANCE: "Conductance<br>of block",
    Method.OCCLUSION: "Occlusion",
    Method.FEATURE_ABLATION: "Feature<br>ablation",
    Method.KERNEL_SHAP: "KernelSHAP",
}
UNITS = dict.fromkeys(Method, "logit") | {
    Method.SALIENCY: "logit per unit of brightness",
    Method.SMOOTHGRAD: "logit per unit of brightness",
    Method.GUIDED_BACKPROPAGATION: "logit per unit of brightness",
    Method.GRAD_CAM: "activation × gradient",
    Method.GUIDED_GRAD_CAM: "product of both",
    Method.FEATURE_ABLATION: "logit a superpixel",
    Method.KERNEL_SHAP: "logit a superpixel",
}


def method_groups(results: Sequence[AttributionResult], methods: Sequence[Method] = (), scheme: str = "light") -> list[Group]:
    """Return a group a method, in it the networks side by side, network A first.

    `methods` are those that were asked for, those of the results unless given; one that is not answered yet has its
    place.
    """
    return [_group(results, method, scheme) for method in methods or results[0].maps]


def _group(results: Sequence[AttributionResult], method: Method, scheme: str) -> Group:
    if method not in results[0].maps:
        nothing = np.full(results[0].images.shape[:3], np.nan, np.float32)
        waiting = tuple(Column("…", nothing) for _ in results)
        return Group(TITLES[method], UNITS[method], waiting, pending=True)
    columns = (
        Column(_head(result, method, index, scheme), result.maps[method], _deltas(result, method, index))
        for index, result in enumerate(results)
    )
    return Group(TITLES[method], UNITS[method], tuple(columns))


def variant_groups(
    method: Method, parts: Sequence[Sequence[AttributionResult]], heads: Sequence[str], networks: int, scheme: str = "light"
) -> list[Group]:
    """Return a group a network, in it one method's maps by one variant after another, such as classes; all share one scale.

    `parts` are for each variant the networks' results, none while there are none, and `heads` its name.
    """
    there = [one.maps[method] for part in parts for one in part]
    nothing = np.full_like(there[0], np.nan)
    return [
        Group(
            f"{letter(index, scheme)} {title(method)}",
            UNITS[method],
            tuple(
                Column(head if part else "…", part[index].maps[method] if part else nothing)
                for head, part in zip(heads, parts, strict=True)
            ),
            most=limit(there),
        )
        for index in range(networks)
    ]


def title(method: Method) -> str:
    """Return a method's title on one line."""
    return TITLES[method].replace("<br>", " ")


def name(method: Method) -> str:
    """Return a method's title without the block that it reads."""
    return title(method).replace(" after block", "")


def _head(result: AttributionResult, method: Method, index: int, scheme: str) -> str:
    return f"{letter(index, scheme)} {short(result.block)}" if method.reads_block else letter(index, scheme)


def short(block: str) -> str:
    """Return stage3.block9 as 3.9: the stage and its block."""
    return block.replace("stage", "").replace("block", "")


def _deltas(result: AttributionResult, method: Method, index: int) -> tuple[tuple[str, str], ...]:
    """Under each map of a method that must add up, by how much its sum misses what it should add up to."""
    if method not in result.deltas:
        return ()
    pairs = zip(result.deltas[method], result.explained, strict=True)
    return tuple(
        (f"Δ {signed(delta)}", f"{LETTERS[index]}: the map adds up to {whole + delta:.4g}, the logit rises by {whole:.4g}")
        for delta, whole in pairs
    )  # fmt: skip


class Answered(Protocol):
    """What the lines beside a picture are made of: any result about pictures."""

    @property
    def labels(self) -> npt.NDArray[np.int64]:
        """N, -1 where nobody knows."""

    @property
    def targets(self) -> npt.NDArray[np.int64]:
        """N, the class that is explained."""

    @property
    def predictions(self) -> npt.NDArray[np.int64]:
        """N, the class of the largest logit."""

    @property
    def probabilities(self) -> npt.NDArray[np.float32]:
        """N×classes."""


def answers(results: Sequence[Answered], classes: Sequence[str], scheme: str = "light") -> list[str]:
    """Return for each picture what it is, and what each network takes it for."""
    return [_answer(results, row, classes, scheme) for row in range(len(results[0].labels))]


def _answer(results: Sequence[Answered], row: int, classes: Sequence[str], scheme: str) -> str:
    label = int(results[0].labels[row])
    lines = [f"true: {_clipped(classes[label])}" if label >= 0 else "true class unknown"]
    targets = {int(result.targets[row]) for result in results}
    if any(int(result.predictions[row]) not in targets for result in results):
        lines[0] += f"; maps: {', '.join(_clipped(classes[target]) for target in targets)}"
    for index, result in enumerate(results):
        answer = int(result.predictions[row])
        sure = f"{_clipped(classes[answer])} {100 * float(result.probabilities[row, answer]):.0f}%"
        lines.append(f"{letter(index, scheme)} {sure}{', wrong' if label >= 0 and answer != label else ''}")
    return "<br>".join(lines)


def _clipped(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"

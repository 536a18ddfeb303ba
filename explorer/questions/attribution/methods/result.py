"""What a network looked at: signed maps over pictures, with its answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.questions.arrays import ArrayResult, Arrays, need, softmax, typed
from explorer.questions.attribution.methods.spec import MAX_PICTURES, AttributionSpec, Method
from explorer.questions.question import Question

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class AttributionResult(ArrayResult):
    """N pictures of H×W explained by one network of K classes."""

    block: str
    """Whose output Grad-CAM read."""
    images: npt.NDArray[np.uint8]
    """N×H×W×C, as the network sees them, C = 1 or 3."""
    labels: npt.NDArray[np.int64]
    """N, the true classes; -1 where nobody knows."""
    targets: npt.NDArray[np.int64]
    """N, the class whose logit each map explains."""
    logits: Floats
    """N×K."""
    baseline_logits: Floats
    """N×K: the answers to each picture's baseline."""
    maps: Mapping[Method, Floats]
    """N×H×W for each method, signed: above zero speaks for the target; `UNITS` of the figure says in which units."""
    deltas: Mapping[Method, Floats]
    """N for each method that must add up: the map's sum minus the difference of the target's logit between picture and
    baseline."""

    given: Mapping[str, npt.NDArray[Any]] = field(default_factory=dict)
    """What the methods were given, so that anyone can compute the maps again: inputs, baselines (N×C×H×W, normalised),
    segments (N×H×W, the superpixel of each pixel), references (R×C×H×W), as far as a method reads them."""

    def __post_init__(self) -> None:
        """Raise ValueError if the arrays do not fit each other."""
        count, height, width, channels = _axes(self.images, 4, "images")
        classes = _axes(self.baseline_logits, 2, "baseline_logits")[1]
        need(channels in {1, 3}, "images", self.images)
        need(self.labels.shape == (count,), "labels", self.labels)
        need(self.targets.shape == (count,), "targets", self.targets)
        need(bool(((self.targets >= 0) & (self.targets < classes)).all()), "targets", self.targets)
        need(self.logits.shape == self.baseline_logits.shape == (count, classes), "logits", self.logits)
        for method, values in self.maps.items():
            need(values.shape == (count, height, width), f"the map of {method}", values)
        for method, values in self.deltas.items():
            need(values.shape == (count,), f"the deltas of {method}", values)

    @property
    def probabilities(self) -> Floats:
        """N×K, each row adding up to 1."""
        return softmax(self.logits)

    @property
    def predictions(self) -> npt.NDArray[np.int64]:
        """N, the class of the largest logit."""
        return np.asarray(self.logits.argmax(axis=1))

    @property
    def explained(self) -> Floats:
        """N: what the picture adds to the target's logit over the baseline; integrated gradients add up to it."""
        rows = np.arange(len(self.targets))
        return self.logits[rows, self.targets] - self.baseline_logits[rows, self.targets]

    def with_maps_of(self, other: "AttributionResult") -> "AttributionResult":
        """Return this result with another's maps too: the same pictures, network and targets, other methods."""
        block = other.block if any(method.reads_block for method in other.maps) else self.block
        maps, deltas = {**self.maps, **other.maps}, {**self.deltas, **other.deltas}
        return replace(self, block=block, maps=maps, deltas=deltas, given={**self.given, **other.given})

    def parts(self) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
        """Return what JSON can say of this result, and its arrays by name."""
        head = {"block": self.block, "methods": [str(method) for method in self.maps]}
        maps = {f"map-{method}": values for method, values in self.maps.items()}
        deltas = {f"deltas-{method}": values for method, values in self.deltas.items()}
        given = {f"given-{name}": values for name, values in self.given.items()}
        return head, {name: getattr(self, name) for name in _ARRAYS} | maps | deltas | given

    @classmethod
    def of(cls, head: dict[str, Any], arrays: Arrays) -> "AttributionResult":
        """Return the result of such parts."""
        fields: dict[str, Any] = {name: typed(arrays[name], kind, name) for name, kind in _ARRAYS.items()}
        methods = [Method(name) for name in head["methods"]]
        maps = {method: typed(arrays[f"map-{method}"], np.float32, method) for method in methods}
        summed = [method for method in methods if f"deltas-{method}" in arrays]
        deltas = {method: typed(arrays[f"deltas-{method}"], np.float32, "deltas") for method in summed}
        there = {name: kind for name, kind in _GIVEN.items() if f"given-{name}" in arrays}
        given = {name: typed(arrays[f"given-{name}"], kind, name) for name, kind in there.items()}
        return cls(block=str(head["block"]), maps=maps, deltas=deltas, given=given, **fields)


def merged(parts: Iterable[Sequence[AttributionResult]]) -> list[AttributionResult]:
    """Return one result a network with the maps of all parts that are there; none if none is."""
    there = [part for part in parts if part]
    whole = list(there[0]) if there else []
    for part in there[1:]:
        whole = [one.with_maps_of(other) for one, other in zip(whole, part, strict=True)]
    return whole


_ARRAYS = {
    "images": np.uint8, "labels": np.int64, "targets": np.int64, "logits": np.float32, "baseline_logits": np.float32,
}  # fmt: skip
_GIVEN = {"inputs": np.float32, "baselines": np.float32, "segments": np.int64, "references": np.float32}


def _axes(values: npt.NDArray[Any], axes: int, name: str) -> tuple[int, ...]:
    need(values.ndim == axes and len(values) > 0 and (axes == 1 or len(values) <= MAX_PICTURES), name, values)
    return values.shape


QUESTION = Question(__name__, AttributionSpec, AttributionResult, doing="Computing the maps", takes_file=True)
"""Its file is the picture of a person's own."""

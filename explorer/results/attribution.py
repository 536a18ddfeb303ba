"""What a network looked at: signed maps over pictures, with its answers."""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.specs.attribution import MAX_PICTURES, Method
from explorer.specs.question import MAX_RUNS

Floats = npt.NDArray[np.float32]
_LARGEST = 256 * 2**20
"""Bytes of all arrays of a file together."""


@dataclass(frozen=True, slots=True, eq=False)
class AttributionResult:
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
    """K: the answer to the baseline, a picture of the mean colour."""
    maps: Mapping[Method, Floats]
    """N×H×W for each method, signed: above zero speaks for the target. In units of the logit for integrated
    gradients (they add up) and occlusion, logit per unit of normalised brightness for saliency, activation times
    gradient for Grad-CAM."""
    deltas: Floats | None
    """N: sum of the integrated gradients minus the difference of the target's logit between picture and
    baseline; zero if the integral were exact. None without that method."""

    def __post_init__(self) -> None:
        """Raise ValueError if the arrays do not fit each other."""
        count, height, width, channels = _axes(self.images, 4, "images")
        classes = _axes(self.baseline_logits, 1, "baseline_logits")[0]
        _need(channels in {1, 3}, "images", self.images)
        _need(self.labels.shape == (count,), "labels", self.labels)
        _need(self.targets.shape == (count,), "targets", self.targets)
        _need(bool(((self.targets >= 0) & (self.targets < classes)).all()), "targets", self.targets)
        _need(self.logits.shape == (count, classes), "logits", self.logits)
        for method, values in self.maps.items():
            _need(values.shape == (count, height, width), f"the map of {method}", values)
        _need(self.deltas is None or self.deltas.shape == (count,), "deltas", np.asarray(self.deltas))

    @property
    def probabilities(self) -> Floats:
        """N×K, each row adding up to 1."""
        powers = np.exp(self.logits - self.logits.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)

    @property
    def predictions(self) -> npt.NDArray[np.int64]:
        """N, the class of the largest logit."""
        return np.asarray(self.logits.argmax(axis=1))

    @property
    def explained(self) -> Floats:
        """N: what the picture adds to the target's logit over the baseline; integrated gradients add up to it."""
        rows = np.arange(len(self.targets))
        return self.logits[rows, self.targets] - self.baseline_logits[self.targets]

    def to_npz(self) -> bytes:
        """Return the arrays as an npz file, without pickles."""
        return to_npz([self])

    @classmethod
    def from_npz(cls, content: bytes) -> "AttributionResult":
        """Return the first result of an npz file; raises ValueError if it is not one."""
        return from_npz(content)[0]


def to_npz(results: list[AttributionResult]) -> bytes:
    """Return the results of one request, in the order of its runs, as one npz file."""
    arrays: dict[str, Any] = {"count": np.int64(len(results))}
    for index, result in enumerate(results):
        head = json.dumps({"block": result.block, "methods": [str(method) for method in result.maps]})
        fields: dict[str, Any] = {"head": np.frombuffer(head.encode(), np.uint8)}
        fields |= {name: getattr(result, name) for name in _ARRAYS}
        fields |= {f"map-{method}": values for method, values in result.maps.items()}
        if result.deltas is not None:
            fields["deltas"] = result.deltas
        arrays |= {f"{index}-{name}": value for name, value in fields.items()}
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def from_npz(content: bytes) -> list[AttributionResult]:
    """Return what `to_npz` packed; raises ValueError, saying what does not fit, for anything else."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > _LARGEST:
                raise ValueError("the arrays are larger than any attribution")
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            count = int(file["count"])
            if not 1 <= count <= MAX_RUNS:
                raise ValueError(f"it holds {count} results")
            return [_read(file, f"{index}-") for index in range(count)]
    except (zipfile.BadZipFile, KeyError, TypeError, EOFError, OSError, ValueError) as error:
        raise ValueError(f"These bytes are not an attribution: {error}.") from error


_ARRAYS = {
    "images": np.uint8,
    "labels": np.int64,
    "targets": np.int64,
    "logits": np.float32,
    "baseline_logits": np.float32,
}


def _read(file: Mapping[str, npt.NDArray[Any]], prefix: str) -> AttributionResult:
    head = json.loads(file[f"{prefix}head"].tobytes())
    fields: dict[str, Any] = {name: _typed(file[prefix + name], kind, name) for name, kind in _ARRAYS.items()}
    methods = [Method(name) for name in head["methods"]]
    maps = {method: _typed(file[f"{prefix}map-{method}"], np.float32, method) for method in methods}
    deltas = _typed(file[f"{prefix}deltas"], np.float32, "deltas") if f"{prefix}deltas" in file else None
    return AttributionResult(block=str(head["block"]), maps=maps, deltas=deltas, **fields)


def _typed(values: npt.NDArray[Any], kind: type, name: str) -> npt.NDArray[Any]:
    if values.dtype != kind:
        raise ValueError(f"{name} is {values.dtype}, not {np.dtype(kind)}")
    return values


def _axes(values: npt.NDArray[Any], axes: int, name: str) -> tuple[int, ...]:
    _need(values.ndim == axes and len(values) > 0 and (axes == 1 or len(values) <= MAX_PICTURES), name, values)
    return values.shape


def _need(fits: bool, name: str, values: npt.NDArray[Any]) -> None:
    if not fits:
        raise ValueError(f"{name} of shape {values.shape} does not fit")

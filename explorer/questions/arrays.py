"""What comes back where it is mostly arrays: one npz file in the store, never unpickled."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from explorer.questions.spec import MAX_RUNS

Arrays = Mapping[str, npt.NDArray[Any]]
_LARGEST = 256 * 2**20
"""Bytes of all arrays of a file together."""


class ArrayResult:
    """One network's result as a frozen dataclass of arrays; it says what of it is words and what is arrays."""

    __slots__ = ()

    def parts(self) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
        """Return what JSON can say of this result, and its arrays by name."""
        raise NotImplementedError

    @classmethod
    def of(cls, head: dict[str, Any], arrays: Arrays) -> Self:
        """Return the result of such parts; raises KeyError, TypeError or ValueError where they do not fit."""
        raise NotImplementedError

    @classmethod
    def encode(cls, results: Sequence[Self], /) -> bytes:
        """Return the results of one question, in the order of its networks, as one npz file without pickles."""
        arrays: dict[str, Any] = {"count": np.int64(len(results))}
        for index, result in enumerate(results):
            head, values = result.parts()
            arrays[f"{index}-head"] = np.frombuffer(json.dumps(head).encode(), np.uint8)
            arrays |= {f"{index}-{name}": value for name, value in values.items()}
        file = io.BytesIO()
        np.savez_compressed(file, **arrays)
        return file.getvalue()

    @classmethod
    def decode(cls, content: bytes, /) -> tuple[Self, ...]:
        """Return what `encode` packed; raises ValueError, saying what does not fit, for anything else."""
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if sum(member.file_size for member in archive.infolist()) > _LARGEST:
                    raise ValueError("the arrays are larger than any of these")
            with np.load(io.BytesIO(content), allow_pickle=False) as file:
                count = int(file["count"])
                if not 1 <= count <= MAX_RUNS:
                    raise ValueError(f"it holds {count} results")
                return tuple(cls.of(*_part(file, index)) for index in range(count))
        except (zipfile.BadZipFile, KeyError, TypeError, EOFError, OSError, ValueError) as error:
            raise ValueError(f"These bytes are no {cls.__name__}: {error}.") from error


def _part(file: Arrays, index: int) -> tuple[dict[str, Any], Arrays]:
    prefix = f"{index}-"
    names = [name for name in file if name.startswith(prefix)]
    head = json.loads(file[f"{prefix}head"].tobytes())
    return head, {name.removeprefix(prefix): file[name] for name in names}


def typed(values: npt.NDArray[Any], kind: type, name: str) -> npt.NDArray[Any]:
    """Return an array if it has this type; raises ValueError otherwise."""
    if values.dtype != kind:
        raise ValueError(f"{name} is {values.dtype}, not {np.dtype(kind)}")
    return values


def need(fits: bool, name: str, values: npt.NDArray[Any]) -> None:
    """Raise ValueError unless an array fits the others."""
    if not fits:
        raise ValueError(f"{name} of shape {values.shape} does not fit")


def softmax(logits: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return N×classes probabilities, each row adding up to 1, from N×classes logits."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)

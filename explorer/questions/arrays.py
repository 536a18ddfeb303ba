"""Results that are mostly arrays: packed as one npz file, and never unpickled."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from explorer.questions.spec import MAX_RUNS

Arrays = Mapping[str, npt.NDArray[Any]]
_LARGEST = 256 * 2**20
"""Bytes of all arrays of a file together."""
Found = TypeVar("Found")


def pack(parts: Sequence[tuple[Mapping[str, object], Arrays]]) -> bytes:
    """Return the results of one question, in the order of its networks, each as words (JSON) and arrays."""
    arrays: dict[str, Any] = {"count": np.int64(len(parts))}
    for index, (head, values) in enumerate(parts):
        arrays[f"{index}-head"] = np.frombuffer(json.dumps(head).encode(), np.uint8)
        arrays |= {f"{index}-{name}": value for name, value in values.items()}
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def unpack(content: bytes, what: str, read: Callable[[dict[str, Any], Arrays], Found]) -> list[Found]:
    """Return what `read` makes of each packed part; raises ValueError, saying what does not fit, for anything else.

    `what` is what the bytes should be, for the sentence.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > _LARGEST:
                raise ValueError(f"the arrays are larger than any {what}")
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            count = int(file["count"])
            if not 1 <= count <= MAX_RUNS:
                raise ValueError(f"it holds {count} results")
            return [_part(file, index, read) for index in range(count)]
    except (zipfile.BadZipFile, KeyError, TypeError, EOFError, OSError, ValueError) as error:
        raise ValueError(f"These bytes are not an {what}: {error}.") from error


def _part(file: Arrays, index: int, read: Callable[[dict[str, Any], Arrays], Found]) -> Found:
    prefix = f"{index}-"
    names = [name for name in file if name.startswith(prefix)]
    head = json.loads(file[f"{prefix}head"].tobytes())
    return read(head, {name.removeprefix(prefix): file[name] for name in names})


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

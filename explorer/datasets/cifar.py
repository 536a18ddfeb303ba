"""CIFAR-10 and CIFAR-100: torchvision's layout, addresses and checksums.

The published files are pickles. A pickle can run code, so every file's checksum is verified against the
published one before it is opened, on every load and not only after a download, and the reader then
knows three names only: those that an array of bytes needs.
"""

import io
import pickle
import tarfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from explorer.datasets.base import Dataset, MissingDataError
from explorer.datasets.download import Progress, UnreachableError, damaged, fetch, place, verify, workshop
from explorer.specs.dataset import Card, DatasetName, DatasetSpec
from explorer.specs.files import LAYOUTS, find, missing


def load_cifar(spec: DatasetSpec, root: Path, progress: Progress) -> Dataset:
    """Return the pictures as uint8, from files at hand or else from a download to `root`."""
    source, archive = _source(spec), root / LAYOUTS[spec.name].archive
    if find(spec.name, root) in (None, (archive,)):
        _install(spec, root, progress)
    paths = {path.name: path for path in find(spec.name, root) or ()}
    progress(0.95, f"Reading {spec.card.title}.")
    train, test = (
        _join([_read(paths[name], md5, spec.card) for name, md5 in part]) for part in (source.train_list, source.test_list)
    )
    return Dataset.of(spec.card, *train, *test)


def _source(spec: DatasetSpec) -> Any:
    from torchvision.datasets import CIFAR10, CIFAR100

    return CIFAR10 if spec.name is DatasetName.CIFAR_10 else CIFAR100


def _install(spec: DatasetSpec, root: Path, progress: Progress) -> None:
    """Unpack the archive that lies in `root`, or a downloaded one, and put its folder in place."""
    source = _source(spec)
    with workshop(root) as folder:
        archive = root / source.filename
        if archive.is_file():
            verify(archive, source.tgz_md5)
        else:
            archive = folder / source.filename
            try:
                fetch([source.url], archive, source.tgz_md5, lambda x, text: progress(0.9 * x, text), spec.card.title)
            except UnreachableError as error:
                raise MissingDataError(missing(spec, root)) from error
        progress(0.9, f"Unpacking {spec.card.title}.")
        with tarfile.open(archive) as packed:
            packed.extractall(folder / "ready", filter="data")
        place(folder / "ready" / source.base_folder, root / source.base_folder)


def _read(path: Path, md5: str, card: Card) -> tuple[Tensor, Tensor]:
    """N×3×32×32 uint8 and N int64 of one verified file."""
    entry = _ArrayUnpickler(io.BytesIO(verify(path, md5)), encoding="latin1").load()
    images = np.asarray(entry["data"])
    labels = np.asarray(entry["labels"] if "labels" in entry else entry["fine_labels"], np.int64)
    if images.dtype != np.uint8 or images.shape != (len(labels), 3072) or labels.max() >= len(card.classes):
        raise damaged(path, f"it holds {images.dtype} of shape {images.shape} and {len(labels)} labels")
    return torch.from_numpy(images.copy()).view(-1, *card.input_shape), torch.from_numpy(labels)


def _join(parts: list[tuple[Tensor, Tensor]]) -> tuple[Tensor, Tensor]:
    return torch.cat([images for images, _ in parts]), torch.cat([labels for _, labels in parts])


class _ArrayUnpickler(pickle.Unpickler):
    """Reads arrays, lists, dicts and strings; any other name in the file is an error."""

    def find_class(self, module: str, name: str) -> Any:
        known = {
            ("numpy.core.multiarray", "_reconstruct"): _reconstruct,
            ("numpy", "ndarray"): np.ndarray,
            ("numpy", "dtype"): np.dtype,
        }
        if (module, name) not in known:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in a file of pictures")
        return known[module, name]


def _reconstruct(kind: type, shape: tuple[int, ...], _: object) -> np.ndarray[Any, Any]:
    """Stands in for numpy's own function of this name, which newer versions keep elsewhere."""
    assert kind is np.ndarray
    return np.empty(shape, np.int8)

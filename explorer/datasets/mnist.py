"""MNIST and Fashion-MNIST: four idx files, plain or gzipped, torchvision's addresses and checksums."""

import gzip
import shutil
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from explorer.datasets.base import Dataset, MissingDataError
from explorer.datasets.download import Progress, UnreachableError, damaged, fetch, place, workshop
from explorer.specs.dataset import Card, DatasetName, DatasetSpec
from explorer.specs.files import LAYOUTS, find, missing

_PICTURES, _LABELS = 2051, 2049
"""First number of an idx file: unsigned bytes in three axes, or in one."""
_SHARES = (0.855, 0.005, 0.135, 0.005)
"""Of the download's bytes, about, in the order of the files."""


def load_mnist(spec: DatasetSpec, root: Path, progress: Progress) -> Dataset:
    """Return the pictures as uint8, from files at hand or else from a download to `root`."""
    paths = find(spec.name, root)
    if paths is None:
        _download(spec, root, progress)
        paths = find(spec.name, root) or ()
    progress(0.95, f"Reading {spec.card.title}.")
    card = spec.card
    train, train_labels, test, test_labels = (
        read(path, card, most)
        for path, read, most in zip(paths, (_pictures, _labels) * 2, (card.train_size,) * 2 + (card.test_size,) * 2, strict=True)
    )
    for pictures, labels, path in ((train, train_labels, paths[1]), (test, test_labels, paths[3])):
        if len(pictures) != len(labels):
            raise damaged(path, f"{len(labels)} labels for {len(pictures)} pictures")
    return Dataset.of(card, train, train_labels, test, test_labels)


def _download(spec: DatasetSpec, root: Path, progress: Progress) -> None:
    from torchvision.datasets import MNIST, FashionMNIST

    source = MNIST if spec.name is DatasetName.MNIST else FashionMNIST
    with workshop(root) as folder:
        ready = folder / "ready"
        ready.mkdir()
        for index, (name, md5) in enumerate(source.resources):
            before, share = sum(_SHARES[:index]), _SHARES[index]
            addresses = [f"{mirror}{name}" for mirror in source.mirrors]

            def report(part: float, message: str, before: float = before, share: float = share) -> None:
                progress(0.9 * (before + share * part), message)

            try:
                fetch(addresses, folder / name, md5, report, spec.card.title)
            except UnreachableError as error:
                raise MissingDataError(missing(spec, root)) from error
            with gzip.open(folder / name) as packed, (ready / name.removesuffix(".gz")).open("wb") as file:
                shutil.copyfileobj(packed, file)
        place(ready, root / LAYOUTS[spec.name].folder)


def _pictures(path: Path, card: Card, most: int) -> Tensor:
    """N×1×H×W, uint8."""
    _, height, width = card.input_shape
    values = _idx(path, _PICTURES, (height, width), most)
    return torch.from_numpy(values)[:, None]


def _labels(path: Path, card: Card, most: int) -> Tensor:
    """N, int64."""
    values = _idx(path, _LABELS, (), most)
    if values.max() >= len(card.classes):
        raise damaged(path, f"it has a label {values.max()}")
    return torch.from_numpy(values.astype(np.int64))


def _idx(path: Path, magic: int, axes: tuple[int, ...], most: int) -> npt.NDArray[np.uint8]:
    """Return what an idx file holds, after checking every number of its head.

    Never reads more than `most` items, so that a small packed file cannot fill the memory.
    """
    head, size = 8 + 4 * len(axes), int(np.prod(axes, dtype=int))
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            content = file.read(head + most * size + 1)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise damaged(path, str(error)) from error
    found = tuple(np.frombuffer(content[:head], ">u4").tolist()) if len(content) > head else ()
    count = found[1] if found else 0
    if found != (magic, count, *axes) or not 0 < count <= most or len(content) != head + count * size:
        raise damaged(path, "it is not the idx file its name says")
    return np.frombuffer(content, np.uint8, offset=head).reshape(count, *axes).copy()

"""Pictures to learn from: every source gives the same thing, tensors in memory and a card."""

from pathlib import Path

from explorer.datasets.base import Dataset, MissingDataError, unit_range
from explorer.datasets.download import Progress
from explorer.specs.dataset import DatasetName, DatasetSpec

__all__ = ["Dataset", "MissingDataError", "Progress", "load", "unit_range"]


def load(spec: DatasetSpec, root: Path, *, seed: int = 0, progress: Progress | None = None) -> Dataset:
    """Return a dataset: from the package, drawn, from files under `root`, or downloaded to `root`.

    `seed` chooses which pictures `shapes` draws; the app leaves it at 0 so that all runs see the same ones.
    Raises MissingDataError, one sentence, when files are neither on disk nor to be downloaded.
    """
    match spec.name:
        case DatasetName.DIGITS:
            from explorer.datasets.digits import load_digits

            return load_digits()
        case DatasetName.SHAPES:
            from explorer.datasets.shapes import load_shapes

            return load_shapes(spec, seed)
        case DatasetName.MNIST | DatasetName.FASHION_MNIST:
            from explorer.datasets.mnist import load_mnist

            return load_mnist(spec, root, progress or _silent)
        case DatasetName.CIFAR_10 | DatasetName.CIFAR_100:
            from explorer.datasets.cifar import load_cifar

            return load_cifar(spec, root, progress or _silent)


def _silent(share: float, message: str) -> None:
    """Progress that nobody watches."""

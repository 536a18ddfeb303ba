"""Pictures to learn from: every source gives the same thing, tensors in memory and a card."""

from collections.abc import Callable
from pathlib import Path

from explorer.datasets.base import Dataset, MissingDataError, unit_range
from explorer.specs.dataset import DatasetName, DatasetSpec

__all__ = ["Dataset", "MissingDataError", "load", "unit_range"]

Progress = Callable[[float, str], None]
"""Called with a share from 0 to 1 and what is going on; raises to cancel."""


def load(spec: DatasetSpec, root: Path, *, seed: int = 0, progress: Progress | None = None) -> Dataset:
    """Return a dataset: from the package, drawn, from files under `root`, or downloaded to `root`.

    `seed` chooses which pictures `shapes` draws; the app leaves it at 0 so that all runs see the same ones.
    Raises MissingDataError, one sentence, when files are neither on disk nor to be downloaded.
    """
    if spec.name is DatasetName.DIGITS:
        from explorer.datasets.digits import load_digits

        return load_digits()
    if spec.name is DatasetName.SHAPES:
        from explorer.datasets.shapes import load_shapes

        return load_shapes(spec, seed)
    from explorer.datasets.downloaded import load_downloaded

    return load_downloaded(spec, root, progress or _silent)


def _silent(share: float, message: str) -> None:
    """Progress that nobody watches."""

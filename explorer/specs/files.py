"""Where the files of a dataset lie, found without torch: the page and the worker look in the same places."""

from dataclasses import dataclass
from pathlib import Path

from explorer.specs.dataset import DatasetName, DatasetSpec

SYSTEM_FOLDERS = (Path("/usr/share/datasets"), Path("/usr/local/share/datasets"))
"""Where operating systems put datasets, one folder each: `fashion-mnist`, `mnist`."""

IDX_NAMES = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")
"""Training pictures and labels, test pictures and labels; each may end in .gz."""

_CIFAR_10 = (*(f"data_batch_{part}" for part in range(1, 6)), "test_batch")


@dataclass(frozen=True, slots=True)
class Layout:
    """A folder under the data folder, and the files that torchvision keeps there."""

    folder: str
    files: tuple[str, ...]
    archive: str = ""
    """The packed form that may lie in the data folder itself."""


LAYOUTS = {
    DatasetName.MNIST: Layout("MNIST/raw", IDX_NAMES),
    DatasetName.FASHION_MNIST: Layout("FashionMNIST/raw", IDX_NAMES),
    DatasetName.CIFAR_10: Layout("cifar-10-batches-py", _CIFAR_10, "cifar-10-python.tar.gz"),
    DatasetName.CIFAR_100: Layout("cifar-100-python", ("train", "test"), "cifar-100-python.tar.gz"),
}


def available(spec: DatasetSpec, root: Path) -> bool:
    """Return whether a dataset can be loaded without a download."""
    return spec.card.embedded or find(spec.name, root) is not None


def missing(spec: DatasetSpec, root: Path) -> str:
    """Return one sentence that says what is missing and what to do, or "" if nothing is."""
    if available(spec, root):
        return ""
    layout = LAYOUTS[spec.name]
    files = f"{layout.files[0]} and the others" if len(layout.files) > 2 else " and ".join(layout.files)
    packed = f", or the archive {layout.archive} in {root}" if layout.archive else " (.gz is fine)"
    return (
        f"The files of {spec.card.title} are not on this machine: download them here while it is online, "
        f"or put {files} into {root / layout.folder}{packed}, or choose the digits, which need no files."
    )


def find(name: DatasetName, root: Path) -> tuple[Path, ...] | None:
    """Return the paths of a dataset's files in the order of its layout (or of its archive alone), or None."""
    layout = LAYOUTS[name]
    system = [folder / name.value for folder in SYSTEM_FOLDERS]
    for folder in (root / layout.folder, *system):
        paths = tuple(_plain_or_packed(folder / file) for file in layout.files)
        if all(paths):
            return tuple(path for path in paths if path)
    archive = root / layout.archive
    return (archive,) if layout.archive and archive.is_file() else None


def _plain_or_packed(path: Path) -> Path | None:
    return next((form for form in (path, path.with_name(f"{path.name}.gz")) if form.is_file()), None)

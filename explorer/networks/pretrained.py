"""torchvision's trained weights: from a file at hand, or downloaded, checked and kept."""

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from explorer.datasets.download import Progress, UnreachableError, fetch, workshop
from explorer.networks import ResidualNetwork, build
from explorer.networks.torchvision_names import load_torchvision
from explorer.specs.imagenet import ImagenetSpec


def pretrained(spec: ImagenetSpec, folder: Path, progress: Progress) -> ResidualNetwork:
    """Return a network with torchvision's weights, in evaluation mode.

    Files of `folder` come first: resnet18.safetensors, resnet18.pth, or torchvision's own name such as
    resnet18-f37072fd.pth; otherwise that one is downloaded to it. Raises ValueError, one sentence for the page, where
    there is none and none can be had, or where a file does not fit; whatever `progress` raises passes through.
    """
    path = _at_hand(spec, folder) or _download(spec, folder, progress)
    progress(0.95, f"reading {path.name}")
    network = build(spec)
    load_torchvision(network, _read(path))
    return network.eval()


def _at_hand(spec: ImagenetSpec, folder: Path) -> Path | None:
    name = f"resnet{spec.depth}"
    places = (folder / f"{name}.safetensors", folder / f"{name}.pth", folder / Path(address(spec)).name)
    return next((path for path in places if path.is_file()), None)


def address(spec: ImagenetSpec) -> str:
    """Return where torchvision's weights of this depth are; the file's name ends in the start of its SHA-256."""
    from torchvision import models

    return str(getattr(models, f"ResNet{spec.depth}_Weights").IMAGENET1K_V1.url)


def _download(spec: ImagenetSpec, folder: Path, progress: Progress) -> Path:
    source = address(spec)
    name = Path(source).name
    checksum = Path(name).stem.rpartition("-")[2]
    with workshop(folder) as made:
        try:
            fetch([source], made / name, checksum, progress, f"{name}", algorithm="sha256")
        except UnreachableError as error:
            raise ValueError(
                f"The weights of {spec.title} are not on this machine and could not be downloaded: put torchvision's "
                f"{name} into {folder}, or a state dict of its names as resnet{spec.depth}.safetensors."
            ) from error
        return (made / name).replace(folder / name)


def _read(path: Path) -> dict[str, Tensor]:
    """The file's tensors by name; a .pth file is never unpickled beyond tensors."""
    try:
        if path.suffix == ".safetensors":
            return dict(load_file(path))
        weights = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # damaged files break readers in a dozen ways
        raise ValueError(f"{path} is not a file of weights: delete it, or put the right one in its place.") from error
    if not isinstance(weights, dict) or not all(isinstance(value, Tensor) for value in weights.values()):
        raise ValueError(f"{path} does not hold a state dict, names and tensors alone: put one in its place.")
    return weights

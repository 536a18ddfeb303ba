"""torchvision's names for the weights of a ResNet, and ours."""

import re
from collections.abc import Mapping

from torch import Tensor

from explorer.networks.network import ResidualNetwork

_RULES = (
    (re.compile(r"^conv1\."), r"stem.conv."),
    (re.compile(r"^bn1\."), r"stem.norm."),
    (re.compile(r"^fc\."), r"head.classifier."),
    (re.compile(r"\.conv(\d)\."), r".branch.conv\1."),
    (re.compile(r"\.bn(\d)\."), r".branch.norm\1."),
    (re.compile(r"\.downsample\.0\."), r".shortcut.conv."),
    (re.compile(r"\.downsample\.1\."), r".shortcut.norm."),
)
_BLOCK = re.compile(r"^layer(\d)\.(\d+)\.")


def our_name(name: str) -> str:
    """Return what we call a weight of torchvision's: layer2.0.conv1.weight is stage2.block1.branch.conv1.weight."""
    if _BLOCK.match(name):
        name = _BLOCK.sub(lambda found: f"stage{found[1]}.block{int(found[2]) + 1}.", name)
    for pattern, ours in _RULES:
        name = pattern.sub(ours, name)
    return name


def load_torchvision(network: ResidualNetwork, weights: Mapping[str, Tensor]) -> None:
    """Give a network of the ImageNet form torchvision's weights.

    Raises ValueError, one sentence, unless they fit name for name and shape for shape.
    """
    named = {our_name(name): value for name, value in weights.items()}
    own = network.state_dict()
    missing, more = sorted(own.keys() - named.keys()), sorted(named.keys() - own.keys())
    if missing or more:
        words = f"{missing[0]} is missing" if missing else f"{more[0]} is not part of it"
        raise ValueError(f"These weights do not fit {network.outline.spec.title}: {words}.")
    for name, value in own.items():
        if named[name].shape != value.shape:
            raise ValueError(
                f"These weights do not fit {network.outline.spec.title}: {name} has shape {tuple(named[name].shape)}, "
                f"not {tuple(value.shape)}."
            )
    network.load_state_dict(named)

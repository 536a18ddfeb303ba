"""The networks of the ImageNet form whose weights others have trained."""

from functools import lru_cache
from pathlib import Path

from explorer.specs.dataset import Card
from explorer.specs.imagenet import BLOCKS, ImagenetSpec

PREFIX = "imagenet-"
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Of the pictures they were trained on, in units of the full range, as torchvision gives them."""


def pretrained_specs() -> dict[str, ImagenetSpec]:
    """Return by id the networks that torchvision has weights for, the shallowest first."""
    return {f"{PREFIX}{depth}": ImagenetSpec(depth=depth) for depth in BLOCKS}


@lru_cache(maxsize=1)
def imagenet_card() -> Card:
    """Return the card of the pictures that they were trained on; none of them is here."""
    return Card(
        title="ImageNet, 224×224",
        input_shape=(3, 224, 224),
        classes=tuple(Path(__file__).with_name("imagenet_classes.txt").read_text("utf-8").splitlines()),
        train_size=1_281_167,
        test_size=0,
        licence="Weights: BSD-3-Clause (torchvision); the pictures are their owners'",
        origin="O. Russakovsky et al., ImageNet Large Scale Visual Recognition Challenge, arXiv:1409.0575 (2015)",
        embedded=False,
    )

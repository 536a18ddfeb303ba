"""What the maps of blocks say."""

from collections.abc import Sequence

import numpy as np

from explorer.drawing.palette import LETTERS
from explorer.questions.attribution.blocks.figure import MOST_COLUMNS
from explorer.questions.attribution.blocks.result import BlockMaps
from explorer.specs.control import Choice

PICTURE = Choice("flow_of", "Picture", 0, options=(0,), words=lambda one: f"number {one + 1}", address=False)
PARTS = "**Grad-CAM at the block's parts:** branch and shortcut add up to the sum."


def depth_heading(one: BlockMaps, name: str) -> str:
    """Return what a strip shows of the network of that letter and name."""
    some = ", some blocks in even steps" if len(one.blocks) > MOST_COLUMNS else ""
    return f"**Grad-CAM along the depth of {name}**{some}"


def flow_heading(results: Sequence[BlockMaps], row: int, classes: Sequence[str]) -> str:
    """Return whose logit the flows of a picture lead to."""
    targets = ", ".join(classes[target] for target in dict.fromkeys(int(one.targets[row]) for one in results))
    return f"**What flows to the logit of {targets} through each block**"


def flow_caption(results: Sequence[BlockMaps], row: int) -> str:
    """Return what was computed, and how far the sums are from the logit's rise."""
    missed = max(float(np.abs(one.through[row] - one.rises[row]).max() / max(1.0, abs(one.rises[row]))) for one in results)
    return (
        "Conductance (Dhamdhere et al. 2018): on the straight way from the baseline to the picture, each addend's change times "
        "the logit's gradient. Branch and shortcut of one block add up to the rise of the logit; with 64 steps they miss at "
        f"most {100 * missed:.2g} % of it here."
    )


def finding(results: Sequence[BlockMaps], block: str) -> str:
    """Return in words how much of the flow passes the chosen block's shortcut, as measured on these pictures."""
    words = []
    for letter, one in zip(LETTERS, results, strict=False):
        place = one.place(block)
        over, both = one.over_shortcut[:, place], one.through[:, place]
        if np.isnan(over).all():
            words.append(f"{letter}: no shortcut")
        else:
            words.append(f"{letter}: {np.median(over):.3g} of {np.median(both):.3g} logits over the shortcut")
    return f"Block {block or 'last'}, median picture. {'; '.join(words)}"

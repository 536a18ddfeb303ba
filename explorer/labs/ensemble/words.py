"""What the ensemble lab says."""

from collections.abc import Iterable, Sequence

import numpy as np

from explorer.drawing.numbers import tex
from explorer.drawing.palette import LETTERS
from explorer.labs.ensemble import figure as figures
from explorer.labs.ensemble.compute import added, boosted
from explorer.labs.ensemble.result import BlockAccount
from explorer.labs.ensemble.spec import LOOKED_AT
from explorer.labs.lab import Lab, Try
from explorer.specs import PRESETS, NetworkSpec, outline
from explorer.specs.control import Choices, Number

EXAMPLE = next(preset.race for preset in PRESETS if preset.name == "shallow-and-deep")


def blocks(networks: Iterable[NetworkSpec]) -> tuple[str, ...]:
    """Return the names of all blocks of some networks, each once."""
    return tuple(dict.fromkeys(block.name for network in networks for block in outline(network).blocks))


PICTURE = Number("ensemble_picture", "Picture of the test set", 0, low=0, high=LOOKED_AT - 1)
REMOVED = Choices("ensemble_removed", "Taken away", (), options=blocks(EXAMPLE.networks))
"""Offers the blocks of the networks that are asked."""


def _try(label: str, see: str, picture: int, *removed: str) -> Try:
    return Try(label, see, {PICTURE: picture, REMOVED: removed})


def _card(scheme: str) -> object:
    """What boosting's weak learners, one step each, add up to: every second sum of eight."""
    x = np.linspace(-np.pi, np.pi, 81)
    return figures.card(x, boosted(x, np.sin(x), 8)[::2], scheme)


LAB = Lab(
    __name__,
    question="Is a residual network many weak networks?",
    words=(
        "Unrolled, a residual network is a sum: $x_L = x_0 + \\sum_l F_l(x_l)$. Boosting builds such sums of weak learners. End "
        "a trained network after $k$ blocks, so that only shortcuts carry $x_k$ on: what does it answer?"
    ),
    tries=(
        _try("Without one block", "The sum loses a part; the plain row loses its way.", 0, "stage1.block2"),
        _try("Without three blocks", "One of every stage.", 0, "stage1.block3", "stage2.block3", "stage3.block3"),
        _try("Another picture", "Which blocks decide on this one?", 5),
    ),
    source=(
        "Document 004; Veit et al. 2016, arXiv:1605.06431; Huang et al. 2018, *Learning Deep ResNet Blocks "
        "Sequentially*, arXiv:1706.04964."
    ),
    leaves_out="Exchanged blocks, and each block alone: Dissect has them.",
    card=_card,
    leads_to=("identity", "gate"),
)


def finding(whole: Sequence[BlockAccount], accounts: Sequence[BlockAccount], titles: Sequence[str]) -> str:
    """Return in words what is right after half of the blocks and after all, and what the missing ones cost."""
    told = []
    for letter, title, before, after in zip(LETTERS, titles, whole, accounts, strict=False):
        half = before.right[len(before.blocks) // 2]
        now = f", now {after.right[-1]:.0%}" if after.right != before.right else ""
        told.append(f"{letter} {title} {half:.0%}, then {before.right[-1]:.0%}{now}")
    return f"Right after half of the blocks, and after all: {'; '.join(told)}"


def formula(one: BlockAccount, picture: int, name: str, colour: str) -> str:
    """Return what one network's blocks add to the logit of a picture's true class."""
    logits = np.array(one.logits[picture])[:, one.labels[picture]]
    parts = added(logits[:, None])[:, 0]
    up, down = float(parts[parts > 0].sum()), float(-parts[parts < 0].sum())
    return (
        rf"\textcolor{{{colour}}}{{z_{{\text{{{name}}}}}}} = z^{{(0)}} + \sum_{{l=1}}^{{{len(parts)}}} \Delta_l = "
        rf"{tex(float(logits[0]))} + {tex(up)} - {tex(down)} = \textcolor{{{colour}}}{{{tex(float(logits[-1]))}}}"
    )

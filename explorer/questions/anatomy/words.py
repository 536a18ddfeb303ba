"""What the anatomy of blocks says."""

from collections.abc import Sequence
from statistics import median

from explorer.questions.anatomy.result import Anatomy

CHARTS = {
    "share": (
        "How much of the gradient came over the shortcut",
        r"$\partial E/\partial x = g_\text{shortcut} + g_\text{branch}$: shown is "
        r"$\|g_\text{shortcut}\| / (\|g_\text{shortcut}\| + \|g_\text{branch}\|)$. A plain block has one term, and no line.",
    ),
    "added": (
        "How much a block adds",
        r"$\|F(x)\|$ over the norm of what the shortcut carries; under 1, the branch is the smaller part of the sum.",
    ),
    "written": (
        "Who wrote the last representation",
        r"Percent of $x_L = x_0 + \sum F(x_i)$ along itself, each $F$ as the later shortcuts carry it; what is missing to 100 "
        "came from the stem, or was cut off by relus (point at a block).",
    ),
    "readout": (
        "What can be read out after every block",
        "Right answers, in percent, of a linear read-out of the pooled features; 0 is the stem.",
    ),
    "downhill": (
        "Does a block step down the loss?",
        r"Cosine between $F(x)$ and $-\partial E/\partial x$, mean over pictures: above zero it does, as boosting would.",
    ),
}
"""Heading and words of each chart, in the order of the page."""


def finding(results: Sequence[Anatomy], names: Sequence[str]) -> str:
    """Return in words how much of the gradient the shortcuts carried, as measured."""
    told = []
    for name, one in zip(names, results, strict=False):
        pairs = zip(one.shortcut_gradient, one.branch_gradient, strict=True)
        shares = [s / (s + b) for s, b in pairs if s is not None and b is not None and s + b > 0]
        told.append(f"{name} {f'{100 * median(shares):.3g} %' if shares else 'has one term'}")
    return f"Gradient over the shortcut, median block: {', '.join(told)}"


def caption(one: Anatomy) -> str:
    """Return over how many pictures it was measured."""
    return (
        f"Gradients of one batch of {one.batch} training pictures, in training mode, as the next step would see them. "
        f"Read-outs fitted to {one.fitted:,} training pictures, asked on {one.pictures:,} test pictures."
    )

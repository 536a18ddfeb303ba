"""What the ensemble lab says."""

from collections.abc import Sequence

import numpy as np

from explorer.figures import ensemble as figures
from explorer.labs.ensemble import Account, Block, Network, boosted
from explorer.results.labs import EnsembleNetwork
from explorer.ui.labs.frame import Lab, Try


def _try(label: str, see: str, missing: int, one: int, other: int) -> Try:
    values = {"missing": missing, "one": one, "other": other, "seed": 0}
    return Try(label, see, {f"ensemble_{name}": value for name, value in values.items()})


def _card(scheme: str) -> object:
    """What boosting's weak learners, one step each, add up to: every second sum of eight."""
    x = np.linspace(-np.pi, np.pi, 81)
    return figures.card(x, boosted(x, np.sin(x), 8)[::2], scheme)


LAB = Lab(
    name="ensemble",
    question="Is a residual network many weak networks?",
    words=(
        "Unrolled, a residual network is a sum: $x_L = x_0 + \\sum_l F_l(x_l)$. Boosting builds such sums: each weak learner steps "
        "down the loss that is left. Two trained networks of eight blocks tell two spirals apart. Read after every block, what "
        "is right already? Take a block away, or exchange two."
    ),
    tries=(
        _try("Take the fourth block away", "The plain row breaks; what does the sum lose?", 4, 1, 1),
        _try("Take the last block away", "Late blocks of the sum are spare.", 8, 1, 1),
        _try("Exchange two blocks", "Learners of a sum may change places, nearly.", 0, 3, 4),
    ),
    source=(
        "Document 004; Veit et al. 2016, arXiv:1605.06431, section 4; Huang et al. 2018, *Learning Deep ResNet Blocks "
        "Sequentially*, arXiv:1706.04964."
    ),
    leaves_out=("Pictures: Dissect asks the same of the networks that you trained. There is no test set."),
    card=_card,
    leads_to=("identity", "gate"),
)


def network(told: EnsembleNetwork) -> Network:
    """Return a trained network as the lab computes with it."""
    blocks = (Block(np.array(one.first), np.array(one.bias), np.array(one.second)) for one in told.blocks)
    return Network(tuple(blocks), np.array(told.readout), told.offset, told.shortcut)


def finding(whole: Sequence[Account], altered: Sequence[Account]) -> str:
    """Return in words what is right, before and after the alteration."""
    told = []
    for name, before, after in zip(figures.NAMES, whole, altered, strict=True):
        now = f", now {after.right[-1]:.0%}" if not np.array_equal(before.right, after.right) else ""
        told.append(f"{name} {before.right[-1]:.0%}{now}")
    pushes = [int((one.downhill > 0).sum()) for one in altered]
    count = len(altered[0].downhill)
    return (
        f"Points that are right: {'; '.join(told)}. Of {count} blocks, {pushes[0]} push downhill in A, {pushes[1]} in B"
    )


def formula(one: Account, colour: str) -> str:
    """Return the sum, and the mean cosine of the residual network's blocks."""
    mean = float(one.downhill.mean())
    return (
        rf"\textcolor{{{colour}}}{{x_L = x_0 + \sum_{{l=1}}^{{{len(one.downhill)}}} F_l(x_l)}} \qquad \frac1L\sum_l "
        rf"\cos\big(F_l,\, -\tfrac{{\partial E}}{{\partial x_l}}\big) = \textcolor{{{colour}}}{{{mean:.2f}}}"
    )

"""What is held against what, and what came out."""

from collections.abc import Callable, Mapping, Sequence

from explorer.drawing.palette import LETTERS
from explorer.questions.attribution.checks.figure import MASK
from explorer.questions.attribution.checks.result import Checked
from explorer.questions.attribution.checks.spec import Check
from explorer.questions.attribution.methods.spec import Method
from explorer.questions.attribution.methods.words import CARDS
from explorer.specs.control import Choice, Number, Switch

WORDS = {
    Check.MASK: "The object's mask",
    Check.CURVES: "Insertion and deletion",
    Check.FAITHFUL: "Infidelity and sensitivity",
    Check.WEIGHTS: "Random weights",
    Check.LABELS: "Shuffled labels",
}
CHECK: Choice[Check] = Choice("check", "Check", Check.MASK, options=tuple(Check), words=lambda check: WORDS[check], silent=True)
PICTURES = Number("checked", "Test pictures", 32, low=8, high=128, step=8)
TWINS = Switch("twins", "Train twins on shuffled labels now", start=False)
CURVES: Choice[Method] = Choice(
    "curves", "Curves of", Method.SALIENCY,
    options=tuple(Method), words=lambda method: CARDS[method].title, address=False,
)  # fmt: skip
NEEDS_TEST_SET = "Checks need the pictures of a test set, and ImageNet's are not here: choose networks trained here."
NEEDS_SHAPES = "Only the generated shapes say where their object is: train networks on them on Explore, and come back."
NEEDS_TWINS = "This trains each network once more, by its own recipe, on shuffled labels; it takes as long as it took then."
SUSPECT = 0.5
"""Rank correlation that a map must fall below when all stages are random; above, it hardly shows what was learned."""
Results = Sequence[Sequence[Checked]]
"""For each network its methods, those that are there."""


def finding(check: Check, results: Results) -> str:
    """Return what came out, or what is held against while nothing is there."""
    return FINDINGS[check](results) if results[0] else WORDS[check]


def curves_of(method: Method) -> str:
    """Return what the curves of a method are."""
    return f"Insertion and deletion by {CARDS[method].title}"


def _best(results: Results, name: str, *, low: bool = False) -> str:
    """Say for each network which method scores best, as measured."""
    words = []
    for letter, network in zip(LETTERS, results, strict=False):
        best = (min if low else max)(network, key=lambda one: one.interval(name).mean)
        words.append(f"{letter}: {CARDS[best.method].title}, {best.interval(name).mean:.2g}")
    return f"{'Lowest' if low else 'Highest'} {MASK.get(name, name)}. {'; '.join(words)}"


def suspects(results: Results) -> list[Method]:
    """Return the methods whose map keeps its order though head and all stages are random, in any of the networks.

    Kept is a rank correlation whose whole 95 % interval lies above SUSPECT.
    """
    found = [one.method for network in results for one in network if one.interval("stage1").low > SUSPECT]
    return list(dict.fromkeys(found))


def _suspects(results: Results) -> str:
    found = [CARDS[method].title for method in suspects(results)]
    if not found:
        return "Every map changes when the weights do"
    return f"Hardly changed when head and stages are random: {', '.join(found)}. Do not trust it to show what was learned"


FINDINGS: Mapping[Check, Callable[[Results], str]] = {
    Check.MASK: lambda results: _best(results, "overlap"),
    Check.CURVES: lambda results: _best(results, "insertion"),
    Check.FAITHFUL: lambda results: _best(results, "infidelity", low=True),
    Check.WEIGHTS: _suspects,
    Check.LABELS: lambda results: _best(results, "labels", low=True),
}
CAPTIONS = {
    Check.MASK: (
        "Mean over the pictures with its 95 % interval (bootstrap). Inside: positive attribution on the object's pixels. Pointing "
        "game: does the largest value lie there? Intersection over union: the object against as many of the largest pixels. "
        "The dashed line is a map that knows nothing. A network may rightly look at the ground too."
    ),
    Check.CURVES: (
        "Pixels are inserted into the baseline, or deleted from the picture, the most telling first (Petsiuk et al. 2018): a "
        "good map makes the class's probability rise at once, and fall at once. Half-painted pictures are unlike any the network "
        "learned from."
    ),
    Check.FAITHFUL: (
        "Infidelity: how far a map's sum over a random patch is from what the logit loses there. Sensitivity: how far the map "
        "moves when the picture moves a little (Yeh et al. 2019, captum's measures)."
    ),
    Check.WEIGHTS: (
        "From left to right more of the network has its initial weights again, from the top down (Adebayo et al. 2018). A map that "
        f"stays as it was does not show what was learned; marked is what keeps a rank correlation above {SUSPECT} with head and "
        "all stages random. Absolute values are compared; batch norm is measured anew."
    ),
    Check.LABELS: (
        "Each network's twin learned the same pictures with shuffled labels (Adebayo et al. 2018). A map that is the same for both "
        "does not show what connects picture and label."
    ),
}

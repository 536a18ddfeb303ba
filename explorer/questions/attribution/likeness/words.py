"""What the likeness of maps says."""

import numpy as np

from explorer.questions.attribution.likeness.figure import MEASURES, label, mean
from explorer.questions.attribution.likeness.result import Likeness
from explorer.questions.attribution.methods.spec import Method
from explorer.specs.control import Choice

MEASURE = Choice("alike", "Measure", "ranks", options=tuple(MEASURES), words=lambda name: MEASURES[name].split(",")[0], silent=True)


def caption(pictures: int) -> str:
    """Return what was compared, over so many pictures."""
    return (
        f"Mean over {pictures} pictures. Rank correlation asks whether two maps order the pixels alike, "
        "structural similarity whether they look alike (Wang et al. 2004). Methods answer different questions, so they may differ; "
        "where they agree, both can still be wrong."
    )


def finding(one: Likeness) -> str:
    """Return in words which two maps of one network are least alike, as measured."""
    table = mean(one.ranks)
    pairs = [
        (float(table[first, second]), first, second)
        for first in range(len(one.names))
        for second in range(first)
        if np.isfinite(table[first, second])
    ]
    if not pairs:
        return "One map has no other to be compared with: choose several methods or networks"
    value, first, second = min(pairs)
    (run, method), (other_run, other) = one.names[second], one.names[first]
    return f"Least alike: {label(run, Method(method))} and {label(other_run, Method(other))}, rank correlation {value:.2f}"

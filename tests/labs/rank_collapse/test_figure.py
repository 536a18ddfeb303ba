import numpy as np

from explorer.drawing import axes
from explorer.drawing.palette import COLOURS
from explorer.labs.rank_collapse.compute import Trace
from explorer.labs.rank_collapse.figure import FLOOR, Networks, card, rank_collapse


def test_rank_collapse_leaves_out_what_rounding_made_but_not_what_was_computed_apart() -> None:
    tiny, rounded = np.array([1.0, 1e-3, 1e-30]), Trace(np.array([1.0, 1e-3, 1e-16]), np.array([]))
    kept = Trace(np.array([1.0, 0.5, 0.2]), np.array([2.0, 3.0]))
    figure = rank_collapse(Networks(tiny, rounded, kept, kept, kept))
    lines = {trace.name: trace for trace in figure.data}
    assert lines["attention alone"].y[2] == 1e-30
    assert np.isnan(lines["attention and MLP"].y[2])
    assert [lines[name].line.color for name in ("attention alone", "pre-norm", "post-norm")] == list(COLOURS[:3])
    assert list(lines["pre-norm"].x) == [1, 2]
    assert figure.layout.yaxis.range == (FLOOR, 1)
    assert card(Networks(tiny, rounded, kept, kept, kept)).layout.height == axes.CARD

import numpy as np

from explorer.drawing import axes
from explorer.drawing.palette import COLOURS
from explorer.labs.identity.figure import card, identity
from explorer.labs.identity.result import IdentityLearned


def test_the_identity_has_no_point_where_the_error_is_nothing() -> None:
    line = {"inputs": (-1.0, 1.0), "before": (0.0, 0.0), "after": (-1.0, 1.0)}
    told = [IdentityLearned(shortcut=shortcut, errors=(0.0, 0.5), **line) for shortcut in (False, True)]
    figure = identity(told)
    errors = [trace for trace in figure.data if trace.xaxis == "x" and trace.name]
    assert [trace.y for trace in errors] == [(None, 0.5)] * 2
    assert [trace.line.color for trace in errors] == list(COLOURS[:2])
    assert figure.layout.yaxis.type == "log"
    assert tuple(figure.layout.yaxis.range) == (-8, 4)
    far = [one.model_copy(update={"errors": (4e12, 1.0)}) for one in told]
    assert tuple(identity(far).layout.yaxis.range) == (-8, 14)
    assert card(np.arange(3.0), [np.arange(3.0)]).layout.height == axes.CARD

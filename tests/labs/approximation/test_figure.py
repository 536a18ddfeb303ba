import numpy as np
import pytest

from explorer.drawing import axes
from explorer.drawing.palette import COLOURS
from explorer.labs.approximation.compute import function, line
from explorer.labs.approximation.figure import KINDS, approximation, card
from explorer.labs.approximation.result import Approximation


def test_the_approximation_shows_every_fit_whole_and_without_x() -> None:
    x, f = line(), function(line(), 1.0, 0.3)
    told = [Approximation(network=kind, fit=tuple(f + 0.1), errors=(0.5, 0.0)) for kind in KINDS]
    figure = approximation(x, f, told)
    for index, name in KINDS.values():
        whole, left, errors = (trace for trace in figure.data if trace.name == name)
        assert whole.line.color == COLOURS[index]
        assert np.array(whole.y) - np.array(left.y) == pytest.approx(x)
        assert errors.y == (0.5, None)
    assert figure.layout.yaxis3.type == "log"
    assert card(x, f).layout.height == axes.CARD

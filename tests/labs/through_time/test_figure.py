import numpy as np
import pytest

from explorer.drawing import axes
from explorer.drawing.palette import COLOURS
from explorer.labs.through_time.compute import History
from explorer.labs.through_time.figure import card, through_time


def test_through_time_takes_its_scale_from_the_networks_without_the_sliders_gate() -> None:
    a, b = History(np.array([0.0, 2.0]), np.array([1e-4, 1.0]), np.array([])), np.array([1.0, 1.0])
    figures = [through_time([a, History(b, b, b), History(b, np.array([small, 1.0]), b)], [None] * 3) for small in (1e-30, 0.5)]
    assert figures[0].layout.yaxis.range == figures[1].layout.yaxis.range == (-5, 5)
    lines = [trace for trace in figures[0].data if trace.xaxis == "x"]
    assert [trace.line.color for trace in lines] == list(COLOURS[:3])
    assert figures[0].layout.yaxis.type == "log"
    assert card([a]).layout.height == axes.CARD


def test_through_time_draws_the_training_that_is_known_and_names_what_is_not() -> None:
    one = History(np.ones(3), np.ones(3), np.ones(2))
    figure = through_time([one] * 3, [np.array([0.5, 0.1]), None, None])
    [curve] = [trace for trace in figure.data if trace.xaxis == "x3"]
    assert curve.name == "A recurrent"
    assert list(curve.y) == pytest.approx([0.5, 0.3])
    assert "B, C: being trained" in [note.text for note in figure.layout.annotations]
    assert figure.layout.yaxis3.title.text == "mean square error (log)"
    [line] = [shape for shape in figure.layout.shapes if shape.y0 == shape.y1]
    assert line.y0 == pytest.approx(1 / 6)

import numpy as np

from explorer.drawing import axes
from explorer.drawing.palette import COLOURS
from explorer.labs.correction.figure import Plane, card, correction


def test_the_correction_draws_three_decisions_and_training_beside_the_identity() -> None:
    marks = np.linspace(-2, 2, 61)
    plane = Plane(marks, 0.4 * marks, np.array([[0.0, 1.0], [1.0, 0.0]]), (1, 0))
    second = np.repeat(marks, 61)
    figure = correction(plane, [second] * 3, [(0.9,), (0.5, 0.6), (0.8, 1.0)], 1)
    decisions = [trace for trace in figure.data if trace.type == "heatmap"]
    assert len(decisions) == 3
    assert decisions[0].z[0][0] == -1
    assert decisions[0].z[-1][0] == 1
    lines = [trace for trace in figure.data if trace.xaxis == "x4"]
    assert [list(line.y) for line in lines] == [[50, 60], [80, 100]]
    assert [line.line.color for line in lines] == list(COLOURS[:2])
    assert card(plane).layout.height == axes.CARD

import numpy as np
import pytest

from explorer.drawing import axes
from explorer.drawing.palette import COLOURS
from explorer.labs.euler.compute import FIELDS, Side, backward, eigenvalues, flow, forward, ring
from explorer.labs.euler.figure import FAR, card, euler


def test_euler_draws_forward_as_b_and_backward_as_c_and_leaves_out_what_is_lost() -> None:
    field, starts = FIELDS["stiff"], ring()
    truth, values = flow(field, starts, 6.0), eigenvalues(field, np.zeros((1, 2)))
    journeys = forward(field, starts, 0.1, 60), backward(field, starts, 0.1, 60, newton=True)
    figure = euler(tuple(Side(one, truth, values) for one in journeys), 0.1)
    lines = {trace.xaxis: trace for trace in figure.data if trace.mode == "lines+markers"}
    assert lines["x"].line.color == COLOURS[1]
    assert lines["x2"].line.color == COLOURS[2]
    assert np.nanmax(np.abs(lines["x"].x)) < FAR < np.nanmax(np.abs(journeys[0].places))
    [crosses] = [trace for trace in figure.data if trace.xaxis == "x3" and trace.mode == "markers"]
    assert sorted(crosses.x) == pytest.approx([-2.5, -0.1])
    assert figure.layout.yaxis3.title.text == "imaginary part of hλ"
    assert card(journeys[0]).layout.height == axes.CARD

import numpy as np

from explorer.drawing import axes
from explorer.drawing.palette import COLOURS
from explorer.labs.highway.compute import matrix_factors, scalar_factors
from explorer.labs.highway.figure import card, highway
from explorer.labs.highway.result import HighwayGradient


def test_the_highway_draws_plain_in_a_s_colour_and_residual_in_b_s_and_has_no_point_at_zero() -> None:
    factors, spectra = scalar_factors(0.0), matrix_factors(0.0, 4, 0)
    before = factors[0].copy()
    figure = highway(factors, spectra, 20)
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    assert {trace.line.color for trace in lines} == set(COLOURS[:2])
    assert np.isnan(lines[0].y[1:]).all()
    assert (factors[0] == before).all()
    assert figure.layout.yaxis.type == "log"
    assert "ratio" in figure.layout.yaxis.title.text


def test_measured_points_of_the_highway_are_circles_and_zero_has_none() -> None:
    factors = scalar_factors(0.05)
    measured = HighwayGradient(plain=(1.0, 0.0) * 4, residual=(1.0, 2.0) * 4)
    figure = highway(factors, matrix_factors(0.05, 4, 0), 20, measured)
    points = [trace for trace in figure.data if trace.mode == "markers"]
    assert [list(trace.y) for trace in points] == [[1, None, 1], [1, 2, 1]]
    assert {trace.marker.symbol for trace in points} == {"circle-open"}
    assert list(points[0].x) == [0, 3, 6]


def test_a_card_is_small_and_has_no_axes() -> None:
    figure = card(scalar_factors(0.5))
    assert figure.layout.height == axes.CARD
    assert figure.layout.xaxis.visible is False

import numpy as np
import pytest

from explorer.drawing import axes
from explorer.drawing.palette import COLOURS
from explorer.labs.zero_start.compute import learn, shares, starts, target
from explorer.labs.zero_start.figure import BEYOND, CORNERS, WITHIN, card, zero_start


def test_zero_start_draws_measured_modes_in_the_networks_colours_and_the_closed_form_dotted_on_them() -> None:
    course = learn(starts(4, 0.1), target(0, (2.0, 0.5)), 0.03, 30)
    before = course.factors.copy()
    bare, figure = (zero_start(course, 12, flows) for flows in ((), (course.modes[:, 0], course.modes[:, 1])))
    modes = [trace for trace in figure.data if trace.xaxis == "x2"]
    assert [trace.line.color for trace in modes[:4]] == [COLOURS[0]] * 2 + [COLOURS[1]] * 2
    assert [trace.line.dash for trace in modes] == [None] * 4 + ["dot"] * 4
    assert modes[0].x[-1] == 30
    assert modes[0].y[-1] == modes[4].y[-1] == course.modes[30, 0, 0]
    assert len([trace for trace in bare.data if trace.xaxis == "x2"]) == 4
    assert (course.factors == before).all()


def test_zero_start_stacks_the_shares_of_the_residual_blocks_and_shows_both_outlines_at_the_step() -> None:
    wanted = target(60, (2.0, 0.5))
    course = learn(starts(4, 0.0, 0.1), wanted, 0.03, 30)
    figure = zero_start(course, 12)
    bands = [trace for trace in figure.data if trace.xaxis == "x3"]
    assert [band.name for band in bands] == ["block 1", "block 2", "block 3", "block 4"]
    assert bands[3].y == pytest.approx(100 * shares(course.factors[::3, 1], wanted).sum(axis=1))
    for axis, index in (("x", 0), ("x4", 1)):
        [last] = [trace for trace in figure.data if trace.xaxis == axis and trace.name == "returned"]
        corners = CORNERS @ course.products[12, index].T
        assert last.x[: len(corners)] == pytest.approx(corners[:, 0])
        assert last.line.color == COLOURS[index]
    assert figure.layout.yaxis5.type == "log"
    assert figure.layout.yaxis3.title.text == "P along M − I / %"
    assert tuple(figure.layout.yaxis3.range) == tuple(WITHIN)
    undone = learn(np.stack([np.eye(2) * np.array([5, 3, 0.1, 1])[:, None, None]] * 2), wanted, 0.0, 3)
    assert tuple(zero_start(undone, 3).layout.yaxis3.range) == tuple(BEYOND)
    assert zero_start(course, 300) == zero_start(course, 30)
    assert card(course.factors[-1, 1], wanted).layout.height == axes.CARD

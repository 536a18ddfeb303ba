import numpy as np
import pytest

from explorer.drawing import axes
from explorer.drawing import numbers as number
from explorer.drawing.palette import COLOURS
from explorer.labs.gate import figure as gate
from explorer.labs.gate.compute import draw, scalar_passages, vector_passages
from explorer.labs.highway import figure as highway
from explorer.labs.highway.compute import matrix_factors, scalar_factors
from explorer.labs.rank_collapse import figure as rank_collapse
from explorer.labs.rank_collapse.compute import Trace
from explorer.labs.result import HighwayGradient
from explorer.labs.skip_layer import figure as skip_layer
from explorer.labs.skip_layer.compute import fit, samples
from explorer.labs.strength import figure as strength
from explorer.labs.strength.compute import gradient_terms, sizes
from explorer.labs.through_time import figure as through_time
from explorer.labs.through_time.compute import History
from explorer.labs.zero_start import figure as zero_start
from explorer.labs.zero_start.compute import learn, shares, starts, target


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.0, "0"),
        (0.5, "0.5"),
        (3325.26, "3,330"),
        (9.5367e-7, "9.54 × 10⁻⁷"),
        (1e12, "1 × 10¹²"),
        (-0.25, "−0.25"),
        (-2e-7, "−2 × 10⁻⁷"),
    ],
)
def test_numbers_are_said_with_three_digits(value: float, said: str) -> None:
    assert number.spoken(value) == said


def test_what_is_not_finite_is_said_to_be_so_and_formulas_take_the_same_digits() -> None:
    assert number.spoken(None) == number.spoken(float("inf")) == "not finite"
    assert number.tex(9.5367e-7) == r"9.54\times10^{-7}"
    assert number.tex(-0.25) == "-0.25"
    assert number.tex(3325.26) == "3{,}330"


def test_a_log_axis_grows_by_steps_so_that_it_stands_still_while_a_slider_moves() -> None:
    assert axes.powers(9.7) == axes.powers(9.9) == [-10, 10]
    assert axes.powers(10.1) == [-20, 20]


def test_the_highway_draws_plain_in_a_s_colour_and_residual_in_b_s_and_has_no_point_at_zero() -> None:
    factors, spectra = scalar_factors(0.0), matrix_factors(0.0, 4, 0)
    before = factors[0].copy()
    figure = highway.highway(factors, spectra, 20)
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    assert {trace.line.color for trace in lines} == set(COLOURS[:2])
    assert np.isnan(lines[0].y[1:]).all()
    assert (factors[0] == before).all()
    assert figure.layout.yaxis.type == "log"
    assert "ratio" in figure.layout.yaxis.title.text


def test_measured_points_of_the_highway_are_circles_and_zero_has_none() -> None:
    factors = scalar_factors(0.05)
    measured = HighwayGradient(plain=(1.0, 0.0) * 4, residual=(1.0, 2.0) * 4)
    figure = highway.highway(factors, matrix_factors(0.05, 4, 0), 20, measured)
    points = [trace for trace in figure.data if trace.mode == "markers"]
    assert [list(trace.y) for trace in points] == [[1, None, 1], [1, 2, 1]]
    assert {trace.marker.symbol for trace in points} == {"circle-open"}
    assert list(points[0].x) == [0, 3, 6]


def test_a_card_is_small_and_has_no_axes() -> None:
    figure = highway.card(scalar_factors(0.5))
    assert figure.layout.height == axes.CARD
    assert figure.layout.xaxis.visible is False


def test_the_strengths_arrows_are_head_to_tail_and_autograds_circle_lies_on_their_sum() -> None:
    x, t, alphas = np.array([1.0, 0.5]), np.array([-1.0, -1.0]), np.linspace(-2, 2, 5)
    terms = gradient_terms(x, t, 1.0)
    figure = strength.strength(x, t, 1.0, terms, (alphas, sizes(x, t, alphas)), terms.together)
    arrows = {trace.name: trace for trace in figure.data if trace.xaxis == "x2" and trace.name}
    assert arrows["over the shortcut"].x[1] == arrows["through the branch"].x[0] == terms.shortcut[0]
    assert arrows["through the branch"].y[1] == arrows["gradient"].y[1] == terms.together[1]
    assert arrows["gradient"].line.color == COLOURS[1]
    [circle] = [trace for trace in figure.data if trace.marker.symbol == "circle-open"]
    assert (circle.x[0], circle.y[0]) == tuple(terms.together)
    assert figure.layout.yaxis2.scaleanchor == "x2"
    assert strength.card(terms).layout.height == axes.CARD


def test_the_gates_scale_stands_still_while_its_bias_moves() -> None:
    weights = draw(0.5, 20, 0)
    figures = [gate.gate(scalar_passages(0.5, bias, 20), vector_passages(weights, bias)) for bias in (-8.0, 0.0, 8.0)]
    assert len({tuple(figure.layout.yaxis.range) for figure in figures}) == 1
    lines = [trace for trace in figures[0].data if trace.mode == "lines"]
    assert [trace.line.color for trace in lines] == [*COLOURS[:3]] * 4
    assert "log" in figures[0].layout.yaxis.title.text
    assert gate.card(scalar_passages(0.5, 0.0, 20)).layout.height == axes.CARD


def test_the_skip_layers_parts_add_up_to_its_fit_on_the_picture() -> None:
    data = samples(2.0, 0.5, 0)
    fits = fit(*data, 2, 0, joined=False), fit(*data, 2, 0, joined=True)
    figure = skip_layer.skip_layer(data, fits, [(0.2, 0.1), (0.1, 0.05)])
    for index, name in enumerate(skip_layer.NAMES):
        whole, hidden, line = (trace for trace in figure.data if trace.name == name and trace.mode == "lines")
        assert whole.line.color == COLOURS[index]
        assert hidden.y + line.y == pytest.approx(whole.y)
        assert line.line.dash == "dot"
    assert figure.layout.yaxis3.type == "log"
    assert skip_layer.card(data, fits).layout.height == axes.CARD


def test_rank_collapse_leaves_out_what_rounding_made_but_not_what_was_computed_apart() -> None:
    tiny, rounded = np.array([1.0, 1e-3, 1e-30]), Trace(np.array([1.0, 1e-3, 1e-16]), np.array([]))
    kept = Trace(np.array([1.0, 0.5, 0.2]), np.array([2.0, 3.0]))
    figure = rank_collapse.rank_collapse(rank_collapse.Networks(tiny, rounded, kept, kept, kept))
    lines = {trace.name: trace for trace in figure.data}
    assert lines["attention alone"].y[2] == 1e-30
    assert np.isnan(lines["attention and MLP"].y[2])
    assert [lines[name].line.color for name in ("attention alone", "pre-norm", "post-norm")] == list(COLOURS[:3])
    assert list(lines["pre-norm"].x) == [1, 2]
    assert figure.layout.yaxis.range == (rank_collapse.FLOOR, 1)
    assert rank_collapse.card(rank_collapse.Networks(tiny, rounded, kept, kept, kept)).layout.height == axes.CARD


def test_zero_start_draws_measured_modes_in_the_networks_colours_and_the_closed_form_dotted_on_them() -> None:
    course = learn(starts(4, 0.1), target(0, (2.0, 0.5)), 0.03, 30)
    before = course.factors.copy()
    bare, figure = (
        zero_start.zero_start(course, 12, flows) for flows in ((), (course.modes[:, 0], course.modes[:, 1]))
    )
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
    figure = zero_start.zero_start(course, 12)
    bands = [trace for trace in figure.data if trace.xaxis == "x3"]
    assert [band.name for band in bands] == ["block 1", "block 2", "block 3", "block 4"]
    assert bands[3].y == pytest.approx(100 * shares(course.factors[::3, 1], wanted).sum(axis=1))
    for axis, index in (("x", 0), ("x4", 1)):
        [last] = [trace for trace in figure.data if trace.xaxis == axis and trace.name == "returned"]
        corners = zero_start.CORNERS @ course.products[12, index].T
        assert last.x[: len(corners)] == pytest.approx(corners[:, 0])
        assert last.line.color == COLOURS[index]
    assert figure.layout.yaxis5.type == "log"
    assert figure.layout.yaxis3.title.text == "P along M − I / %"
    assert tuple(figure.layout.yaxis3.range) == tuple(zero_start.WITHIN)
    undone = learn(np.stack([np.eye(2) * np.array([5, 3, 0.1, 1])[:, None, None]] * 2), wanted, 0.0, 3)
    assert tuple(zero_start.zero_start(undone, 3).layout.yaxis3.range) == tuple(zero_start.BEYOND)
    assert zero_start.zero_start(course, 300) == zero_start.zero_start(course, 30)
    assert zero_start.card(course.factors[-1, 1], wanted).layout.height == axes.CARD


def test_through_time_takes_its_scale_from_the_networks_without_the_sliders_gate() -> None:
    a, b = History(np.array([0.0, 2.0]), np.array([1e-4, 1.0]), np.array([])), np.array([1.0, 1.0])
    figures = [
        through_time.through_time([a, History(b, b, b), History(b, np.array([small, 1.0]), b)], [None] * 3)
        for small in (1e-30, 0.5)
    ]
    assert figures[0].layout.yaxis.range == figures[1].layout.yaxis.range == (-5, 5)
    lines = [trace for trace in figures[0].data if trace.xaxis == "x"]
    assert [trace.line.color for trace in lines] == list(COLOURS[:3])
    assert figures[0].layout.yaxis.type == "log"
    assert through_time.card([a]).layout.height == axes.CARD


def test_through_time_draws_the_training_that_is_known_and_names_what_is_not() -> None:
    one = History(np.ones(3), np.ones(3), np.ones(2))
    figure = through_time.through_time([one] * 3, [np.array([0.5, 0.1]), None, None])
    [curve] = [trace for trace in figure.data if trace.xaxis == "x3"]
    assert curve.name == "A recurrent"
    assert list(curve.y) == pytest.approx([0.5, 0.3])
    assert "B, C: being trained" in [note.text for note in figure.layout.annotations]
    assert figure.layout.yaxis3.title.text == "mean square error (log)"
    [line] = [shape for shape in figure.layout.shapes if shape.y0 == shape.y1]
    assert line.y0 == pytest.approx(1 / 6)

import numpy as np

from explorer.drawing import axes
from explorer.drawing.palette import COLOURS
from explorer.labs.strength.compute import gradient_terms, sizes
from explorer.labs.strength.figure import card, strength


def test_the_strengths_arrows_are_head_to_tail_and_autograds_circle_lies_on_their_sum() -> None:
    x, t, alphas = np.array([1.0, 0.5]), np.array([-1.0, -1.0]), np.linspace(-2, 2, 5)
    terms = gradient_terms(x, t, 1.0)
    figure = strength(x, t, 1.0, terms, (alphas, sizes(x, t, alphas)), terms.together)
    arrows = {trace.name: trace for trace in figure.data if trace.xaxis == "x2" and trace.name}
    assert arrows["over the shortcut"].x[1] == arrows["through the branch"].x[0] == terms.shortcut[0]
    assert arrows["through the branch"].y[1] == arrows["gradient"].y[1] == terms.together[1]
    assert arrows["gradient"].line.color == COLOURS[1]
    [circle] = [trace for trace in figure.data if trace.marker.symbol == "circle-open"]
    assert (circle.x[0], circle.y[0]) == tuple(terms.together)
    assert figure.layout.yaxis2.scaleanchor == "x2"
    assert card(terms).layout.height == axes.CARD

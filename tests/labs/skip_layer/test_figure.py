import pytest

from explorer.drawing import axes
from explorer.drawing.palette import COLOURS
from explorer.labs.skip_layer.compute import fit, samples
from explorer.labs.skip_layer.figure import NAMES, card, skip_layer


def test_the_skip_layers_parts_add_up_to_its_fit_on_the_picture() -> None:
    data = samples(2.0, 0.5, 0)
    fits = fit(*data, 2, 0, joined=False), fit(*data, 2, 0, joined=True)
    figure = skip_layer(data, fits, [(0.2, 0.1), (0.1, 0.05)])
    for index, name in enumerate(NAMES):
        whole, hidden, line = (trace for trace in figure.data if trace.name == name and trace.mode == "lines")
        assert whole.line.color == COLOURS[index]
        assert hidden.y + line.y == pytest.approx(whole.y)
        assert line.line.dash == "dot"
    assert figure.layout.yaxis3.type == "log"
    assert card(data, fits).layout.height == axes.CARD

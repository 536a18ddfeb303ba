from explorer.drawing import axes
from explorer.drawing.palette import COLOURS
from explorer.labs.gate.compute import draw, scalar_passages, vector_passages
from explorer.labs.gate.figure import card, gate


def test_the_gates_scale_stands_still_while_its_bias_moves() -> None:
    weights = draw(0.5, 20, 0)
    figures = [gate(scalar_passages(0.5, bias, 20), vector_passages(weights, bias)) for bias in (-8.0, 0.0, 8.0)]
    assert len({tuple(figure.layout.yaxis.range) for figure in figures}) == 1
    lines = [trace for trace in figures[0].data if trace.mode == "lines"]
    assert [trace.line.color for trace in lines] == [*COLOURS[:3]] * 4
    assert "log" in figures[0].layout.yaxis.title.text
    assert card(scalar_passages(0.5, 0.0, 20)).layout.height == axes.CARD

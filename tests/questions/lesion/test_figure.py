import numpy as np

from explorer.drawing.palette import COLOURS
from explorer.questions.lesion.figure import count_curves, single_bars
from explorer.questions.lesion.result import LesionResult

WHOLE = LesionResult(intact=0.1, lesions=("stage1.block1", "stage2.block1"), errors=((0.4,), ()), pictures=10)
COUNTS = LesionResult(intact=0.1, lesions=("1", "3"), errors=((0.2, 0.4), (0.6, 0.8)), pictures=10)


def test_a_bar_is_the_error_without_a_block_and_a_cross_one_that_cannot_go() -> None:
    figure = single_bars([WHOLE, WHOLE])
    bars = [trace for trace in figure.data if trace.type == "bar"]
    assert [list(bar.y) for bar in bars] == [[40, None]] * 2
    assert [bar.marker.color for bar in bars] == list(COLOURS[:2])
    crosses = [trace for trace in figure.data if trace.type == "scatter"]
    assert [(list(cross.x), list(cross.y)) for cross in crosses] == [([2], [10])] * 2
    assert [shape.y0 for shape in figure.layout.shapes] == [10, 10]


def test_all_networks_have_one_scale_of_errors() -> None:
    figure = single_bars([WHOLE, WHOLE])
    assert figure.layout.yaxis.range == figure.layout.yaxis2.range == (0, 100)
    assert figure.layout.xaxis.range == figure.layout.xaxis2.range == (0.5, 2.5)


def test_a_curve_starts_at_the_whole_network_and_its_band_holds_every_draw() -> None:
    band, line = count_curves([COUNTS], "blocks").data
    assert list(line.x) == [0, 1, 3]
    np.testing.assert_allclose(line.y, [10, 30, 70])
    np.testing.assert_allclose(band.y, [10, 40, 80, 60, 20, 10])
    assert list(band.x) == [0, 1, 3, 3, 1, 0]

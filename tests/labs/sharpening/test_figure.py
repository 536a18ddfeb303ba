import numpy as np

from explorer.drawing import axes
from explorer.drawing.palette import COLOURS
from explorer.labs.sharpening.figure import card, sharpening


def test_the_sharpening_shows_four_photos_and_what_b_adds_with_zero_in_the_middle() -> None:
    x, plain, residual, sharp = (np.full((96, 96), value) for value in (0.5, 0.25, 0.75, 1.0))
    figure = sharpening([x, plain, residual, sharp], [(10.0, 20.0), (25.0, 30.0)], 24.0, 1)
    photos = [trace for trace in figure.data if trace.type == "heatmap"]
    assert [int(trace.z[0][0]) for trace in photos[:4]] == [128, 64, 191, 255]
    assert photos[4].z[0][0] == 0.25
    assert photos[4].zmin == -photos[4].zmax
    lines = [trace for trace in figure.data if trace.type == "scatter"]
    assert [trace.line.color for trace in lines] == list(COLOURS[:2])
    assert figure.layout.yaxis6.title.text == "PSNR / dB"
    assert card([np.linspace(0, 1, 25)]).layout.height == axes.CARD

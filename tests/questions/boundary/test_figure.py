import numpy as np

from explorer.questions.boundary.figure import both_sides, mosaic, passed_over
from explorer.questions.boundary.measure import boundary
from explorer.specs import Shortcut
from tests.questions.boundary.sample import IMAGE, network


def test_a_mosaic_holds_every_channel_with_a_gap_between() -> None:
    channels = tuple(((float(place), 0.0), (0.0, 1.0)) for place in range(3))
    page = mosaic(channels)
    assert page.shape == (5, 5)  # two columns: 2 + 1 + 2
    assert page[0, 0] == 0
    assert page[0, 3] == 1
    assert page[3, 0] == 2
    assert np.isnan(page[2]).all()
    assert np.array(passed_over(channels, 2)).sum() == 9


def test_the_figure_crosses_out_zero_channels_and_pales_passed_pixels() -> None:
    told = boundary(network(), IMAGE, 0, 2)
    figure = both_sides(told)
    maps = [trace for trace in figure.data if trace.type == "heatmap"]
    [crosses] = [trace for trace in figure.data if trace.type == "scatter"]
    assert len(maps) == 3
    assert np.nansum(maps[2].z) == 4 * 48  # 64 pixels, 16 of them looked at
    assert len(crosses.x) == 6 * len(told.zero_channels)


def test_a_plain_block_has_one_side() -> None:
    told = boundary(network(shortcut=Shortcut.NONE), IMAGE, 0, 2)
    assert [note.text for note in both_sides(told).layout.annotations] == ["x: 4×8×8", "no shortcut"]

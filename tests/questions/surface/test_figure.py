import pytest

from explorer.questions.surface.figure import contours, hills, slices
from explorer.questions.surface.result import Surface

PLACES = (-1.0, 0.0, 1.0)
WHOLE = Surface(places=PLACES, rows=((10, 1, 100), (1, 0.1, 1), (10, None, 1000)), pictures=256)
BEGUN = Surface(places=PLACES, rows=(None, (5, 2, 5), None), pictures=256)
LINE = Surface(places=PLACES, rows=((3, 0.5, None),), pictures=256)


def test_a_slice_is_a_line_a_network_on_a_log_axis_in_nats() -> None:
    figure = slices([LINE, LINE])
    assert len(figure.data) == 2
    assert list(figure.data[0].y) == [3, 0.5, None]
    assert figure.layout.yaxis.type == "log"
    assert figure.layout.yaxis.title.text == "loss / nats"


@pytest.mark.parametrize("draw", [contours, hills])
def test_all_networks_share_one_scale_of_powers_of_ten_and_gaps_stay_empty(draw) -> None:
    figure = draw([WHOLE, BEGUN])
    panels = [trace for trace in figure.data if trace.type in {"contour", "surface"}]
    assert [[*row] for row in panels[0].z] == [[1, 0, 2], [0, -1, 0], [1, None, 3]]
    assert [*panels[1].z[0]] == [None, None, None]
    assert {panel.coloraxis for panel in panels} == {"coloraxis"}
    assert (figure.layout.coloraxis.cmin, figure.layout.coloraxis.cmax) == (-1, 3)


@pytest.mark.parametrize("draw", [contours, hills])
def test_panels_for_all_networks_stand_from_the_start(draw) -> None:
    figure = draw([BEGUN], networks=3)
    titles = [note.text for note in figure.layout.annotations if note.text]
    assert [title.split(">")[2][0] for title in titles] == ["A", "B", "C"]


def test_three_dimensions_have_one_height() -> None:
    figure = hills([WHOLE, BEGUN])
    assert [*figure.layout.scene.zaxis.range] == [*figure.layout.scene2.zaxis.range] == [-1, 3]

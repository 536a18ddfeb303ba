import pytest

from explorer.questions.anatomy.figure import added, downhill, gradient_share, readout, written
from tests.questions.anatomy.sample import PLAIN, RESIDUAL


def test_the_share_is_of_the_two_parts_and_a_plain_network_has_no_line() -> None:
    plain, residual = gradient_share([PLAIN, RESIDUAL]).data
    assert list(plain.y) == [None, None]
    assert list(residual.y) == [0.75, 0.5]
    assert list(residual.x) == [1, 2]
    assert residual.customdata[0] == "‖g_shortcut‖ 3, ‖g_branch‖ 1, cosine 0.1"


def test_read_outs_begin_at_the_stem_and_the_rest_at_the_first_block() -> None:
    [line] = readout([RESIDUAL]).data
    assert list(line.x) == [0, 1, 2]
    assert list(line.y) == pytest.approx([20, 50, 75])
    assert list(added([RESIDUAL]).data[0].y) == [0.5, 2]
    assert list(downhill([RESIDUAL]).data[0].y) == [0.25, None]


def test_who_wrote_is_told_in_percent_with_what_came_before_and_the_relus() -> None:
    plain, residual = written([PLAIN, RESIDUAL]).data
    assert list(plain.y) == [None, None]
    assert list(residual.y) == [25, 50]
    assert residual.customdata[0] == "before 37.5 %, relu -12.5 %"

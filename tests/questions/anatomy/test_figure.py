import pytest

from explorer.questions.anatomy.figure import added, downhill, gradient_share, readout, written
from explorer.questions.anatomy.result import Anatomy

RESIDUAL = Anatomy(
    blocks=("stage1.block1", "stage2.block1"),
    shortcut_gradient=(3.0, 1.0), branch_gradient=(1.0, 1.0), input_gradient=(3.5, 1.5), gradient_cosine=(0.1, 0.2),
    added=(0.5, 2.0), added_cosine=(0.0, 0.3), downhill=(0.25, None), readout=(0.2, 0.5, 0.75),
    written=(0.25, 0.5), written_before=0.375, written_relu=-0.125, written_constant=0.0, batch=256, fitted=1437, pictures=360,
)  # fmt: skip
NONE = (None, None)
PLAIN = RESIDUAL.model_copy(
    update={
        "shortcut_gradient": NONE,
        "gradient_cosine": NONE,
        "added": NONE,
        "added_cosine": NONE,
        "downhill": NONE,
        "written": NONE,
    }
)


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

from explorer.drawing.palette import COLOURS
from explorer.questions.switchboard.figure import switchboard
from explorer.questions.switchboard.result import FirstStep
from explorer.specs import Normalisation


def one(plain: bool, first: tuple[float | None, ...]) -> FirstStep:
    low, high = (0.1, 0.2, 0.0), (10.0, 20.0, 30.0)
    return FirstStep(
        plain=plain, normalisation=Normalisation.NONE, scale="large", depths=(8, 20, 110), first=first, low=low, high=high
    )  # fmt: skip


def test_a_line_has_no_point_where_fp32_ends_and_its_band_neither() -> None:
    band, line = switchboard([one(True, (1.0, 0.0, None))]).data
    assert list(line.y) == [1, None, None]
    assert list(band.x) == [8, 20, 20, 8]
    assert list(band.y) == [10, 20, 0.2, 0.1]


def test_plain_is_a_and_residual_b_in_the_panel_of_their_setting() -> None:
    figure = switchboard([one(True, (1.0, 1.0, 1.0)), one(False, (2.0, 2.0, 2.0))])
    lines = [trace for trace in figure.data if trace.mode == "lines+markers"]
    assert [line.line.color for line in lines] == list(COLOURS[:2])
    assert {line.xaxis for line in lines} == {"x6"}
    assert figure.layout.yaxis6.type == "log"
    assert [text.text for text in figure.layout.annotations][5] == "no normalisation, large initial weights"

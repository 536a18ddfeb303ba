from explorer.questions.anatomy.words import CHARTS, caption, finding
from tests.questions.anatomy.sample import PLAIN, RESIDUAL


def test_the_median_blocks_share_of_the_gradient_is_told_and_a_plain_network_has_one_term() -> None:
    told = finding([PLAIN, RESIDUAL], ["A plain-8", "B residual-8"])
    assert told == "Gradient over the shortcut, median block: A plain-8 has one term, B residual-8 62.5 %"


def test_every_chart_has_a_heading_and_the_caption_says_how_many_pictures() -> None:
    assert list(CHARTS) == ["share", "added", "written", "readout", "downhill"]
    assert "256 training pictures" in caption(RESIDUAL)
    assert "fitted to 1,437 training pictures, asked on 360" in caption(RESIDUAL)

import pytest

from explorer.questions.speed.figure import time_against_macs
from tests.questions.speed.sample import LADDER


def test_the_figure_has_forward_and_training_on_log_axes_with_units() -> None:
    figure = time_against_macs(LADDER)
    marks = {trace.name: trace for trace in figure.data if trace.mode == "markers"}
    assert list(marks["forward"].y) == [1, 10, 0.4]
    assert list(marks["training step"].y) == pytest.approx([3, 30, 1.2])
    assert figure.layout.xaxis.type == figure.layout.yaxis.type == "log"
    assert figure.layout.yaxis.title.text == "seconds a picture"
    assert {note.text for note in figure.layout.annotations} == {"b", "c"}

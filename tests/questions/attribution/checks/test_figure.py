import numpy as np
import pytest

from explorer.drawing.theme import COLOURS
from explorer.questions.attribution.checks import figure as checks
from explorer.questions.attribution.checks.result import Checked
from explorer.questions.attribution.checks.spec import Check
from explorer.questions.attribution.methods.spec import Method
from tests.checked import networks


def test_scores_are_a_dot_a_network_and_method_with_its_interval_and_chance_is_a_dashed_line() -> None:
    results = networks()
    before = [one.model_dump() for network in results for one in network]
    figure = checks.scores(results, {"inside": "share inside"}, chance="area")
    assert [trace.name for trace in figure.data] == ["A", "B"]
    assert [trace.marker.color for trace in figure.data] == list(COLOURS[:2])
    for trace, network in zip(figure.data, results, strict=True):
        for x, low, high, one in zip(trace.x, trace.error_x.arrayminus, trace.error_x.array, network, strict=True):
            told = one.interval("inside")
            assert (x, x - low, x + high) == pytest.approx(tuple(told))
    assert figure.layout.shapes[0].line.dash == "dash"
    assert list(figure.layout.yaxis.ticktext) == ["Saliency", "Grad-CAM"]
    assert [one.model_dump() for network in results for one in network] == before


def test_curves_run_over_the_share_of_pixels() -> None:
    figure = checks.curves([network[0] for network in networks()])
    assert len(figure.data) == 4
    assert list(figure.data[0].x) == [0, 100]
    assert "%" in figure.layout.xaxis.title.text
    assert figure.layout.yaxis.title.text == "probability of the class"


def test_levels_are_a_table_a_network_from_trained_to_all_random() -> None:
    names = ("trained", "head", "stage1")
    one = Checked(check=Check.WEIGHTS, method=Method.SALIENCY, names=names, values=((1.0,) * 4, (0.5,) * 4, (0.1,) * 4))
    figure = checks.levels([[one], [one]])
    assert [trace.type for trace in figure.data] == ["heatmap"] * 2
    assert list(figure.data[0].x) == ["trained", "+ head", "+ stage1"]
    assert np.allclose(figure.data[0].z, [[1, 0.5, 0.1]])

from explorer.questions.attribution.progress.figure import over_steps
from tests.checked import networks


def test_a_score_over_training_is_a_panel_a_method_and_a_line_a_network() -> None:
    figure = over_steps([10, 20, 30], [networks() for _ in range(3)], "inside", "share inside")
    assert len(figure.data) == 4
    assert list(figure.data[0].x) == [10, 20, 30]
    assert figure.layout.yaxis.title.text == "share inside"

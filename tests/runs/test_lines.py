import pytest

from explorer.runs.events import Diverged, Evaluation, Finished, Started
from explorer.runs.lines import from_line, to_line
from tests.runs.race import step


def test_every_event_survives_its_line() -> None:
    events = [
        Started(0, 3, "cpu", "x", "fp32", ("a",)),
        step(1),
        Evaluation(1, 1, 1, 1, 1),
        Finished(3, 0, 0, 1),
        Diverged(2, "a"),
    ]
    assert [from_line(to_line(event)) for event in events] == events
    assert to_line(step(1, float("inf")))["loss"] is None


@pytest.mark.parametrize(
    "line", [{}, {"event": "checkpoint"}, {"event": "step"}, {"event": "step", "nonsense": 1}, {"event": 3}]
)
def test_a_line_of_another_content_is_refused(line: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"event|not a"):
        from_line(line)

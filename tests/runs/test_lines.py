import pytest

from explorer.runs.events import Checkpoint, Diverged, Evaluation, Failed, Finished, Started
from explorer.runs.lines import from_line, to_line, to_words
from tests.runs.race import step


def test_every_event_survives_its_line() -> None:
    events = [Started(0, 3, "cpu", "x", "fp32", ("a",)), step(1), Evaluation(1, 1, 1, 1, 1), Finished(3, 0, 0, 1), Diverged(2, "a")]
    assert [from_line(to_line(event)) for event in events] == events
    assert to_line(step(1, float("inf")))["loss"] is None


@pytest.mark.parametrize("line", [{}, {"event": "checkpoint"}, {"event": "step"}, {"event": "step", "nonsense": 1}, {"event": 3}])
def test_a_line_of_another_content_is_refused(line: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"event|not a"):
        from_line(line)


def test_an_event_is_told_in_words_if_it_tells_a_person_something() -> None:
    assert to_words(step(3, 1.23456)) == "step 3: loss 1.235"
    assert to_words(Evaluation(3, 1, 0.25, 1, 0.5)) == "step 3: training error 25.0%, test error 50.0%"
    assert to_words(Finished(3, 0.25, 0.5, 1)) == "Finished: training error 25.0%, test error 50.0%."
    assert to_words(Diverged(2, "conv")) == "Diverged at step 2, first seen in conv."
    assert to_words(Failed(2, "No memory is left.")) == "No memory is left."
    assert to_words(Started(0, 3, "cpu", "x", "fp32", ("a",))) == to_words(Checkpoint(3, b"", b"")) == ""

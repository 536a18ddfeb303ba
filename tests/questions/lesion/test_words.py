import pytest

from explorer.questions.lesion.result import LesionResult
from explorer.questions.lesion.spec import Removal
from explorer.questions.lesion.words import chosen_words, finding, toggled

RESULT = LesionResult(intact=0.1, lesions=("1", "2", "3"), errors=((0.4,), (0.2,), ()), pictures=10)


@pytest.mark.parametrize(("removed", "wanted"), [((), ("b",)), (("a",), ("a", "b")), (("b",), ()), (("a", "b", "c"), ("a", "c"))])
def test_a_click_takes_a_block_away_and_another_brings_it_back(removed: tuple[str, ...], wanted: tuple[str, ...]) -> None:
    assert toggled(removed, "b") == wanted


def test_the_median_is_of_the_blocks_that_can_go_and_before_it_is_measured_the_page_asks() -> None:
    assert finding({}, ["A one"]) == "Which blocks can a trained network do without?"
    told = finding({Removal.SINGLE: [RESULT]}, ["A one"])
    assert told == "Test error, whole → without one block (median): A one 10 % → 30 %"


def test_chosen_blocks_are_named_while_they_are_asked_about_and_after() -> None:
    assert chosen_words({}, ["A one"], []) == "Click blocks in the diagrams to take them away together."
    assert chosen_words({}, ["A one"], ["a", "b"]) == "Without a, b: asking the whole test set."
    assert chosen_words({Removal.CHOSEN: [RESULT]}, ["A one"], ["a"]) == "Without a: A one 10 % → 40 %"

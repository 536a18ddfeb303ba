from explorer.questions.boundary.words import asking, finding
from explorer.specs import CARDS, DatasetName
from tests.questions.boundary.sample import SIDES


def test_a_plain_block_has_no_shortcut_to_speak_of() -> None:
    told = finding(SIDES.model_copy(update={"carried": None}))
    assert told == "no shortcut; everything passes through the branch."


def test_a_test_picture_is_named_with_its_class_and_ones_own_is_not() -> None:
    card = CARDS[DatasetName.DIGITS]
    assert "picture 7 (class 3) passes" in asking(2, 7, 3, card)
    assert "what of your picture passes" in asking(3, "upload", -1, card)

import numpy as np

from explorer.questions.attribution.methods.spec import Method
from explorer.questions.attribution.methods.words import CARDS, unreached
from tests.questions.attribution.methods.test_result import result


def test_every_method_has_a_card_with_a_formula_and_a_source() -> None:
    assert set(CARDS) == set(Method)
    for card in CARDS.values():
        assert card.formula.count("{") == card.formula.count("}")
        assert all((card.title, card.answers, card.cost, card.misleads, card.source))


def test_maps_whose_delta_stayed_above_the_tolerance_are_counted() -> None:
    deltas = {Method.INTEGRATED_GRADIENTS: np.array([0.2, 0.01], np.float32)}
    found = result(deltas=deltas)  # the logits rise by 0.75 and fall by 1
    assert "1 of 2 maps" in unreached([found], 0.05)
    assert unreached([found], 0.5) == ""
    assert unreached([result(deltas={})], 0.05) == ""

from explorer.questions.graft.words import finding, table
from tests.questions.graft.sample import GRAFTED


def test_a_loss_that_is_not_finite_is_said_so() -> None:
    broken = GRAFTED.model_copy(update={"loss_after": None})
    told = finding([GRAFTED, broken], ["A one", "B other"])
    assert told == "Test loss before and after: A one 0.25 → 2.5, B other 0.25 → not finite"
    assert table([broken], ["one"]).endswith("| A | one | residual-26 | 0.25 → not finite | 5 % → 90 % |")

from explorer.questions.attribution.checks.result import Checked
from explorer.questions.attribution.checks.spec import Check
from explorer.questions.attribution.checks.words import suspects
from explorer.questions.attribution.methods.spec import Method


def test_a_method_that_keeps_its_order_with_random_stages_is_marked() -> None:
    def of(method: Method, value: float) -> Checked:
        rows = ((1.0,) * 8, tuple(value + 0.01 * index for index in range(8)))
        return Checked(check=Check.WEIGHTS, method=method, names=("trained", "stage1"), values=rows)

    kept, lost = of(Method.GUIDED_BACKPROPAGATION, 0.7), of(Method.SALIENCY, 0.2)
    assert suspects([[kept, lost]]) == [Method.GUIDED_BACKPROPAGATION]
    assert suspects([[lost], [lost]]) == []

from explorer.questions.attribution.checks.spec import Check, CheckSpec
from explorer.questions.attribution.methods.spec import Method


def test_a_question_is_asked_method_by_method_but_shuffled_labels_are_learned_once() -> None:
    spec = CheckSpec(runs=("a",), check=Check.MASK, methods=tuple(Method), block="stage1.block1")
    parts = spec.parts()
    assert [part.methods for part in parts] == [(method,) for method in Method]
    assert {part.block for part in parts if not part.methods[0].reads_block} == {""}
    assert CheckSpec(runs=("a",), check=Check.LABELS, methods=tuple(Method)).parts()[0].methods == tuple(Method)

import pytest

from explorer.specs import Block, Shortcut
from explorer.ui.builder.networks import other
from explorer.ui.builder.words import FIELDS, START
from tests.pages import fresh, handed, opened

__all__ = ["fresh"]


def test_another_block_moves_the_depth_to_one_that_fits() -> None:
    test = opened("explore")
    test.number_input(key="a_depth").set_value(110).run()
    test.selectbox(key="a_block").set_value("bottleneck").run()
    assert test.session_state["a_depth"] == 110
    test.number_input(key="a_depth").set_value(119).run()
    test.selectbox(key="a_block").set_value("basic").run()
    assert test.session_state["a_depth"] in {116, 122}
    assert handed(test)["problem"] == ""


@pytest.mark.parametrize("field", FIELDS)
def test_a_rival_begins_with_what_the_first_is_not(field: str) -> None:
    first = getattr(START.networks[0], field)
    assert other(field, first) != first
    assert other(field, other(field, first)) != other(field, first)


def test_a_rival_of_a_plain_network_has_a_shortcut_and_that_of_a_residual_one_has_none() -> None:
    assert other("shortcut", Shortcut.NONE) is Shortcut.A
    assert other("shortcut", Shortcut.A) is Shortcut.NONE
    assert other("block", Block.BASIC) is Block.BOTTLENECK


def test_what_differs_is_drawn_and_nothing_else() -> None:
    test = opened("explore", b_differs="branch scale α")
    assert test.number_input(key="b_branch_scale").value == 0.5
    assert "b_shortcut" not in test.session_state
    assert [lane["title"] for lane in handed(test)["lanes"]] == ["plain-56", "plain-56"]

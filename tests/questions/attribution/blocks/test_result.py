from tests.questions.attribution.blocks.test_figure import block_maps


def test_a_shorter_network_is_shown_at_the_last_block_of_that_stage() -> None:
    one = block_maps()
    assert one.place("stage1.block9") == 1
    assert one.place("stage3.block1") == 2
    assert one.place("") == 2

from explorer.drawing.axes import powers


def test_a_log_axis_grows_by_steps_so_that_it_stands_still_while_a_slider_moves() -> None:
    assert powers(9.7) == powers(9.9) == [-10, 10]
    assert powers(10.1) == [-20, 20]

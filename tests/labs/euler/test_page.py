from tests.labs.pages import opened, served

__all__ = ["served"]


def test_euler_with_a_learned_field_says_what_share_of_the_points_is_told_apart() -> None:
    test = opened("euler", euler_field="learned")
    assert "of the points apart" in test.markdown[2].value
    assert "Evaluations of F a point: 30 forward" in test.main.caption[0].value


def test_euler_says_where_the_cheap_solver_fails() -> None:
    test = opened("euler", euler_field="stiff", euler_solver="fixed point")
    assert "layer 1 was not solved" in test.main.caption[0].value

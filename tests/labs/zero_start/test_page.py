from tests.labs.pages import opened, picture, served

__all__ = ["served"]


def test_zero_start_says_where_the_closed_form_does_not_hold() -> None:
    straight, turned = opened("zero_start"), opened("zero_start", zero_start_angle="45")
    assert "Dotted: the gradient flow" in straight.main.caption[0].value
    assert "No closed form: it needs 0 or 180°" in turned.main.caption[0].value
    assert len(picture(turned)["data"]) < len(picture(straight)["data"])

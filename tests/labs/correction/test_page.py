from tests.labs.pages import opened, served

__all__ = ["served"]


def test_the_corrections_finding_tells_the_share_of_the_square() -> None:
    said = opened("correction", correction_wiggle="0.0").markdown[2].value
    assert said.startswith("**After 50 steps the square is decided rightly for 100.0% by the identity")
    assert "by B residual mapping" in said

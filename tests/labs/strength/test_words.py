import pytest

from explorer.labs.strength.compute import gradient_terms
from explorer.labs.strength.words import finding


@pytest.mark.parametrize(
    ("x", "t", "alpha", "said"),
    [
        ((1.0, 0.5), (-1.0, -1.0), 0.0, "2.5 over the shortcut, 0 through the branch"),
        ((0.0, -0.5), (2.0, -2.0), -0.8, "they nearly cancel"),
        ((1.5, 1.0), (2.0, 0.0), 1.0, "the same way"),
        ((1.5, 1.0), (2.0, 0.0), -0.5, "against each other"),
        ((-1.0, 1.0), (2.0, 0.0), 1.0, "nearly at right angles"),
    ],
)
def test_the_strengths_finding_says_how_the_terms_stand(
    x: tuple[float, float], t: tuple[float, float], alpha: float, said: str
) -> None:
    assert said in finding(gradient_terms(x, t, alpha))

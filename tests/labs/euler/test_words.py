import pytest

from explorer.labs.euler.words import finding


@pytest.mark.parametrize(
    ("amplified", "said"),
    [
        ((1.5, 0.9, 0.9), "1.5 forward, 0.9 backward, 0.9 in truth: forward Euler blows up"),
        ((0.9, 0.95, 0.9), "0.9 in truth"),
        ((1.1, 1.2, 1.15), "1.15 in truth"),
    ],
)
def test_eulers_finding_speaks_of_blowing_up_only_where_the_field_settles(amplified: tuple[float, float, float], said: str) -> None:
    assert finding(amplified, 0.1).endswith(said) or "blows up" in said
    assert said in finding(amplified, 0.1)

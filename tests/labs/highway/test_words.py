import pytest

from explorer.labs.highway.words import finding


@pytest.mark.parametrize(
    ("a", "depth", "said"),
    [
        (0.5, 20, ": 3,486,784,401 times as much"),
        (-0.5, 20, ": the same"),
        (-0.75, 10, "times less"),
        (0.0, 20, "0 in A plain and by 1 in B residual"),
        (-1.0, 5, "1 in A plain and by 0 in B residual"),
        (0.05, 60, "times as much"),
    ],
)
def test_the_highways_finding_says_the_ratio(a: float, depth: int, said: str) -> None:
    assert said in finding(a, depth)

import pytest

from explorer.labs.zero_start.words import course, finding


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ((4, 0), "A plain never moves; B residual learns the strong stretch by step 30, the weak by step 139"),
        ((4, 180), "A plain never moves; B residual learns neither stretch"),
        ((2, 0, 0.05), "the weak by step 500; B residual the strong by step 33, the weak by step 119"),
        ((3, 0, 0.1), "A plain learns only the strong stretch, by step"),
    ],
)
def test_zero_starts_finding_says_when_each_network_has_learned_what(setting: tuple[float, ...], said: str) -> None:
    assert said in finding(course(int(setting[0]), *setting[1:]))

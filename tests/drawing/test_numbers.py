import pytest

from explorer.drawing.numbers import spoken, tex


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.0, "0"),
        (0.5, "0.5"),
        (3325.26, "3,330"),
        (9.5367e-7, "9.54 × 10⁻⁷"),
        (1e12, "1 × 10¹²"),
        (-0.25, "−0.25"),
        (-2e-7, "−2 × 10⁻⁷"),
    ],
)
def test_numbers_are_said_with_three_digits(value: float, said: str) -> None:
    assert spoken(value) == said


def test_what_is_not_finite_is_said_to_be_so_and_formulas_take_the_same_digits() -> None:
    assert spoken(None) == spoken(float("inf")) == "not finite"
    assert tex(9.5367e-7) == r"9.54\times10^{-7}"
    assert tex(-0.25) == "-0.25"
    assert tex(3325.26) == "3{,}330"

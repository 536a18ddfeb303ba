import mpmath
import numpy as np
import pytest

from explorer.labs.highway.compute import matrix_factors, ratio, scalar_factors


def test_twenty_layers_of_one_half_differ_by_three_to_the_twentieth() -> None:
    plain, residual = scalar_factors(0.5)
    assert ratio(0.5, 20) == 3**20 == 3_486_784_401
    assert residual[20] / plain[20] == pytest.approx(3**20, rel=1e-12)


def test_both_factors_are_what_multiplying_layer_by_layer_gives() -> None:
    for a in (-1.7, -1.0, -0.5, 0.0, 0.35, 2.0):
        plain, residual = scalar_factors(a, 7)
        x = y = 1.0
        for layer in range(8):
            assert (plain[layer], residual[layer]) == pytest.approx((abs(x), abs(y)), abs=1e-12)
            x, y = a * x, y + a * y


def test_there_is_no_ratio_to_a_gradient_that_is_zero() -> None:
    assert ratio(0.0, 20) is None
    assert ratio(-1.0, 3) == 0


def exact_singular_values(a: float, width: int, seed: int, depth: int, *, shortcut: bool) -> list[list[float]]:
    """The slow truth: products in sixty digits."""
    draws = np.random.default_rng(seed).standard_normal((depth, width, width))
    told = []
    with mpmath.workdps(60):
        product = mpmath.eye(width)
        for draw in draws:
            jacobian = mpmath.mpf(a) * mpmath.matrix((draw / np.abs(np.linalg.eigvals(draw)).max()).tolist())
            product = (mpmath.eye(width) + jacobian if shortcut else jacobian) * product
            told.append([float(value) for value in mpmath.svd_r(product, compute_uv=False)])
    return told


@pytest.mark.parametrize("shortcut", [False, True])
def test_singular_values_are_those_of_the_product_in_sixty_digits(shortcut: bool) -> None:
    found = matrix_factors(0.5, 4, 3, 30)[shortcut]
    for depth, exact in enumerate(exact_singular_values(0.5, 4, 3, 30, shortcut=shortcut), start=1):
        assert found.largest[depth] == pytest.approx(exact[0], rel=1e-9)
        assert found.smallest[depth] == pytest.approx(exact[-1], rel=1e-9)
        assert found.middle[depth] == pytest.approx(np.exp(np.mean(np.log(exact))), rel=1e-9)
    if not shortcut:  # where rounding would have hidden it in the product itself
        assert found.smallest[-1] / found.largest[-1] < 1e-16


def test_one_jacobian_has_the_spectral_radius_that_was_asked_for() -> None:
    plain, residual = matrix_factors(-0.7, 1, 0, 5)  # a matrix of one number is its eigenvalue, but for the sign
    assert plain.largest == pytest.approx(0.7 ** np.arange(6))
    assert set(np.round(residual.largest[1:] / residual.largest[:-1], 12)) <= {0.3, 1.7}


def test_a_slope_of_zero_leaves_nothing_plain_and_everything_residual() -> None:
    plain, residual = matrix_factors(0.0, 8, 0)
    assert plain.largest[0] == 1
    assert not plain.largest[1:].any()
    for side in (residual.largest, residual.middle, residual.smallest):
        assert np.all(side == 1)

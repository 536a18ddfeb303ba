import pytest

from explorer.labs.approximation.result import Approximation
from explorer.labs.approximation.words import finding


def test_the_approximations_finding_names_every_network_and_one_that_broke_off() -> None:
    told = [
        Approximation(network="plain", fit=(0.0,), errors=(0.5,) * 3),
        Approximation(network="rest", fit=(0.0,), errors=(0.25,) * 400),
    ]
    assert finding(told).endswith("not finite in A plain, 0.25 in C plain, learns f − x")


@pytest.mark.parametrize(("plain", "said"), [(0.5, "The shortcut helps here"), (0.1, "The shortcut does not help here")])
def test_the_approximations_finding_says_where_the_shortcut_does_not_help(plain: float, said: str) -> None:
    told = [
        Approximation(network="plain", fit=(0.0,), errors=(plain,) * 400),
        Approximation(network="residual", fit=(0.0,), errors=(0.2,) * 400),
    ]
    assert finding(told).endswith(said)

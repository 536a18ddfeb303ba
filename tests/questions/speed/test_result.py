import pytest

from explorer.questions.speed.result import slow_because, slowest
from tests.questions.speed.sample import LADDER


def test_the_slowest_does_the_fewest_multiply_adds_a_second_and_the_nearest_count_explains_it() -> None:
    assert slowest(LADDER).title == "c"
    found = slow_because(LADDER)
    assert (found.slower, found.traffic, found.calls) == pytest.approx((4, 4, 8))
    assert found.nearest == "memory traffic"

import numpy as np

from explorer.questions.attribution.pictures.result import Predictions, order


def test_a_hand_computed_standing() -> None:
    a = Predictions(np.array([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8]], np.float32), np.array([1, 1, 1]))
    b = Predictions(np.array([[0.8, 0.2], [0.1, 0.9], [0.2, 0.8]], np.float32), np.array([1, 1, 1]))
    assert a.worst == (0, 1)
    assert a.differing(b) == (1, 0, 2)


def test_orders_are_those_of_the_standings() -> None:
    a = Predictions(np.array([[0.9, 0.1], [0.6, 0.4]], np.float32), np.array([1, 0]))
    b = Predictions(np.array([[0.9, 0.1], [0.1, 0.9]], np.float32), np.array([1, 0]))
    assert order([a, b], "mistakes") == (0,)
    assert order([a, b], "differ") == (1, 0)
    assert set(order([a], "differ")) == {0, 1}

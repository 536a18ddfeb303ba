import numpy as np

from explorer.drawing.wall import Column, Group
from explorer.questions.attribution.training.figure import film

rng = np.random.default_rng(0)


def test_a_film_has_a_frame_a_checkpoint_and_ends_at_the_last() -> None:
    pictures = rng.integers(0, 255, (2, 8, 8, 1), np.uint8)
    moments = [[Group("A", "logit", (Column("", rng.standard_normal((2, 8, 8)).astype(np.float32)),), most=2.0)] for _ in range(3)]
    figure = film(pictures, [["a", "b"]] * 3, moments, ["0", "10", "20"])
    assert [frame.name for frame in figure.frames] == ["0", "10", "20"]
    assert all(frame.traces == (1,) for frame in figure.frames)
    assert np.array_equal(figure.data[1].z, figure.frames[-1].data[0].z, equal_nan=True)
    assert not np.array_equal(figure.frames[0].data[0].z, figure.frames[1].data[0].z, equal_nan=True)
    assert figure.layout.sliders[0].active == 2
    assert [button.label for button in figure.layout.updatemenus[0].buttons] == ["Play", "Stop"]

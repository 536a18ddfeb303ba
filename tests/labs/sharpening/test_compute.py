import numpy as np

from explorer.labs.sharpening.spec import Blur, kernel


def test_out_of_focus_is_a_disc() -> None:
    disc = np.array(kernel(Blur.DEFOCUS)) > 0
    assert disc.sum() == 21
    assert (disc == disc.T).all()
    assert not disc[0, 0]

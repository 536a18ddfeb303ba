from explorer.questions.surface.result import Surface
from explorer.questions.surface.words import finding

PLACES = (-0.5, 0.0, 0.5)


def test_the_greatest_loss_of_a_slice_is_told_with_the_one_in_the_middle() -> None:
    line = Surface(places=PLACES, rows=((3.0, 0.125, None),), pictures=256)
    broken = Surface(places=PLACES, rows=((None, None, None),), pictures=256)
    told = finding([line, broken], ["A one", "B other"])
    assert told == "Loss at most, along the slice: A one 3 (here 0.125), B other not finite (here not finite)"

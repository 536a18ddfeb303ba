from tests.labs.pages import opened, served

__all__ = ["served"]


def test_the_sharpenings_finding_says_when_each_was_better_than_the_blurred_photo() -> None:
    said = opened("sharpening").markdown[2].value
    assert "After 50 steps: 25.0 dB in A sharp photo (never better than x)" in said
    assert "25.0 dB in B sharpening (better than x from step 50)" in said


def test_without_a_photo_of_ones_own_the_sharpening_lab_asks_for_one() -> None:
    test = opened("sharpening", sharpening_photo="my own")
    assert "Upload a photo" in test.info[0].value

import pytest

from explorer.questions.switchboard.result import FirstStep
from explorer.questions.switchboard.words import finding
from explorer.specs import Normalisation


@pytest.mark.parametrize(
    ("deepest", "words"),
    [(None, "(not finite)"), (0.5, "0.25"), (2e3, "1.0 × 10³"), (3e-5, "1.5 × 10⁻⁵"), (0.02, "0.01"), (1998, "999")],
)
def test_a_factor_is_written_so_that_it_can_be_read(deepest: float | None, words: str) -> None:
    results = [
        FirstStep(
            plain=plain, normalisation=normalisation, scale="He", depths=(8, 110), first=(2.0, deepest), low=(1.0, 1.0),
            high=(4.0, 4.0),
        )
        for plain in (True, False)
        for normalisation in Normalisation
    ]  # fmt: skip
    assert f"with batch norm by {words} in A plain and by {words} in B residual" in finding(results)
    assert f"without normalisation by {words} in A plain" in finding(results)

import numpy as np
import pytest

from explorer.questions.attribution.likeness.result import Likeness

TABLES = np.random.default_rng(0).uniform(-1, 1, (2, 2, 3, 3)).astype(np.float32)


def test_tables_survive_packing_and_must_be_square() -> None:
    names = ((0, "saliency"), (0, "occlusion"), (1, "saliency"))
    one = Likeness(names, *TABLES)
    (again,) = Likeness.decode(Likeness.encode([one]))
    assert again.names == names
    assert np.array_equal(again.ranks, one.ranks)
    with pytest.raises(ValueError, match="does not fit"):
        Likeness(names[:2], one.ranks, one.structure)

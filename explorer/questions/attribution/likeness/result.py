"""How alike maps are: rank correlation and structural similarity of any two."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.questions.arrays import ArrayResult, Arrays, need, typed
from explorer.questions.attribution.methods.spec import AttributionSpec
from explorer.questions.question import Question

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Likeness(ArrayResult):
    """M maps compared with each other on N pictures."""

    names: tuple[tuple[int, str], ...]
    """Of each map the network's place and the method."""
    ranks: Floats
    """N×M×M, Spearman's rank correlation over pixels, −1 to 1; NaN with a map of one value."""
    structure: Floats
    """N×M×M, structural similarity (Wang et al. 2004), at most 1, of maps divided by their largest absolute value."""

    def __post_init__(self) -> None:
        """Raise ValueError if the arrays do not fit each other."""
        count = len(self.names)
        for values in (self.ranks, self.structure):
            need(values.ndim == 3 and values.shape[1:] == (count, count) and count > 0, "a table", values)

    def parts(self) -> tuple[dict[str, Any], dict[str, Floats]]:
        """Return what JSON can say of this result, and its arrays by name."""
        return {"names": self.names}, {"ranks": self.ranks, "structure": self.structure}

    @classmethod
    def of(cls, head: dict[str, Any], arrays: Arrays) -> "Likeness":
        """Return the result of such parts."""
        names = tuple((int(run), str(method)) for run, method in head["names"])
        return cls(names, *(typed(arrays[name], np.float32, name) for name in ("ranks", "structure")))


QUESTION = Question(__name__, AttributionSpec, Likeness, doing="Computing the maps", takes_file=True)
"""Its file is the maps, results of the same spec."""

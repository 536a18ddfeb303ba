"""How much gradient the paths of each length carry."""

from explorer.questions.paths.spec import PathsSpec
from explorer.questions.question import Question
from explorer.questions.result import Result


class Paths(Result):
    """One network as its paths; entry k tells of those that pass through exactly k branches, k = 0 first.

    Norms are of ∂E/∂x at the first block's input, E the loss of one picture, mean over the pictures.
    """

    counts: tuple[int, ...]
    """How many paths have this length: binomial where every block has a shortcut."""
    single: tuple[float, ...]
    """Norm of the gradient along one path, mean over the draws; 0 where there is no such path."""
    error: tuple[float, ...]
    """Standard error of that mean over the draws; 0 where every path was taken."""
    together: tuple[float, ...]
    """Norm of the sum of the gradients along all paths of this length: exact, not drawn."""
    whole: float
    """Norm of the gradient itself, the sum along all paths."""
    pictures: int
    """Test pictures that the norms are means over."""
    draws: int
    """Paths of each length that were followed, at most."""

    @property
    def product(self) -> tuple[float, ...]:
        """Number of paths times the mean norm of one: what they carry if none takes anything back (Veit et al. 2016)."""
        return tuple(float(count) * norm for count, norm in zip(self.counts, self.single, strict=True))

    def shortest_with(self, share: float) -> int:
        """Return the least length such that paths up to it hold this share of the product's sum."""
        wanted, held = share * sum(self.product), 0.0
        for length, part in enumerate(self.product):
            held += part
            if held >= wanted:
                return length
        return len(self.counts) - 1


QUESTION = Question(__name__, PathsSpec, Paths, doing="Following paths")

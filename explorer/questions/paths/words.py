"""What paths say."""

from collections.abc import Sequence

from explorer.questions.paths.result import Paths

SHARE = 0.9
WORDS = (
    "A network of $n$ blocks with shortcuts is $2^n$ paths: at every block a path takes the branch or the shortcut. "
    "Backward, the gradient is the sum along all of them."
)


def finding(results: Sequence[Paths], names: Sequence[str]) -> str:
    """Return in words how short the paths are that carry most, as measured."""
    told = [
        f"{name} {one.shortest_with(SHARE)} of its {len(one.counts) - 1} blocks" for name, one in zip(names, results, strict=False)
    ]
    return f"{SHARE:.0%} of what all paths carry flows along those of at most: {', '.join(told)}"


def caption(one: Paths) -> str:
    """Return what was measured, over how many pictures and paths."""
    return (
        f"Norm of ∂E/∂x at the first block, mean over {one.pictures} test pictures, evaluation mode; up to {one.draws} "
        "random paths of each length, bars of one standard error. Dotted: all paths of a length added exactly, where "
        "some cancel. After Veit et al. 2016, arXiv:1605.06431."
    )

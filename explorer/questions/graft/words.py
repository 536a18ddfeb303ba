"""What a change of depth says, and its controls."""

from collections.abc import Sequence

from explorer.drawing.palette import LETTERS
from explorer.questions.graft.result import Grafted
from explorer.specs.control import Choice, Number
from explorer.specs.graft import Change

_WORDS = {Change.INSERT: "Insert", Change.REMOVE: "Remove"}
CHANGE = Choice("change", "One block at the end of every stage", Change.INSERT, options=tuple(Change), words=_WORDS.__getitem__)
STEPS = Number("graft_steps", "Steps", 100, low=1, high=20_000, address=False)
"""Of training from there; no more than before, from the start."""


def finding(results: Sequence[Grafted], names: Sequence[str]) -> str:
    """Return in words how much the loss jumps, as measured."""
    told = [f"{name} {_losses(one)}" for name, one in zip(names, results, strict=False)]
    return f"Test loss before and after: {', '.join(told)}"


def table(results: Sequence[Grafted], titles: Sequence[str]) -> str:
    """Return a table, a row a network, as Markdown."""
    rows = [
        f"| {letter} | {title} | {one.after} | {_losses(one)} | {100 * one.error_before:.3g} % → {100 * one.error_after:.3g} % |"
        for letter, title, one in zip(LETTERS, titles, results, strict=False)
    ]
    head = "| | network | becomes | test loss / nats | test error |\n|---|---|---|---|---|\n"
    return head + "\n".join(rows)


def caption(pictures: int) -> str:
    """Return what was measured, over so many pictures."""
    return (
        f"Whole test set, {pictures} pictures, evaluation mode, nothing trained in between. All trained weights "
        "stay. A new block with a shortcut starts with a branch of zeros, so it is the identity: $y = 0 + x$. A plain "
        "network has no such block: a new one starts with He's weights."
    )


def _losses(one: Grafted) -> str:
    return f"{_number(one.loss_before)} → {_number(one.loss_after)}"


def _number(loss: float | None) -> str:
    return "not finite" if loss is None else f"{loss:.3g}"

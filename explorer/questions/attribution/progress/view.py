"""Where it stands how a score came about: the check of masks at several checkpoints."""

from collections.abc import Sequence

from explorer.questions.attribution.checks.figure import MASK
from explorer.questions.attribution.checks.result import QUESTION, by_network
from explorer.questions.attribution.checks.spec import CheckSpec
from explorer.questions.attribution.progress.figure import over_steps
from explorer.questions.attribution.progress.words import SCORE, TRAINING, heading, spread
from explorer.runs.records import Run
from explorer.ui.asking import ask_each
from explorer.ui.cache import store
from explorer.ui.figures import scheme, show_figure
from explorer.ui.run_choice import common_steps
from explorer.ui.studio import show_heading
from explorer.ui.widgets import segments, toggle


def show_progress(runs: Sequence[Run], spec: CheckSpec) -> None:
    """Offer to check the checkpoints of networks, and draw one of the scores over them."""
    steps = spread([step for step in common_steps(store(), runs) if step > 0])
    if len(steps) < 2 or not toggle(TRAINING):
        return
    score, each = segments(SCORE), len(spec.methods)
    asked = ask_each(QUESTION, spec.over(steps), place="check_training")
    show_heading(heading(score).capitalize(), asked)
    if all(one.results for one in asked):
        parts = [one.results for one in asked]
        moments = [by_network(parts[at : at + each], len(runs)) for at in range(0, len(parts), each)]
        show_figure(over_steps(steps, moments, score, MASK[score], scheme()), "over_training", heading(score))

"""The studio's "Is it right?": maps held against the object's mask, against the network, and against chance."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from explorer.drawing.palette import LETTERS
from explorer.questions.attribution.checks import figure as figures
from explorer.questions.attribution.checks.result import Checked
from explorer.questions.attribution.checks.spec import Check, CheckQuestion
from explorer.questions.attribution.methods.cards import CARDS
from explorer.questions.attribution.methods.spec import Method
from explorer.questions.attribution.studio import Studio, scheme, show_heading
from explorer.specs import DatasetName
from explorer.ui.asking import CONFIG, ask_many
from explorer.ui.run_choice import common_steps

WORDS = {
    Check.MASK: "The object's mask",
    Check.CURVES: "Insertion and deletion",
    Check.FAITHFUL: "Infidelity and sensitivity",
    Check.WEIGHTS: "Random weights",
    Check.LABELS: "Shuffled labels",
}
MASK = {
    "inside": "share inside the object", "pointing": "pointing game", "overlap": "intersection over union",
}  # fmt: skip
NEEDS_TEST_SET = "Checks need the pictures of a test set, and ImageNet's are not here: choose networks trained here."
SUSPECT = 0.5
"""Rank correlation that a map must fall below when all stages are random; above, it hardly shows what was learned."""
Answers = Sequence[Sequence[Checked]]
"""For each network its methods, those that are answered."""


def show_checks(studio: Studio) -> None:
    """Choose a check, ask it method by method, and draw what is there."""
    if not studio.runs:
        st.info(NEEDS_TEST_SET)
        return
    check = Check(
        st.segmented_control(
            "Check", tuple(Check), default=Check.MASK, required=True, key="check", bind="query-params",
            format_func=WORDS.__getitem__, label_visibility="collapsed",
        )
    )  # fmt: skip
    if check is Check.MASK and studio.runs[0].experiment.dataset.name is not DatasetName.SHAPES:
        st.info(
            "Only the generated shapes say where their object is: train networks on them on Explore, and come back."
        )
        return
    with st.sidebar:
        count = st.slider("Test pictures", 8, 128, 32, 8, key="checked", bind="query-params")
    question = _question(studio, check, count)
    if check is Check.LABELS and not st.toggle("Train twins on shuffled labels now", key="twins", bind="query-params"):
        st.info(
            "This trains each network once more, by its own recipe, on shuffled labels; it takes as long as it took then."
        )
        return
    results, waiting = asked(studio, question.parts())
    show_heading(studio, FINDINGS[check](results) if results else WORDS[check], waiting)
    if results:
        SHOW[check](results)
        st.caption(CAPTIONS[check])
    if check is Check.MASK and results:
        _show_over_training(studio, question)


def _question(studio: Studio, check: Check, count: int) -> CheckQuestion:
    request = studio.request
    fields = request.model_dump(include={"runs", "step", "methods", "block", "target", "settings"})
    return CheckQuestion.model_validate({**fields, "check": check, "pictures": count})


def asked(studio: Studio, questions: Sequence[CheckQuestion]) -> tuple[list[list[Checked]], list[str]]:
    """Return for each network the checked methods that are there, and the jobs that are not answered."""
    found = ask_many(studio.store, studio.owner, "check", questions)
    count = len(studio.runs)
    networks: list[list[Checked]] = [[] for _ in range(count)]
    for content in found.values():
        results = [] if content is None else Checked.from_json(content)
        each = len(results) // count
        for index in range(count if each else 0):
            networks[index] += results[index * each : (index + 1) * each]
    return (networks if networks[0] else []), [job for job, content in found.items() if content is None]


def _draw(figure: object, key: str, alt: str) -> None:
    st.plotly_chart(figure, key=key, theme=None, config=CONFIG, alt=alt)


def _show_mask(results: Answers) -> None:
    _draw(figures.scores(results, MASK, chance="area", scheme=scheme()), "scores", _best(results, "overlap"))


def _show_curves(results: Answers) -> None:
    names = {"insertion": "area under insertion (high is good)", "deletion": "area under deletion (low is good)"}
    _draw(figures.scores(results, names, scheme=scheme()), "scores", _best(results, "insertion"))
    methods = [one.method for one in results[0]]
    chosen = st.selectbox(
        "Curves of", range(len(methods)), format_func=lambda index: CARDS[methods[index]].title, key="curves"
    )
    alt = f"Insertion and deletion by {CARDS[methods[chosen]].title}"
    _draw(figures.curves([network[chosen] for network in results], scheme()), "curves_of", alt)


def _show_faithful(results: Answers) -> None:
    names = {
        "infidelity": "infidelity (logit², low is good)",
        "sensitivity": "sensitivity (share of the map, low is good)",
    }
    _draw(figures.scores(results, names, scheme=scheme()), "scores", _best(results, "infidelity", low=True))


def _show_weights(results: Answers) -> None:
    _draw(figures.levels(results, scheme()), "levels", _suspects(results))


def _show_labels(results: Answers) -> None:
    names = {"labels": "rank correlation with the twin's map"}
    _draw(figures.scores(results, names, scheme=scheme()), "scores", _best(results, "labels", low=True))


def _show_over_training(studio: Studio, question: CheckQuestion) -> None:
    steps = [step for step in common_steps(studio.store, studio.runs) if step > 0]
    if len(steps) < 2 or not st.toggle("Over training", key="mask_training", bind="query-params"):
        return
    some = sorted({steps[round(place * (len(steps) - 1) / 5)] for place in range(6)})
    score = st.segmented_control(
        "Score", tuple(MASK), default="inside", required=True, key="mask_score", format_func=MASK.__getitem__,
        label_visibility="collapsed",
    )  # fmt: skip
    questions = [part for step in some for part in question.model_copy(update={"step": step}).parts()]
    found = ask_many(studio.store, studio.owner, "check", questions, name="check_training")
    waiting = [job for job, content in found.items() if content is None]
    show_heading(studio, f"{MASK[score]} over training".capitalize(), waiting)
    if not waiting:
        answers = [Checked.from_json(content) for content in found.values() if content]
        each = len(question.methods)
        moments = [
            [[part[index] for part in answers[start : start + each]] for index in range(len(studio.runs))]
            for start in range(0, len(answers), each)
        ]
        _draw(
            figures.over_steps(some, moments, score, MASK[score], scheme()),
            "over_training",
            f"{MASK[score]} over training",
        )


def _best(results: Answers, name: str, *, low: bool = False) -> str:
    """Say for each network which method scores best, as measured."""
    words = []
    for letter, network in zip(LETTERS, results, strict=False):
        best = (min if low else max)(network, key=lambda one: one.interval(name).mean)
        words.append(f"{letter}: {CARDS[best.method].title}, {best.interval(name).mean:.2g}")
    return f"{'Lowest' if low else 'Highest'} {MASK.get(name, name)}. {'; '.join(words)}"


def suspects(results: Answers) -> list[Method]:
    """Return the methods whose map keeps its order though head and all stages are random, in any of the networks.

    Kept is a rank correlation whose whole 95 % interval lies above SUSPECT.
    """
    found = [one.method for network in results for one in network if one.interval("stage1").low > SUSPECT]
    return list(dict.fromkeys(found))


def _suspects(results: Answers) -> str:
    found = [CARDS[method].title for method in suspects(results)]
    if not found:
        return "Every map changes when the weights do"
    return (
        f"Hardly changed when head and stages are random: {', '.join(found)}. Do not trust it to show what was learned"
    )


FINDINGS: Mapping[Check, Callable[[Answers], str]] = {
    Check.MASK: lambda results: _best(results, "overlap"),
    Check.CURVES: lambda results: _best(results, "insertion"),
    Check.FAITHFUL: lambda results: _best(results, "infidelity", low=True),
    Check.WEIGHTS: _suspects,
    Check.LABELS: lambda results: _best(results, "labels", low=True),
}
SHOW: Mapping[Check, Callable[[Answers], None]] = {
    Check.MASK: _show_mask,
    Check.CURVES: _show_curves,
    Check.FAITHFUL: _show_faithful,
    Check.WEIGHTS: _show_weights,
    Check.LABELS: _show_labels,
}
CAPTIONS = {
    Check.MASK: (
        "Mean over the pictures with its 95 % interval (bootstrap). Inside: positive attribution on the object's pixels. Pointing "
        "game: does the largest value lie there? Intersection over union: the object against as many of the largest pixels. "
        "The dashed line is a map that knows nothing. A network may rightly look at the ground too."
    ),
    Check.CURVES: (
        "Pixels are inserted into the baseline, or deleted from the picture, the most telling first (Petsiuk et al. 2018): a "
        "good map makes the class's probability rise at once, and fall at once. Half-painted pictures are unlike any the network "
        "learned from."
    ),
    Check.FAITHFUL: (
        "Infidelity: how far a map's sum over a random patch is from what the logit loses there. Sensitivity: how far the map "
        "moves when the picture moves a little (Yeh et al. 2019, captum's measures)."
    ),
    Check.WEIGHTS: (
        "From left to right more of the network has its initial weights again, from the top down (Adebayo et al. 2018). A map that "
        f"stays as it was does not show what was learned; marked is what keeps a rank correlation above {SUSPECT} with head and "
        "all stages random. Absolute values are compared; batch norm is measured anew."
    ),
    Check.LABELS: (
        "Each network's twin learned the same pictures with shuffled labels (Adebayo et al. 2018). A map that is the same for both "
        "does not show what connects picture and label."
    ),
}

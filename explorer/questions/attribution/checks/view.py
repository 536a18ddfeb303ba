"""Where it stands whether maps are right: held against the object's mask, against the network, and against chance."""

from dataclasses import replace

import streamlit as st

from explorer.questions.attribution.checks import figure, words
from explorer.questions.attribution.checks.result import QUESTION, by_network, of_method
from explorer.questions.attribution.checks.spec import Check, CheckSpec
from explorer.questions.attribution.progress.view import show_progress
from explorer.specs import DatasetName
from explorer.ui.asking import ask_each
from explorer.ui.figures import scheme, show_figure
from explorer.ui.studio import Asking, Studio, in_studio, show_heading
from explorer.ui.view import View
from explorer.ui.widgets import segments, selectbox, slider, toggle


def show(studio: Studio) -> None:
    """Choose a check, ask it method by method, and draw what is there."""
    spec = _choose(studio)
    if isinstance(spec, str):
        st.info(spec)
        return
    asked = ask_each(QUESTION, spec.parts())
    results = by_network([one.results for one in asked], len(studio.runs))
    found = words.finding(spec.check, results)
    show_heading(found, asked)
    if results[0]:
        show_figure(figure.overview(spec.check, results, scheme()), "overview", found)
        if spec.check is Check.CURVES:
            methods = tuple(one.method for one in results[0])
            method = selectbox(replace(words.CURVES, options=methods, start=methods[0]))
            show_figure(figure.curves(of_method(results, method), scheme()), "curves_of", words.curves_of(method))
        st.caption(words.CAPTIONS[spec.check])
        if spec.check is Check.MASK:
            show_progress(studio.runs, spec)


def _choose(studio: Studio) -> CheckSpec | str:
    if not studio.runs:
        return words.NEEDS_TEST_SET
    check = Check(segments(words.CHECK))
    if check is Check.MASK and studio.runs[0].experiment.dataset.name is not DatasetName.SHAPES:
        return words.NEEDS_SHAPES
    with st.sidebar:
        count = slider(words.PICTURES)
    twins = check is not Check.LABELS or toggle(words.TWINS)
    return CheckSpec.of(studio.spec, check, count) if twins else words.NEEDS_TWINS


VIEW = View("checks", "Is it right?", in_studio(show, Asking.CHECKS, wall=False))

"""Where the same pictures are explained at several checkpoints: a film, and under it its strip."""

import streamlit as st

from explorer.questions.attribution.methods.figure import answers, title, variant_groups
from explorer.questions.attribution.training.figure import film, moments
from explorer.questions.attribution.training.words import ONE_CHECKPOINT, learned, spread
from explorer.ui.cache import store
from explorer.ui.figures import scheme
from explorer.ui.run_choice import common_steps
from explorer.ui.studio import Asking, Studio, in_studio, show_heading, show_wall, show_wide
from explorer.ui.view import View


def show(studio: Studio) -> None:
    """Ask for the maps at every checkpoint, and draw those that are there; the film when all are."""
    steps = spread(common_steps(store(), studio.runs)) if studio.runs else []
    if len(steps) < 2:
        st.info(ONE_CHECKPOINT)
        return
    asked = studio.maps([studio.spec.model_copy(update={"step": step}) for step in steps])
    parts = [one.results for one in asked]
    show_heading(learned(parts, steps, studio.titles), asked)
    known = next((part for part in reversed(parts) if part), ())
    if not known:
        return
    (method,) = studio.spec.methods
    groups = variant_groups(method, parts, [f"step {step}" for step in steps], len(known), scheme())
    if all(parts):
        told = [answers(part, studio.classes, scheme()) for part in parts]
        names = list(map(str, steps))
        figure = film(known[0].images, told, moments(groups), names, opacity=studio.opacity, scheme=scheme())
        show_wide(figure, "film", f"{title(method)} played from step {steps[0]} to {steps[-1]}")
    texts = answers(known, studio.classes, scheme())
    show_wall(known[0].images, texts, groups, studio.opacity, f"{title(method)} over training")


VIEW = View("training", "Over training", in_studio(show, Asking.ONE))

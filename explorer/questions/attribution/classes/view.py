"""Where the same pictures are explained for several classes, a band a network."""

from dataclasses import replace

import streamlit as st

from explorer.questions.attribution.classes.words import CLASSES, NONE_CHOSEN, finding, usual
from explorer.questions.attribution.methods.figure import answers, variant_groups
from explorer.ui.figures import scheme
from explorer.ui.studio import Asking, Studio, in_studio, show_heading, show_wall
from explorer.ui.view import View
from explorer.ui.widgets import multiselect


def show(studio: Studio) -> None:
    """Ask for the maps of every chosen class, and draw those that are there."""
    chosen = multiselect(replace(CLASSES, options=studio.classes, start=usual(studio.classes)))
    if not chosen:
        st.info(NONE_CHOSEN)
        return
    targets = [target for target, name in enumerate(studio.classes) if name in chosen]
    asked = studio.maps([studio.spec.model_copy(update={"target": target}) for target in targets])
    (method,) = studio.spec.methods
    found = finding(method, len(targets))
    show_heading(found, asked)
    parts = [one.results for one in asked]
    if known := next((part for part in parts if part), ()):
        texts = answers([replace(one, targets=one.predictions) for one in known], studio.classes, scheme())
        heads = [studio.classes[target] for target in targets]
        groups = variant_groups(method, parts, heads, len(known), scheme())
        show_wall(known[0].images, texts, groups, studio.opacity, found)


VIEW = View("classes", "Classes", in_studio(show, Asking.ONE))

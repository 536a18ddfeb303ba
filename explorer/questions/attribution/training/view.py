"""The studio's comparisons with one method: across target classes, and across checkpoints."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from explorer.drawing.palette import LETTERS
from explorer.drawing.theme import letter
from explorer.drawing.wall import Column, Group, limit
from explorer.questions.attribution.methods.figure import TITLES, UNITS, answers
from explorer.questions.attribution.methods.result import AttributionResult
from explorer.questions.attribution.methods.spec import AttributionRequest
from explorer.questions.attribution.studio import Studio, finding, scheme, show_heading, show_wall, show_wide
from explorer.questions.attribution.training.figure import film
from explorer.ui.run_choice import common_steps

PHOTOGRAPHED = ("tabby", "Egyptian cat", "espresso", "cup", "missile", "space shuttle")
MANY = 100
MOST = 10
"""Columns beside each other; of more checkpoints, some in even steps are shown."""


def show_classes(studio: Studio) -> None:
    """The same pictures explained for several classes, a band a network."""
    chosen = st.multiselect(
        "Classes", studio.classes, _usual(studio.classes), key="classes", bind="query-params", max_selections=MOST,
        label_visibility="collapsed", placeholder="Choose classes",
    )  # fmt: skip
    if not chosen:
        st.info("Choose at least one class.")
        return
    requests = [
        studio.request.model_copy(update={"target": target})
        for target, name in enumerate(studio.classes)
        if name in chosen
    ]
    parts, waiting = studio.maps([part for request in requests for part in request.parts()])
    known = next((part for part in parts if part), [])
    words = f"{_method(studio.request)} for {len(requests)} classes: what speaks for each?"
    show_heading(studio, words, waiting)
    if known:
        heads = [studio.classes[int(request.target)] for request in requests]
        own = [replace(one, targets=one.predictions) for one in known]
        texts = answers(own, studio.classes, scheme())
        groups = _groups(studio, parts, heads, len(known))
        show_wall(known[0].images, texts, groups, studio.opacity, words)


def _usual(classes: Sequence[str]) -> list[str]:
    """The first ones; of a thousand, those that stand for the shipped photographs."""
    return [name for name in PHOTOGRAPHED if name in classes] if len(classes) > MANY else list(classes[:MOST])


def show_training(studio: Studio) -> None:
    """The same pictures at several checkpoints: a film, and under it its strip."""
    steps = _spread(common_steps(studio.store, studio.runs)) if studio.runs else []
    if len(steps) < 2:
        st.info(
            "These networks have one checkpoint in common: recorded networks keep only their last. Train your own on Explore, "
            "and come back to watch what they look at while they learn."
        )
        return
    requests = [studio.request.model_copy(update={"step": step}) for step in steps]
    parts, waiting = studio.maps([part for request in requests for part in request.parts()])
    known = next((part for part in reversed(parts) if part), [])
    show_heading(studio, _learned(parts, steps, studio.titles), waiting)
    if not known:
        return
    texts = answers(known, studio.classes, scheme())
    groups = _groups(studio, parts, [f"step {step}" for step in steps], len(known))
    if not waiting:
        _show_film(studio, parts, groups, steps)
    show_wall(known[0].images, texts, groups, studio.opacity, f"{_method(studio.request)} over training")


def _show_film(
    studio: Studio, parts: Sequence[Sequence[AttributionResult]], groups: Sequence[Group], steps: Sequence[int]
) -> None:
    texts = [answers(part, studio.classes, scheme()) for part in parts]
    moments = [
        [replace(group, columns=(replace(group.columns[index], head=""),)) for group in groups]
        for index in range(len(steps))
    ]
    figure = film(parts[0][0].images, texts, moments, list(map(str, steps)), opacity=studio.opacity, scheme=scheme())
    alt = f"{_method(studio.request)} played from step {steps[0]} to {steps[-1]}"
    show_wide(figure, "film", alt)


def _groups(
    studio: Studio, parts: Sequence[Sequence[AttributionResult]], heads: Sequence[str], count: int
) -> list[Group]:
    """A group a network; all share one scale."""
    (method,) = studio.request.methods
    there = [one.maps[method] for part in parts for one in part]
    nothing = np.full_like(there[0], np.nan)
    return [
        Group(
            f"{letter(index, scheme())} {TITLES[method].replace('<br>', ' ')}",
            UNITS[method],
            tuple(
                Column(head if part else "…", part[index].maps[method] if part else nothing)
                for head, part in zip(heads, parts, strict=True)
            ),
            most=limit(there),
        )
        for index in range(count)
    ]


def _spread(steps: Sequence[int]) -> list[int]:
    places = {round(place) for place in np.linspace(0, len(steps) - 1, min(len(steps), MOST))}
    return [steps[place] for place in sorted(places)]


def _learned(parts: Sequence[Sequence[AttributionResult]], steps: Sequence[int], titles: Sequence[str]) -> str:
    if not parts[0] or not parts[-1]:
        return f"From step {steps[0]} to step {steps[-1]}"
    if (parts[0][0].labels < 0).any():
        return f"Step {steps[-1]}: {finding(parts[-1], titles)}"
    words = [
        f"{name} {int((first.predictions == first.labels).sum())} → {int((last.predictions == last.labels).sum())}"
        for name, first, last in zip(LETTERS, parts[0], parts[-1], strict=False)
    ]
    return f"Right of {len(parts[0][0].labels)}, step {steps[0]} → {steps[-1]}: {', '.join(words)}"


def _method(request: AttributionRequest) -> str:
    return TITLES[request.methods[0]].replace("<br>", " ")

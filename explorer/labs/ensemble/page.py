"""Ensemble and boosting: what single blocks of trained networks are worth."""

from dataclasses import replace

import streamlit as st

from explorer.drawing.palette import ink
from explorer.labs.ensemble.compute import raster
from explorer.labs.ensemble.figure import ensemble
from explorer.labs.ensemble.result import QUESTION, BlockAccount
from explorer.labs.ensemble.spec import EnsembleSpec
from explorer.labs.ensemble.words import EXAMPLE, LAB, PICTURE, REMOVED, blocks, finding, formula
from explorer.runs.records import Run
from explorer.specs import CARDS
from explorer.ui.cache import owner, store
from explorer.ui.figures import scheme
from explorer.ui.lab import close, controls, show, trained
from explorer.ui.run_choice import choose_runs, common_steps, title
from explorer.ui.widgets import multiselect, slider


def _ask(runs: list[Run], removed: tuple[str, ...]) -> tuple[BlockAccount, ...]:
    names, step = tuple(run.id for run in runs), common_steps(store(), runs)[-1]
    spec = EnsembleSpec(runs=names, step=step, removed=removed)
    return trained(QUESTION, spec, place="altered" if removed else "whole")


def _show(runs: list[Run], picture: int, removed: tuple[str, ...]) -> None:
    if not (whole := _ask(runs, ())) or not (accounts := _ask(runs, removed) if removed else whole):
        return
    card, titles = CARDS[runs[0].experiment.dataset.name], [title(run) for run in runs]
    last, seen = accounts[-1], whole[0]
    with place:
        st.image(raster(seen.pictures[picture], card.input_shape), f"It is: {card.classes[seen.labels[picture]]}", 96)
    figure = ensemble(accounts, whole, picture, card.classes, titles, removed, scheme())
    name = card.classes[last.labels[picture]]
    show(figure, finding(whole, accounts, titles), formula(last, picture, name, ink(len(runs) - 1, scheme())))
    st.caption(
        f"{last.asked} test pictures. What a block adds, Δ, is what changes if the network ends one block later. Plain blocks "
        "that change shapes always stay. Cosine: above 0 a block steps down the loss E of ending before it, as boosting would; "
        "mean over 100 pictures. Dotted: with all blocks."
    )


with controls(LAB):
    runs = choose_runs(store(), owner(), EXAMPLE, lanes=(0, 2))
    picture = slider(PICTURE)
    place = st.container(height=140, border=False)
    removed = multiselect(replace(REMOVED, options=blocks(run.experiment.network for run in runs)))
if not runs:
    st.info("Choose a network in the sidebar.")
elif len({run.experiment.dataset for run in runs}) > 1 or not common_steps(store(), runs):
    st.info("Choose networks of one dataset that have a checkpoint in common.")
else:
    _show(runs, picture, removed)
close(LAB)

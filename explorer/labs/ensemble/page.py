"""Ensemble and boosting: what single blocks of trained networks are worth."""

import streamlit as st

from explorer.drawing.palette import ink
from explorer.labs.ensemble.compute import raster
from explorer.labs.ensemble.figure import ensemble
from explorer.labs.ensemble.spec import LOOKED_AT, EnsembleQuestion
from explorer.labs.ensemble.words import LAB, finding, formula
from explorer.labs.registry import LABS
from explorer.labs.result import BlockAccount
from explorer.questions.attribution.studio import scheme
from explorer.runs.records import Run
from explorer.specs import CARDS, PRESETS, outline
from explorer.ui.cache import owner, store
from explorer.ui.lab import close, controls, show, trained
from explorer.ui.run_choice import choose_runs, common_steps, title

EXAMPLE = next(preset.race for preset in PRESETS if preset.name == "shallow-and-deep")


def _ask(runs: list[Run], removed: tuple[str, ...]) -> tuple[BlockAccount, ...]:
    question = EnsembleQuestion(
        runs=tuple(run.id for run in runs), step=common_steps(store(), runs)[-1], removed=removed
    )
    return trained(
        "ensemble", question, BlockAccount, "Ending after each block", name="altered" if removed else "whole"
    )


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
    picture = st.slider("Picture of the test set", 0, LOOKED_AT - 1, 0, key="ensemble_picture", bind="query-params")
    place = st.container(height=140, border=False)
    blocks = [block.name for run in runs for block in outline(run.experiment.network).blocks]
    removed = st.multiselect("Taken away", dict.fromkeys(blocks), key="ensemble_removed", bind="query-params")
if not runs:
    st.info("Choose a network in the sidebar.")
elif len({run.experiment.dataset for run in runs}) > 1 or not common_steps(store(), runs):
    st.info("Choose networks of one dataset that have a checkpoint in common.")
else:
    _show(runs, picture, tuple(removed))
close(LAB, LABS)

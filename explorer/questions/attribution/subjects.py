"""The networks that the attribution studio is about: trained here, or by torchvision on ImageNet."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from explorer.questions.spec import MAX_RUNS
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.specs import CARDS, Card, NetworkSpec
from explorer.specs.pretrained import imagenet_card, pretrained_specs
from explorer.ui.run_choice import choose_runs, title

KINDS = {"trained": "Trained here", "imagenet": "ImageNet"}


@dataclass(frozen=True, slots=True)
class Subject:
    """One network to be explained."""

    id: str
    title: str
    network: NetworkSpec
    card: Card
    run: Run | None = None
    """Its run, if it was trained here."""


def choose_subjects(store: Store, owner: str) -> list[Subject]:
    """Return the networks, network A first."""
    kind = st.segmented_control(
        "Networks", tuple(KINDS), default="trained", required=True, key="source", bind="query-params",
        format_func=KINDS.__getitem__, label_visibility="collapsed",
    )  # fmt: skip
    if kind == "imagenet":
        return _pretrained()
    return [
        Subject(run.id, title(run), run.experiment.network, CARDS[run.experiment.dataset.name], run)
        for run in choose_runs(store, owner)
    ]


def _pretrained() -> list[Subject]:
    specs = pretrained_specs()
    chosen = st.multiselect(
        "Networks", list(specs), list(specs)[:1], key="imagenet", bind="query-params", max_selections=MAX_RUNS,
        format_func=lambda name: f"ResNet-{specs[name].depth}",
    )  # fmt: skip
    st.caption("With torchvision's weights: downloaded once, or put into the data folder's weights by hand.")
    return [Subject(name, f"ResNet-{specs[name].depth}", specs[name], imagenet_card()) for name in chosen]


def trained_here(subjects: Sequence[Subject]) -> list[Run]:
    """Return the runs of those that were trained here."""
    return [subject.run for subject in subjects if subject.run is not None]

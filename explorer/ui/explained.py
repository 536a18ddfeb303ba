"""The networks that the attribution studio is about: trained here, or by torchvision on ImageNet."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from explorer.questions.spec import MAX_RUNS
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.specs import CARDS, Card, NetworkSpec
from explorer.specs.control import Choice, Choices
from explorer.specs.pretrained import imagenet_card, pretrained_specs
from explorer.ui.run_choice import choose_runs, title
from explorer.ui.widgets import multiselect, segments

KINDS = {"trained": "Trained here", "imagenet": "ImageNet"}
KIND = Choice("source", "Networks", "trained", options=tuple(KINDS), words=KINDS.__getitem__, silent=True)


def _depth(name: str) -> str:
    return f"ResNet-{pretrained_specs()[name].depth}"


IMAGENET: Choices[str] = Choices(
    "imagenet", "Networks", tuple(pretrained_specs())[:1], options=tuple(pretrained_specs()), words=_depth, most=MAX_RUNS
)


@dataclass(frozen=True, slots=True)
class Explained:
    """One network to be explained."""

    id: str
    title: str
    network: NetworkSpec
    card: Card
    run: Run | None = None
    """Its run, if it was trained here."""


def choose_explained(store: Store, owner: str) -> list[Explained]:
    """Return the networks, network A first."""
    if segments(KIND) == "trained":
        return [
            Explained(run.id, title(run), run.experiment.network, CARDS[run.experiment.dataset.name], run)
            for run in choose_runs(store, owner)
        ]
    chosen = multiselect(IMAGENET)
    st.caption("With torchvision's weights: downloaded once, or put into the data folder's weights by hand.")
    return [Explained(name, _depth(name), pretrained_specs()[name], imagenet_card()) for name in chosen]


def trained_here(explained: Sequence[Explained]) -> list[Run]:
    """Return the runs of those that were trained here."""
    return [one.run for one in explained if one.run is not None]

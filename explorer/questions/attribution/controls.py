"""The attribution page's widgets: they end in one request, and every choice but the uploaded file stands in the URL."""

import random
from collections.abc import Callable, Sequence
from enum import StrEnum

import streamlit as st

from explorer.questions.attribution.methods.cards import CARDS as METHOD_CARDS
from explorer.questions.attribution.methods.spec import (
    MAX_PICTURES,
    USUAL,
    AttributionRequest,
    Baseline,
    Method,
    MethodSettings,
)
from explorer.questions.attribution.pictures.view import ordered
from explorer.questions.attribution.subjects import Subject, trained_here
from explorer.runs.store import Store
from explorer.specs import Card, outline
from explorer.ui.own_picture import OWN
from explorer.ui.run_choice import choose_step

state = st.session_state


class Asking(StrEnum):
    """Which methods a view lets one choose."""

    SEVERAL = "several"
    ONE = "one"
    BLOCKS = "blocks"
    """None: the view is about blocks."""
    CHECKS = "checks"
    """Several, for the first pictures of the test set."""


SOURCES = {
    "test": "Test pictures", "mistakes": "Worst mistakes of A", "differ": "Where A and B differ most",
    "own": "My own picture", "camera": "My camera", "sample": "A photograph",
}  # fmt: skip


def choose_pictures(
    store: Store, owner: str, subjects: Sequence[Subject], step: int | None
) -> tuple[tuple[int, ...] | str, bytes]:
    """Return positions in the test set, or "upload" with a picture's bytes (empty as long as there is none)."""
    runs, card = trained_here(subjects), subjects[0].card
    offered = [name for name in SOURCES if name != "differ" or len(runs) > 1] if runs else ["sample", "own", "camera"]
    source = st.selectbox("Pictures", offered, key="pictures", bind="query-params", format_func=SOURCES.__getitem__)
    if source in OWN:
        return "upload", OWN[source]()
    if source == "test" or step is None:
        return _positions(list(range(card.test_size)), shuffle=True), b""
    return _positions(list(ordered(store, owner, runs, step, source)), shuffle=False), b""


def _positions(order: list[int], *, shuffle: bool) -> tuple[int, ...]:
    left, middle, right = st.columns(3)
    count = left.number_input("How many", 1, MAX_PICTURES, 4, key="shown", bind="query-params")
    first = middle.number_input("From", 0, max(0, len(order) - 1), 0, count, key="from", bind="query-params")
    if shuffle:
        number = right.number_input(
            "Shuffle", 0, 2**31 - 1, 0, key="shuffle", bind="query-params", help="0 keeps the order of the test set."
        )
        if number:
            random.Random(number).shuffle(order)  # noqa: S311 - it only orders pictures
    return tuple(order[first : first + count])


def _choose(asking: Asking) -> tuple[Method, ...]:
    if asking in {Asking.SEVERAL, Asking.CHECKS}:
        return choose_methods()
    return (choose_method(),) if asking is Asking.ONE else (Method.CONDUCTANCE,)  # it reads a block and a baseline


def choose_methods() -> tuple[Method, ...]:
    """Return the methods in the order of the wall."""
    chosen = st.pills(
        "Methods", tuple(Method), selection_mode="multi", default=USUAL,
        key="methods", bind="query-params", format_func=_named,
    )  # fmt: skip
    return tuple(method for method in Method if method in chosen)


def choose_method() -> Method:
    """Return the one method of the views that compare something else."""
    values = [method.value for method in Method]
    usual = values.index(Method.GRAD_CAM.value)
    return Method(st.selectbox("Method", values, usual, key="method", bind="query-params", format_func=_named))


def _named(method: str) -> str:
    return METHOD_CARDS[Method(method)].title


def choose_settings(methods: Sequence[Method]) -> MethodSettings:
    """Return what is set about these methods; only what one of them reads is offered."""
    read = dict.fromkeys(name for method in methods for name in method.settings_read)
    if not read:
        return MethodSettings()
    with st.expander("Settings of the methods"):
        return MethodSettings.model_validate({name: _SETTINGS[name]() for name in read})


def _number(words: str, field: str, least: float, most: float, step: float, help_: str) -> Callable[[], float]:
    usual = getattr(MethodSettings(), field)

    def choose() -> float:
        kind = type(usual)
        bounds = (kind(least), kind(most), usual, kind(step))
        chosen: float = st.number_input(words, *bounds, key=f"set_{field}", bind="query-params", help=help_)
        return chosen

    return choose


def _baseline() -> Baseline:
    words: dict[str, str] = {
        Baseline.MEAN: "mean colour", Baseline.BLACK: "black", Baseline.WHITE: "white", Baseline.BLUR: "blurred picture",
    }  # fmt: skip
    chosen = st.selectbox(
        "Baseline", [one.value for one in Baseline], key="set_baseline", bind="query-params", format_func=words.__getitem__,
        help="The picture that says nothing.",
    )  # fmt: skip
    return Baseline(chosen)


_SETTINGS: dict[str, Callable[[], object]] = {
    "baseline": _baseline,
    "tolerance": _number(
        "Tolerance of Δ", "tolerance", 0.001, 0.5, 0.01, "Integrated gradients: share of the logit's rise."
    ),
    "samples": _number("Samples", "samples", 2, 128, 1, "SmoothGrad's noisy copies, gradient SHAP's points."),
    "noise": _number("Noise", "noise", 0.01, 1, 0.05, "SmoothGrad: deviation as a share of the picture's range."),
    "window": _number("Window: one part in", "window", 2, 16, 1, "Occlusion: 4 is a quarter of the side."),
    "segments": _number("Superpixels", "segments", 4, 64, 1, "Feature ablation and KernelSHAP: about how many."),
    "coalitions": _number("Sets of superpixels", "coalitions", 32, 2048, 32, "KernelSHAP: how many are tried."),
    "seed": _number("Seed", "seed", 0, 2**31 - 1, 1, "Of the methods that draw at random."),
}


def choose_block(subjects: Sequence[Subject]) -> str:
    """Return the block that the methods of a block read: a click in the diagram (`selected_block`) moves the list to it."""
    longest = max((outline(subject.network) for subject in subjects), key=lambda form: len(form.blocks))
    names = [block.name for block in longest.blocks]
    clicked = state.get("selected_block")
    if clicked in names and clicked != state.get("followed_block"):
        state["block"] = clicked
    state["followed_block"] = clicked
    return st.selectbox(
        "Block", names, len(names) - 1, key="block", bind="query-params",
        help="Grad-CAM, guided Grad-CAM and conductance read it; a shorter network answers at the last block of that stage.",
    )  # fmt: skip


def choose_target(card: Card, *, labelled: bool, classes: bool = True) -> str | int:
    """Return whose logit the maps explain; `classes` is whether it may be any class."""
    words = {"predicted": "each network's own answer", "true": "the true class"}
    options = [*(("predicted", "true") if labelled else ("predicted",)), *(card.classes if classes else ())]
    chosen = st.selectbox(
        "Maps explain", options, key="target", bind="query-params", format_func=lambda one: words.get(one, one)
    )
    return chosen if chosen in words else card.classes.index(chosen)


def choose_request(
    store: Store, owner: str, subjects: Sequence[Subject], asking: Asking
) -> tuple[AttributionRequest | str, bytes]:
    """Return the request, or a sentence that says what is still missing, and the uploaded file."""
    runs, card = trained_here(subjects), subjects[0].card
    if len({run.experiment.dataset for run in runs}) > 1:
        return "These networks learned from different pictures: choose networks of one dataset to compare them.", b""
    step = choose_step(store, runs) if runs else None
    images, content = ((0,), b"") if asking is Asking.CHECKS and runs else choose_pictures(store, owner, subjects, step)
    methods = _choose(asking)
    block = choose_block(subjects) if any(method.reads_block for method in methods) else ""
    target = choose_target(card, labelled=images != "upload", classes=asking is not Asking.CHECKS)
    chosen_settings = choose_settings(methods)
    if not methods:
        return "Choose at least one method in the sidebar.", b""
    if step is None and runs:
        return "These networks have no checkpoint in common yet: wait until they have trained a little.", b""
    if not images:
        return "No test picture answers to this choice yet: wait, or choose others in the sidebar.", b""
    if images == "upload" and not content:
        return "Upload a picture in the sidebar to see what each network takes it for, and why.", b""
    names = [subject.id for subject in subjects]
    fields = {"runs": names, "step": step, "images": images, "methods": methods, "block": block, "target": target}
    return AttributionRequest.model_validate({**fields, "settings": chosen_settings}), content


def choose_opacity() -> float:
    """Return how strongly the maps cover the pictures, 0 to 1."""
    return st.slider("Strength of the maps", 0.0, 1.0, 0.9, 0.05, key="opacity", bind="query-params")

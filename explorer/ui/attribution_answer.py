"""From a request to the wall of maps: asked once, polled while it is under way, found again afterwards."""

from collections.abc import Sequence

import streamlit as st

from explorer.figures.attribution import SATURATION, attribution_wall, bands
from explorer.figures.palette import LETTERS
from explorer.results.attribution import AttributionResult, from_npz
from explorer.runs.questions import answer, ask, ask_again, withdraw
from explorer.runs.records import JobState
from explorer.runs.store import Store
from explorer.specs.attribution import AttributionRequest, Method

EXPLANATIONS = {
    Method.SALIENCY: "Saliency: how much the class's logit would rise if this pixel grew brighter.",
    Method.INTEGRATED_GRADIENTS: (
        "Integrated gradients: this pixel's share in the rise of the logit over a picture of the mean colour; "
        "Δ is what the shares, added up, miss of that rise, in logits."
    ),
    Method.GRAD_CAM: (
        "Grad-CAM: where the channels that speak for the class are active at the chosen block; the sign is kept, which "
        "the paper cuts off."
    ),
    Method.OCCLUSION: (
        "Occlusion: what the logit loses when a window a quarter of the picture wide is painted in the mean colour."
    ),
}
state = st.session_state


def find_answer(store: Store, request: AttributionRequest, content: bytes, owner: str) -> str:
    """Return the id of the job that answers a request; the session's question before it is withdrawn."""
    job = ask(store, "attribute", owner, request.model_dump(mode="json"), content)
    before = state.get("attribution_job", job)
    if before != job:
        withdraw(store, before, owner)
    state["attribution_job"] = job
    return job


def show_end_without_answer(store: Store, job: str) -> None:
    """Say why there are no maps, and offer to ask again."""
    found = store.job(job)
    if found is not None and found.state is JobState.FAILED:
        st.error(found.message)
    else:
        st.info("This was stopped before it was finished.")
    st.button("Ask again", on_click=ask_again, args=(store, job))


def answered(store: Store, job: str) -> list[AttributionResult]:
    """Return the results of a job, or none as long as there are none."""
    content = answer(store, job)
    return [] if content is None else from_npz(content)


def show_wall(
    results: Sequence[AttributionResult], classes: Sequence[str], titles: Sequence[str], opacity: float
) -> None:
    """Draw the wall and say what the maps mean."""
    for number, methods in enumerate(bands(results)):
        figure = attribution_wall(results, classes, methods=methods, opacity=opacity, scheme=scheme())
        size = f"{len(results[0].images)} {_pictures(len(results[0].images))} and {len(results)} networks"
        alt = f"Maps by {', '.join(methods)} for {size}. {finding(results, titles)}."
        st.plotly_chart(figure, key=f"wall_{number}", theme=None, alt=alt, config={"displaylogo": False})
    st.caption(
        "Green speaks for the class, purple against it. Each method has one scale for all networks and pictures, "
        f"the same on both sides of zero; the strongest {100 - SATURATION:.0f}% share its last colour."
    )
    for method in results[0].maps:
        st.caption(EXPLANATIONS[method])


def scheme() -> str:
    """Return light or dark, as the browser shows the page."""
    return st.context.theme.type or "light"


def finding(results: Sequence[AttributionResult], titles: Sequence[str]) -> str:
    """Return in a few words how the networks' answers compare on these pictures; `titles` are the networks' names."""
    first, count = results[0], len(results[0].images)
    names = [f"{letter} {title}" for letter, title in zip(LETTERS, titles, strict=False)]
    if (first.labels >= 0).all():
        right = [int((result.predictions == first.labels).sum()) for result in results]
        scores = ", ".join(f"{name}: {score}" for name, score in zip(names, right, strict=True))
        return f"Right answers on {count} {_pictures(count)}. {scores}"
    if len(results) == 1:
        return f"One picture, seen by {names[0]}"
    agree = len({int(result.predictions[0]) for result in results}) == 1
    return f"{', '.join(names)} {'agree' if agree else 'disagree'} on this picture"


def _pictures(count: int) -> str:
    return "picture" if count == 1 else "pictures"

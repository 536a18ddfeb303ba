"""Where the loss surface stands: a slice at once, the plane where it is asked for."""

import streamlit as st

from explorer.questions.surface import figure as figures
from explorer.questions.surface.result import QUESTION
from explorer.questions.surface.spec import SurfaceSpec
from explorer.questions.surface.words import DRAWN, SEED, SPAN, caption, finding
from explorer.ui.asking import ask, ask_and_show, is_going, look_up, show_waiting, so_far
from explorer.ui.figures import scheme, show_figure
from explorer.ui.view import Trained, View
from explorer.ui.widgets import number_input, segments, select_slider

SLICE = 41
DRAW = {"contours": figures.contours, "3-D": figures.hills}


def show(chosen: Trained) -> None:
    """Ask for a slice, show it, and offer the plane."""
    with st.sidebar:
        fields = {**chosen.asked, "span": select_slider(SPAN), "seed": number_input(SEED)}
    results = ask_and_show(QUESTION, SurfaceSpec(**fields, dimensions=1, points=SLICE))
    if not results:
        return
    st.markdown(f"**{finding(results, chosen.names)}**")
    left, right = st.columns([1, 2.6])
    with left:
        st.markdown("**A slice**")
        show_figure(figures.slices(results, scheme()), "slice", finding(results, chosen.names))
    with right:
        _show_plane(SurfaceSpec(**fields))
    st.caption(caption(results[0].pictures))


def _show_plane(plane: SurfaceSpec) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown("**The plane**")
        drawn = segments(DRAWN)
    asked = look_up(QUESTION, plane)
    if asked is None:
        if st.button(f"Compute {plane.points**2 * len(plane.runs):,} losses", key="plane"):
            ask(QUESTION, plane, place="surface plane")
            st.rerun()
        return

    def draw() -> None:
        if results := so_far(asked):
            words = "Loss of every network on one plane through its weights"
            show_figure(DRAW[drawn](results, scheme(), len(plane.runs)), "plane_picture", words)

    if not is_going(asked):
        draw()  # whole, or as far as it came
    if not asked.results:
        show_waiting([asked], "The plane", draw)


VIEW = View("surface", "Loss surface", show)

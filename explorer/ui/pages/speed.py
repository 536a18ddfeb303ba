"""Speed: FLOPs are not time, on this machine."""

from collections.abc import Sequence

import streamlit as st

from explorer.questions.attribution.studio import scheme
from explorer.questions.speed.figure import time_against_macs
from explorer.questions.speed.result import Speed, slow_because
from explorer.questions.speed.spec import SpeedQuestion
from explorer.ui.asking import CONFIG, ask_for
from explorer.ui.cache import owner, store


def _finding(results: Sequence[Speed]) -> str:
    rates = [one.rate for one in results]
    return (
        f"On {results[0].device}, these networks do between {min(rates) / 1e9:.3g} and {max(rates) / 1e9:.3g} billion "
        f"multiply-adds a second: {max(rates) / min(rates):.3g} times"
    )


def _reason(results: Sequence[Speed]) -> str:
    """Return why the slowest network is, as far as counting what it moves and calls can tell."""
    found = slow_because(results)
    return (
        f"The slowest for its size is {found.title}: a multiply-add takes it {found.slower:.3g} times the median network's "
        f"time. For each it moves {found.traffic:.3g} times as many numbers and calls {found.calls:.3g} times as many "
        f"layers: {found.nearest} comes nearest to explaining it."
    )


with st.sidebar:
    batch = st.select_slider("Pictures at a time", (1, 8, 32, 128), 32, key="speed_batch", bind="query-params")
question = SpeedQuestion(batch=batch)
results = ask_for(store(), owner(), "speed", question, Speed, "Timing")
if results:
    st.markdown(f"**{_finding(results)}**")
    st.plotly_chart(time_against_macs(results, scheme()), key="speed", theme=None, config=CONFIG, alt=_finding(results))
    st.markdown(_reason(results))
    st.caption(
        f"Seconds a picture at 3×32×32, {results[0].batch} at a time, one thread where a processor computes; median of "
        f"{question.rounds} interleaved rounds, fp32, nothing recorded. The dotted lines are the median rates: on them, "
        "multiply-adds would tell the time. A machine that also trains is slower, and so are these numbers."
    )

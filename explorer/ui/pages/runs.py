"""Runs: everything the store remembers; open, compare, export, delete."""

import streamlit as st

from explorer.ui import runs_table as runs_view
from explorer.ui.cache import owner, store

st.title("Runs", anchor=False)
words, states, mine = st.columns([3, 3, 1], vertical_alignment="bottom")
wanted = runs_view.Filter(
    words.text_input("Filter by name or dataset", key="words", bind="query-params", max_chars=80),
    states.multiselect("State", runs_view.STATES, key="states", bind="query-params"),
    owner() if mine.toggle("Only mine", key="mine", bind="query-params") else None,
)
found = runs_view.find(store(), wanted)
if not found:
    st.info("No run matches. Start one on the Explore page, or loosen the filter.")
    st.stop()
table = st.dataframe(
    runs_view.rows(store(), found),
    column_config=runs_view.columns(),
    hide_index=True,
    height=min(430, 38 + 35 * len(found)),
    selection_mode="multi-row",
    on_select="rerun",
    key="table",
)
chosen = [found[row] for row in table.selection.rows if row < len(found)]
if not chosen:
    st.caption("Tick one run or up to four to open, compare, export or delete them.")
    st.stop()
runs_view.actions(store(), chosen, owner())

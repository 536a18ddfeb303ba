"""Runs: everything the store remembers; open, compare, export, delete."""

import streamlit as st

from explorer.ui.cache import owner, store
from explorer.ui.run_actions import show_actions
from explorer.ui.run_filter import wanted_runs
from explorer.ui.run_table import chosen_runs

st.title("Runs", anchor=False)
found = wanted_runs(store(), owner())
if not found:
    st.info("No run matches. Start one on the Explore page, or loosen the filter.")
    st.stop()
chosen = chosen_runs(store(), found)
if not chosen:
    st.caption("Tick one run or up to four to open, compare, export or delete them.")
    st.stop()
show_actions(store(), chosen, owner())

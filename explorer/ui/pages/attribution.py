"""Attribution: what did each network look at, is the map right, and does depth or the shortcut change it?"""

import streamlit as st

from explorer.ui.cache import owner, store
from explorer.ui.explained import choose_explained
from explorer.ui.view import choose_view, views

FOLDERS = ("methods", "blocks", "classes", "training", "likeness", "checks")

with st.sidebar:
    chosen = choose_explained(store(), owner())
if chosen:
    choose_view(views(*(f"attribution.{folder}" for folder in FOLDERS))).show(chosen)
else:
    st.info("Choose a network in the sidebar. If none is offered, open Explore, press Race and come back.")
    st.page_link("explore.py", label="Open Explore")

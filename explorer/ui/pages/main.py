"""The page script: navigation and what every page shares.

It lies among its pages, not above them: streamlit takes a folder `pages` beside the script for its older kind of
navigation, and a first visit by a page's own address then runs that page without this one.
"""

from pathlib import Path

import streamlit as st

from explorer.labs.order import LABS
from explorer.ui.state import drop_infinities

LOOK = Path(__file__).parents[1] / "components" / "static" / "page.css"

st.set_page_config(page_title="Residual network explorer", layout="wide", initial_sidebar_state="auto")
st.html(LOOK)
if drop_infinities():
    st.rerun()
st.navigation(
    [
        st.Page("explore.py", title="Explore", default=True),
        st.Page("attribution.py", title="Attribution"),
        st.Page("dissect.py", title="Dissect"),
        st.Page("switchboard.py", title="Switch-board"),
        st.Page("speed.py", title="Speed"),
        st.Page("labs.py", title="Labs", url_path="labs"),
        st.Page("runs.py", title="Runs"),
        *(st.Page(lab.page, title=lab.question, url_path=lab.address, visibility="hidden") for lab in LABS.values()),
    ],
    position="top",
).run()

"""The page script: navigation and what every page shares.

It lies among its pages, not above them: streamlit takes a folder `pages` beside the script for its older kind of
navigation, and a first visit by a page's own address then runs that page without this one.
"""

import math

import streamlit as st
from explorer.labs.registry import LABS


def _finite(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return True  # a word; the widgets know which they offer


st.set_page_config(page_title="Residual network explorer", layout="wide", initial_sidebar_state="auto")
st.html(
    """<style>
    .stMainBlockContainer { padding: 4.1rem 1rem 0.5rem; }
    [data-testid="stSidebarUserContent"] { padding-top: 0; padding-bottom: 1rem; }
    [data-testid="stSidebarUserContent"] [data-testid="stVerticalBlock"] { gap: 0.6rem; }
    [data-testid="stSidebar"] [data-testid="stWidgetLabel"] p { font-size: 0.8rem; }
    [data-testid="stSidebarHeader"] { height: 2.6rem; padding-bottom: 0; }
    [data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p { color: inherit; opacity: 0.92; }
    [class*="st-key-wide_"] [data-testid="stFullScreenFrame"] { min-width: 940px; }
    [data-testid="stMain"]::before { display: none; }
    [data-testid="stMultiSelect"] span[title] { color: light-dark(#fff, #0e1a24); }
    </style>"""
)
_broken = [name for name in st.query_params if not all(map(_finite, st.query_params.get_all(name)))]
for _name in _broken:  # streamlit's number inputs break on an infinity from the address
    del st.query_params[_name]
if _broken:
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

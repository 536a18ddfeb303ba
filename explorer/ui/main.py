"""The page script: navigation and what every page shares."""

import streamlit as st

st.set_page_config(page_title="Residual network explorer", layout="wide", initial_sidebar_state="expanded")
st.html(
    """<style>
    .stMainBlockContainer { padding: 4.1rem 1rem 0.5rem; }
    [data-testid="stSidebarUserContent"] { padding-top: 0; padding-bottom: 1rem; }
    [data-testid="stSidebarUserContent"] [data-testid="stVerticalBlock"] { gap: 0.6rem; }
    [data-testid="stSidebarHeader"] { height: 2.6rem; padding-bottom: 0; }
    </style>"""
)
st.navigation(
    [
        st.Page("pages/explore.py", title="Explore", default=True),
        st.Page("pages/attribution.py", title="Attribution"),
        st.Page("pages/runs.py", title="Runs"),
    ],
    position="top",
).run()

"""What all sessions of the server share."""

import streamlit as st

from explorer.runs.store import Store
from explorer.specs import settings
from explorer.ui.security import owner_of


@st.cache_resource
def store() -> Store:
    """Return the one run store of this server."""
    return Store(settings().store_path)


def owner() -> str:
    """Return who is looking: the digest of this browser's cookie."""
    return owner_of(st.context.cookies)

"""The ASGI application: page script, routes, guard, and the workers' lifespan."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from explorer.runs.recordings import import_recordings
from explorer.runs.store import Store
from explorer.runs.workers import Supervisor
from explorer.specs import settings
from explorer.ui.live import Hub
from explorer.ui.routes import routes
from explorer.ui.security import Guard

RECORDED = Path(__file__).parent / "assets" / "recorded"
hub = Hub(Store(settings().store_path))


@asynccontextmanager
async def lifespan(_: object) -> AsyncIterator[None]:
    """Workers start before they are wanted and end with the server."""
    import_recordings(hub.store, RECORDED)
    supervisor, broadcast = Supervisor(settings()), asyncio.create_task(hub.run())
    supervisor.start()
    yield
    broadcast.cancel()
    supervisor.stop()


app = st.App("explorer/ui/pages/main.py", routes=routes(hub), middleware=[Middleware(Guard)], lifespan=lifespan)

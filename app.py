"""The ASGI application: page script, live route, static modules, guard, and the workers' lifespan."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import FileResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from explorer.runs.recordings import import_recordings
from explorer.runs.store import Store
from explorer.runs.workers import Supervisor
from explorer.specs import settings
from explorer.ui.live import Hub
from explorer.ui.security import Guard

ROOT = Path(__file__).parent
STATIC = ROOT / "explorer" / "ui" / "components" / "static"
PLOTLY = Path(str((find_spec("plotly") or __spec__).origin)).parent / "package_data" / "plotly.min.js"
hub = Hub(Store(settings().store_path))


@asynccontextmanager
async def lifespan(_: object) -> AsyncIterator[None]:
    """Workers start before they are wanted and end with the server."""
    import_recordings(hub.store, ROOT / "assets" / "recorded")
    supervisor, broadcast = Supervisor(settings()), asyncio.create_task(hub.run())
    supervisor.start()
    yield
    broadcast.cancel()
    supervisor.stop()


ROUTES = [
    WebSocketRoute("/live", hub.serve),
    Route(
        "/explorer-static/plotly.min.js", lambda _: FileResponse(PLOTLY, headers={"cache-control": "max-age=604800"})
    ),
    Mount("/explorer-static", StaticFiles(directory=STATIC)),
]
app = st.App("explorer/ui/pages/main.py", routes=ROUTES, middleware=[Middleware(Guard)], lifespan=lifespan)

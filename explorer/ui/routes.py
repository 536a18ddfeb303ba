"""What the server answers beside its pages: the live route, our modules, and plotly.js for the charts we draw ourselves."""

from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from explorer.ui.live import Hub

STATIC = Path(__file__).parent / "components" / "static"
PLOTLY = Path(str((find_spec("plotly") or __spec__).origin)).parent / "package_data" / "plotly.min.js"


def routes(hub: Hub) -> list[BaseRoute]:
    """Return the routes of the app; the pages take what is left."""
    return [
        WebSocketRoute("/live", hub.serve),
        Route("/explorer-static/plotly.min.js", _plotly),
        Mount("/explorer-static", StaticFiles(directory=STATIC)),
    ]


def _plotly(_: Request) -> FileResponse:
    return FileResponse(PLOTLY, headers={"cache-control": "max-age=604800"})

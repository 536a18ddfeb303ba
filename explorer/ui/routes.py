"""What the server answers beside its pages: the live route, our modules, and plotly.js for the charts we draw ourselves."""

from functools import partial
from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from explorer.ui.components.modules import COMPONENTS, FOLDER, bundled
from explorer.ui.components.names import LIVE, STATIC
from explorer.ui.live import Hub

PLOTLY = Path(str((find_spec("plotly") or __spec__).origin)).parent / "package_data" / "plotly.min.js"


def routes(hub: Hub) -> list[BaseRoute]:
    """Return the routes of the app; the pages take what is left."""
    return [
        WebSocketRoute(LIVE, hub.serve),
        Route(f"{STATIC}plotly.min.js", _plotly),
        *(Route(f"{STATIC}bundled/{name}.js", partial(_bundle, name)) for name in COMPONENTS),
        Mount(STATIC.rstrip("/"), StaticFiles(directory=FOLDER)),
    ]


def _plotly(_: Request) -> FileResponse:
    return FileResponse(PLOTLY, headers={"cache-control": "max-age=604800"})


async def _bundle(component: str, _: Request) -> Response:
    return Response(bundled(component), media_type="text/javascript", headers={"cache-control": "max-age=31536000, immutable"})

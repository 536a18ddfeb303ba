"""Who is asking, from where, and what a browser may do with our pages."""

import hashlib
import secrets
from collections.abc import Mapping
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from explorer.ui.components.modules import address
from explorer.ui.components.names import STATIC

COOKIE = "explorer_browser"
YEAR = 365 * 24 * 3600
POLICY = "; ".join(
    (
        "default-src 'self'",
        # Streamlit's own page needs inline scripts and styles; Plotly and the components make blobs.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss: data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "geolocation=(), microphone=(), payment=()",
}


EARLY = ", ".join((f"<{STATIC}plotly.min.js>; rel=preload; as=script", f"<{address('race')}>; rel=modulepreload"))
"""What every page will want: the browser fetches it beside streamlit's own scripts, not after them."""


def owner_of(cookies: Mapping[str, str]) -> str:
    """Return who a browser is: the digest of its cookie, or empty if it has none; never the cookie itself."""
    secret = cookies.get(COOKIE, "")
    return hashlib.sha256(secret.encode()).hexdigest() if len(secret) >= 32 else ""


def allowed_host(host: str) -> bool:
    """Whether a Host header names this server: the loopback names, its address, and `server.allowedHosts`."""
    name = urlsplit(f"//{host}").hostname or ""
    allowed = {"localhost", "127.0.0.1", "::1", config.get_option("server.address")}
    return name in allowed | set(config.get_option("server.allowedHosts") or ())


def same_origin(headers: Headers) -> bool:
    """Whether a WebSocket was opened by one of our own pages: Origin names the very Host it calls."""
    host, origin = headers.get("host", ""), headers.get("origin", "")
    return allowed_host(host) and urlsplit(origin).netloc == host


class Guard:
    """Middleware: refuses foreign hosts, adds the headers, gives every browser its cookie."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not allowed_host(headers.get("host", "")):
            if scope["type"] == "http":
                refusal = PlainTextResponse("This host is not allowed; see server.allowedHosts.", 400)
                await refusal(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008})
            return
        known = COOKIE in SimpleCookie(headers.get("cookie", ""))

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    given.setdefault(name, value)
                if given.get("content-type", "").startswith("text/html"):
                    given.append("link", EARLY)
                    if not known:
                        given.append("set-cookie", _cookie(secure=scope["scheme"] == "https"))
            await send(message)

        await self.app(scope, receive, send_guarded)


def _cookie(*, secure: bool) -> str:
    ending = "; Secure" if secure else ""
    return f"{COOKIE}={secrets.token_urlsafe(32)}; Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Lax{ending}"

from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from explorer.ui.security import Guard


def test_a_page_gets_headers_and_a_cookie_that_scripts_cannot_read() -> None:
    guarded = TestClient(Guard(Starlette(routes=[Route("/", lambda _: HTMLResponse("hello"))])), base_url="http://127.0.0.1")  # type: ignore[arg-type]
    answer = guarded.get("/")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "set-cookie" not in guarded.get("/").headers
    assert guarded.get("/", headers={"host": "evil.example"}).status_code == 400

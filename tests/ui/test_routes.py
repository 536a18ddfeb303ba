import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from explorer.runs.store import Store
from explorer.ui.live import Hub
from explorer.ui.routes import STATIC, routes


@pytest.fixture
def client(store: Store) -> TestClient:
    return TestClient(Starlette(routes=routes(Hub(store))))


def test_every_module_of_the_components_is_served_as_it_lies_there(client: TestClient) -> None:
    files = [path for path in STATIC.rglob("*") if path.is_file()]
    assert files
    for path in files:
        answer = client.get(f"/explorer-static/{path.relative_to(STATIC).as_posix()}")
        assert answer.status_code == 200
        assert answer.content == path.read_bytes()


def test_plotly_is_served_once_a_week(client: TestClient) -> None:
    answer = client.get("/explorer-static/plotly.min.js")
    assert answer.headers["cache-control"] == "max-age=604800"
    assert len(answer.content) > 1_000_000
    assert answer.headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize("path", ["/explorer-static/../drag.py", "/explorer-static/%2e%2e/drag.py", "/elsewhere"])
def test_nothing_else_is_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404

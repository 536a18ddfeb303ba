import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from explorer.runs.store import Store
from explorer.ui.components.modules import COMPONENTS, FOLDER, address
from explorer.ui.live import Hub
from explorer.ui.routes import routes


@pytest.fixture
def client(store: Store) -> TestClient:
    return TestClient(Starlette(routes=routes(Hub(store))))


def test_every_module_of_the_components_is_served_as_it_lies_there(client: TestClient) -> None:
    files = [path for path in FOLDER.rglob("*") if path.is_file()]
    assert files
    for path in files:
        answer = client.get(f"/explorer-static/{path.relative_to(FOLDER).as_posix()}")
        assert answer.status_code == 200
        assert answer.content == path.read_bytes()


@pytest.mark.parametrize("component", COMPONENTS)
def test_a_component_is_one_file_that_is_kept_for_ever(client: TestClient, component: str) -> None:
    answer = client.get(address(component))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert "\nimport " not in answer.text
    assert answer.text.rstrip().endswith(f'export const {{ render, destroy }} = modules["{component}.js"];')


def test_a_bundle_holds_each_module_once_and_those_it_imports_before_it(client: TestClient) -> None:
    text = client.get(address("race")).text
    held = re.findall(r'^modules\["(.+)"\] = ', text, re.MULTILINE)
    assert len(held) == len(set(held)) > 40
    for name, body in zip(held, re.split(r"^modules\[.+$", text, flags=re.MULTILINE)[1:], strict=True):
        assert set(re.findall(r'= modules\["(.+)"\];', body)) - {"race.js"} <= set(held[: held.index(name)])


def test_plotly_is_served_once_a_week(client: TestClient) -> None:
    answer = client.get("/explorer-static/plotly.min.js")
    assert answer.headers["cache-control"] == "max-age=604800"
    assert len(answer.content) > 1_000_000
    assert answer.headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize("path", ["/explorer-static/../drag.py", "/explorer-static/%2e%2e/drag.py", "/elsewhere"])
def test_nothing_else_is_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404

import asyncio
import json
import struct
from typing import Any

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from explorer.runs.events import Step
from explorer.runs.queue import submit_race
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.specs import NetworkSpec, Race
from explorer.ui.live import Frame, Hub
from explorer.ui.security import COOKIE, Guard, owner_of

SECRET = "s" * 40
HEADERS = {"origin": "http://127.0.0.1", "host": "127.0.0.1"}


@pytest.fixture
def run(store: Store) -> Run:
    [made] = submit_race(store, Race(networks=(NetworkSpec(depth=8),)), owner_of({COOKIE: SECRET}))
    store.record(made.id, [step(number) for number in range(1, 6)])
    return made


@pytest.fixture
def client(store: Store) -> TestClient:
    hub = Hub(store)

    async def start() -> None:
        hub.task = asyncio.create_task(hub.run())  # type: ignore[attr-defined]

    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def lifespan(_: object) -> Any:
        await start()
        yield
        hub.task.cancel()  # type: ignore[attr-defined]

    app = Starlette(routes=[WebSocketRoute("/live", hub.serve)], lifespan=lifespan)
    return TestClient(Guard(app), base_url="http://127.0.0.1")  # type: ignore[arg-type]


def step(number: int) -> Step:
    return Step(number, 1 / number, 0.5, 0.1, 0.01, tuple(float(number * layer) for layer in range(1, 9)))


def frame(socket: WebSocketTestSession) -> tuple[dict[str, Any], "np.ndarray[Any, Any]"]:
    data = socket.receive_bytes()
    (length,) = struct.unpack("<I", data[:4])
    assert (4 + length) % 4 == 0
    header = json.loads(data[4 : 4 + length])
    return header, np.frombuffer(data[4 + length :], "<f4").reshape(header["rows"], 5 + header["layers"] if header["rows"] else 0)


def test_a_browser_gets_all_steps_and_then_only_new_ones(client: TestClient, run: Run, store: Store) -> None:
    with client, client.websocket_connect(f"/live?run={run.id}&since=0", headers=HEADERS) as socket:
        assert socket.receive_json() == {"mine": {run.id: False}}
        header, rows = frame(socket)
        assert rows[:, 0].tolist() == [1, 2, 3, 4, 5]
        assert rows[2, 5:].tolist() == [3 * layer for layer in range(1, 9)]
        store.record(run.id, [step(6)])
        header, rows = frame(socket)
        assert (header["since"], header["cursor"], rows[:, 0].tolist()) == (5, 6, [6])


def test_a_browser_that_comes_back_says_where_it_stopped_and_misses_nothing(client: TestClient, run: Run) -> None:
    with client, client.websocket_connect(f"/live?run={run.id}&since=3", headers=HEADERS) as socket:
        socket.receive_json()
        assert frame(socket)[1][:, 0].tolist() == [4, 5]


def test_a_rewound_run_tells_its_watchers(client: TestClient, run: Run) -> None:
    with client, client.websocket_connect(f"/live?run={run.id}&since=9", headers=HEADERS) as socket:
        socket.receive_json()
        assert frame(socket)[0]["rewind"] == 5


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example", "host": "127.0.0.1"},
        {"host": "127.0.0.1"},
        {"origin": "http://evil.example", "host": "evil.example"},
    ],
)
def test_a_foreign_origin_or_host_is_refused(client: TestClient, run: Run, headers: dict[str, str]) -> None:
    with client, pytest.raises(WebSocketDisconnect), client.websocket_connect(f"/live?run={run.id}", headers=headers) as socket:
        socket.receive_json()


def test_only_the_owner_steers_and_nonsense_is_survived(client: TestClient, run: Run, store: Store) -> None:
    stop = {"race": run.race, "command": "stop"}
    own = HEADERS | {"cookie": f"{COOKIE}={SECRET}"}
    with client:
        with client.websocket_connect(f"/live?run={run.id}", headers=HEADERS) as socket:
            socket.receive_json()
            frame(socket)
            for text in ("nonsense", "[]", '{"race": 1}', "x" * 10_000):
                socket.send_text(text)
            socket.send_json(stop)
            assert "refused" in socket.receive_json()
        assert store.race(run.race)[0].state == "queued"
        with client.websocket_connect(f"/live?run={run.id}", headers=own) as socket:
            assert socket.receive_json() == {"mine": {run.id: True}}
            frame(socket)
            socket.send_json(stop)
            assert frame(socket)[0]["state"] == "stopped"


def test_all_browsers_at_one_cursor_get_the_same_bytes(store: Store, run: Run) -> None:
    hub = Hub(store)
    frames = hub._read({(run.id, 0), (run.id, 4)})
    assert len(frames) == 2
    again = Frame.of(store.run(run.id), 0, store.steps(run.id), [], {run.race: 1}, store)  # type: ignore[arg-type]
    assert frames[run.id, 0].data == again.data

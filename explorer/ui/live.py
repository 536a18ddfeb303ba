"""One hub in the server: it reads what is new once and sends the same bytes to every browser that watches."""

import asyncio
import json
import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np
from starlette.datastructures import Headers, QueryParams
from starlette.websockets import WebSocket, WebSocketDisconnect

from explorer.runs.events import Evaluation
from explorer.runs.queue import command, places
from explorer.runs.records import Command, Run, RunState, Steps
from explorer.runs.store import Store
from explorer.ui.security import owner_of, same_origin

LOGGER = logging.getLogger(__name__)
TICK, SLOW_TICK = 0.08, 1.0
"""Seconds between two looks at the store: with few watchers, and with two hundred and more."""
MOST_RUNS, MOST_WATCHERS, MOST_NUMBERS, MOST_BYTES = 4, 1000, 1_500_000, 512
"""Runs one browser watches; browsers; numbers in one frame (a long history is thinned); bytes in a browser's message."""
WAITING = 8
"""Frames that may wait for one slow browser; beyond, it reads again from its own cursor."""


@dataclass(eq=False)
class _Watcher:
    socket: WebSocket
    owner: str
    cursors: dict[str, int]
    queue: "asyncio.Queue[bytes]" = field(default_factory=lambda: asyncio.Queue(WAITING))
    states: dict[str, str] = field(default_factory=dict)
    rewinds: dict[str, int] = field(default_factory=dict)


class Hub:
    """Reads the store for all watchers together; reads nothing while nobody watches."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.watchers: set[_Watcher] = set()
        self._wake = asyncio.Event()

    async def run(self) -> None:
        """Broadcast until cancelled."""
        while True:
            await self._wake.wait()
            if not self.watchers:
                self._wake.clear()
                continue
            try:
                await self._tick()
            except Exception:  # one bad tick must not silence every browser
                LOGGER.exception("The hub missed a tick.")
            await asyncio.sleep(min(SLOW_TICK, TICK + len(self.watchers) / 200))

    async def _tick(self) -> None:
        marks = {mark for watcher in self.watchers for mark in watcher.cursors.items()}
        frames = await asyncio.to_thread(self._read, marks)
        for watcher in list(self.watchers):
            self._hand_out(watcher, frames)

    def _read(self, marks: Iterable[tuple[str, int]]) -> dict[tuple[str, int], "Frame"]:
        """One frame for every (run, cursor) that somebody stands at: most watchers stand at the same."""
        queue = places(self.store)
        runs = {name: self.store.run(name) for name in {name for name, _ in marks}}
        return {(name, since): self._frame(run, since, queue) for name, since in marks if (run := runs[name]) is not None}

    def _frame(self, run: Run, since: int, queue: dict[str, int]) -> "Frame":
        # A browser whose cursor lies beyond the run's last step saw what was rewound.
        start = min(since, run.step)
        steps = self.store.steps(run.id, start)
        return Frame.of(run, since, steps, self.store.evaluations(run.id, start - 1 if start else -1), queue, self.store)

    def _hand_out(self, watcher: _Watcher, frames: dict[tuple[str, int], "Frame"]) -> None:
        for name, since in list(watcher.cursors.items()):
            frame = frames.get((name, since))
            if frame is None or (frame.empty and watcher.states.get(name) == frame.state):
                continue
            if watcher.queue.full():
                return  # its cursor stays: the next tick reads from there
            watcher.queue.put_nowait(frame.data)
            watcher.cursors[name] = frame.cursor
            watcher.states[name] = frame.state

    async def serve(self, socket: WebSocket) -> None:
        """The route `/live?run=ID&since=N`: watch runs; their owner may also steer them."""
        headers: Headers = socket.headers
        if not same_origin(headers) or len(self.watchers) >= MOST_WATCHERS:
            await socket.close(1008)
            return
        watcher = await asyncio.to_thread(self._watcher, socket)
        await socket.accept()
        await socket.send_text(json.dumps({"mine": await asyncio.to_thread(self._mine, watcher)}))
        self.watchers.add(watcher)
        self._wake.set()
        sender = asyncio.create_task(_send(watcher))
        try:
            while True:
                await self._obey(watcher, await socket.receive_text())
        except WebSocketDisconnect:
            pass
        finally:
            self.watchers.discard(watcher)
            sender.cancel()

    def _watcher(self, socket: WebSocket) -> _Watcher:
        asked = QueryParams(socket.scope["query_string"])
        names = asked.getlist("run")[:MOST_RUNS]
        since = [int(text) if text.isdecimal() and len(text) < 10 else 0 for text in asked.getlist("since")]
        cursors = dict(zip(names, since + [0] * len(names), strict=False))
        return _Watcher(socket, owner_of(socket.cookies), cursors)

    def _mine(self, watcher: _Watcher) -> dict[str, bool]:
        runs = (self.store.run(name) for name in watcher.cursors)
        return {run.id: bool(watcher.owner) and run.owner == watcher.owner for run in runs if run is not None}

    async def _obey(self, watcher: _Watcher, text: str) -> None:
        """Do what the owner of a race says; anything else is answered with a sentence or nothing."""
        try:
            message = json.loads(text) if len(text) <= MOST_BYTES else {}
            race, word = str(message["race"]), Command(message["command"])
        except (ValueError, KeyError, TypeError):
            return
        obeyed = bool(watcher.owner) and await asyncio.to_thread(command, self.store, race, watcher.owner, word)
        if not obeyed:
            await watcher.socket.send_text(json.dumps({"refused": "Only who started a race may steer it."}))


async def _send(watcher: _Watcher) -> None:
    with suppress(WebSocketDisconnect, RuntimeError):  # gone: the receiving side ends the watch
        while True:
            await watcher.socket.send_bytes(await watcher.queue.get())


@dataclass(frozen=True, slots=True)
class Frame:
    """What one run recorded after a cursor, as the bytes that every browser with this cursor gets."""

    data: bytes
    cursor: int
    state: str
    """Everything in the header that can change without a new step."""
    empty: bool

    @classmethod
    def of(cls, run: Run, since: int, steps: Steps, evaluations: list[Evaluation], queue: dict[str, int], store: Store) -> "Frame":
        """Return a frame: header length, header as JSON, rows as float32 (see `explorer/ui/components/static/record/record.js`)."""
        rows = _rows(steps)
        job = store.job(run.race)
        recent = float(np.median(steps.seconds[-20:])) if len(steps.seconds) else 0.0
        left = run.experiment.recipe.steps - run.step
        header: dict[str, object] = {
            "run": run.id, "race": run.race, "lane": run.lane, "state": run.state, "reason": run.reason,
            "place": queue.get(run.race), "command": job.command if job else "", "delay": job.delay if job else 0,
            "message": job.message if job else "", "recorded": run.recorded, "device_name": run.device_name,
            "precision": run.precision, "steps": run.experiment.recipe.steps, "rewinds": run.rewinds,
            "layers": steps.gradient_norms.shape[1], "blocks": steps.blocks,
            "evaluations": [_row(one) for one in evaluations],
        }  # fmt: skip
        state = json.dumps(
            [header[name] for name in ("state", "reason", "place", "command", "delay", "message", "rewinds", "evaluations")]
        )
        cursor = steps.cursor or min(since, run.step)
        header |= {"since": since, "cursor": cursor, "step": run.step, "rows": len(rows)}
        if since > run.step:
            header["rewind"] = run.step
        if recent and run.state is RunState.TRAINING:
            header |= {"rate": 1 / recent, "seconds_left": left * recent}
        text = json.dumps(header).encode()
        text += b" " * (-(4 + len(text)) % 4)
        data = len(text).to_bytes(4, "little") + text + rows.astype("<f4").tobytes()
        return cls(data, cursor, state, empty=not len(rows) and since <= run.step)


def _row(one: Evaluation) -> list[float | None]:
    values = (one.train_loss, one.train_error, one.test_loss, one.test_error)
    return [one.step, *(value if np.isfinite(value) else None for value in values)]


def _rows(steps: Steps) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    """Rows of step, loss, accuracy, learning rate, seconds, norms and profile; a long history keeps every k-th and the last."""
    columns = np.column_stack([steps.step, steps.loss, steps.accuracy, steps.learning_rate, steps.seconds])
    profiles = steps.profiles if steps.blocks else steps.profiles[:, :0]
    rows = np.hstack([columns.astype(np.float32), steps.gradient_norms, profiles])
    stride = -(-rows.size // MOST_NUMBERS)
    return rows if stride <= 1 else np.vstack([rows[:-1:stride], rows[-1:]])

"""kill -9 of a worker and of the server: nothing recorded is lost, and everything can go on."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from explorer.runs import queue
from explorer.runs.records import Command, Run, RunState
from explorer.runs.store import Store
from explorer.runs.workers import Supervisor
from explorer.specs import NetworkSpec, Race, Recipe, settings
from tests.conftest import start_server

RACE = Race(
    networks=(NetworkSpec(depth=8, shortcut="none", width=4), NetworkSpec(depth=8, width=4)),
    recipe=Recipe(steps=20_000, evaluate_every=20_000, checkpoint_every=10),
)


def wait(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def first(store: Store, race: str) -> Run:
    return store.race(race)[0]


def train_pid(store: Store) -> int:
    return next(iter(store.ready_workers("train")), 0)


def test_a_killed_worker_is_replaced_and_its_race_goes_on_from_the_last_checkpoint(store: Store) -> None:
    supervisor = Supervisor(settings())
    supervisor.start()
    try:
        wait(lambda: train_pid(store) > 0)
        race = queue.submit_race(store, RACE, "me")[0].race
        wait(lambda: first(store, race).step > 25)
        killed = train_pid(store)
        os.kill(killed, signal.SIGKILL)
        wait(lambda: first(store, race).state is RunState.INTERRUPTED, 5)
        run = first(store, race)
        assert "signal 9" in run.reason
        assert store.steps(run.id).cursor == run.step > 25
        wait(lambda: train_pid(store) not in {0, killed})
        queue.resume_race(store, race, "me")
        wait(lambda: first(store, race).step > run.step)
        steps = store.steps(run.id).step
        assert steps.tolist() == list(range(1, len(steps) + 1)), "no step is missing, none is there twice"
        steer(store, race)
    finally:
        supervisor.stop()


def steer(store: Store, race: str) -> None:
    """Pause, one single step, slow motion, stop: each is obeyed."""
    queue.command(store, race, "me", Command.PAUSE)
    wait(lambda: first(store, race).state is RunState.PAUSED)
    time.sleep(0.3)
    before = [run.step for run in store.race(race)]
    queue.command(store, race, "me", Command.STEP)
    wait(lambda: [run.step for run in store.race(race)] == [step + 1 for step in before])
    queue.command(store, race, "me", Command.RESUME)
    queue.command(store, race, "me", Command.SLOW)
    wait(lambda: first(store, race).state is RunState.TRAINING)
    now = first(store, race).step
    time.sleep(1.2)
    assert first(store, race).step - now <= 6
    queue.command(store, race, "me", Command.STOP)
    wait(lambda: first(store, race).state is RunState.STOPPED)


def test_a_killed_server_leaves_an_interrupted_run_that_a_new_server_finds(folder: Path) -> None:
    server, _ = start_server(folder)
    store = Store(folder / "runs.sqlite")
    wait(lambda: train_pid(store) > 0)
    race = queue.submit_race(store, RACE, "me")[0].race
    wait(lambda: first(store, race).step > 25)
    worker = train_pid(store)
    server.send_signal(signal.SIGKILL)
    server.wait(10)
    wait(lambda: first(store, race).state is RunState.INTERRUPTED, 10)
    wait(lambda: not Path(f"/proc/{worker}").exists() or "Z" in Path(f"/proc/{worker}/stat").read_text(), 10)
    kept = first(store, race).step
    assert store.steps(first(store, race).id).cursor == kept
    server, _ = start_server(folder)
    try:
        wait(lambda: train_pid(store) not in {0, worker})
        queue.resume_race(store, race, "me")
        wait(lambda: first(store, race).step > kept)
    finally:
        server.terminate()
        server.wait(20)

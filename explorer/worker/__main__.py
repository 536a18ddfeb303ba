"""`python -m explorer.worker`: started by `explorer.runs.workers`, never by a person."""

import argparse
import os
import threading
import time
from pathlib import Path

from explorer.runs import queue
from explorer.runs.store import Store

IDLE = 0.03
"""Seconds between two looks into an empty queue: a click trains at once."""


def main() -> None:
    """Serve a pool until the server's end of our input closes."""
    parser = argparse.ArgumentParser()
    for name in ("--pool", "--name", "--store", "--data"):
        parser.add_argument(name, required=True)
    given = parser.parse_args()
    os.nice(10)  # the page comes first
    store = Store(Path(given.store))
    ready = threading.Event()
    threading.Thread(target=_beat, args=(store, given.name, given.pool, ready), daemon=True).start()
    threading.Thread(target=_end_with_server, args=(store, given.name), daemon=True).start()

    from explorer.worker.jobs import do, warm_up  # torch loads here, before any job is there

    warm_up(given.pool, Path(given.data))
    ready.set()
    while True:
        job = queue.claim(store, given.pool, given.name)
        if job is None:
            time.sleep(IDLE)
        else:
            do(job, store, Path(given.data))


def _beat(store: Store, name: str, pool: str, ready: threading.Event) -> None:
    while True:
        store.beat(name, os.getpid(), pool, ready=ready.is_set())
        time.sleep(1)


def _end_with_server(store: Store, name: str) -> None:
    """The server holds our input open; it closes when the server ends, by kill -9 too."""
    while os.read(0, 1):
        pass
    queue.interrupt(store, name, "The server ended while this trained.")
    os._exit(0)


if __name__ == "__main__":
    main()

"""What watchers of one live run cost: the server's processor time and the delay of delivery, for 0 to 200 browsers.

Run: python -m benchmarks.watchers [--seconds 15]. A race of the first preset trains in the app's own worker; watchers
are WebSocket clients in a process of their own, as patient as a browser. The delay of a frame is the time from when the
oldest step in it could be read from the store until the watcher has it.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import platform
import time
from multiprocessing.queues import Queue
from pathlib import Path

from websockets.asyncio.client import connect

from benchmarks.serving import Server, served
from explorer.runs import queue
from explorer.runs.store import Store
from explorer.specs import PRESETS, Recipe

WATCHERS = (0, 1, 10, 50, 200)
Arrival = tuple[str, int, float]
"""Run, oldest new step, time of arrival."""


async def _watch(address: str, origin: str, until: float, arrivals: list[Arrival]) -> None:
    async with connect(address, origin=origin, max_size=None) as socket:  # type: ignore[arg-type]  # a plain string
        while (left := until - time.time()) > 0:
            try:
                frame = await asyncio.wait_for(socket.recv(), left)
            except TimeoutError:
                return
            if isinstance(frame, bytes):
                header = json.loads(frame[4 : 4 + int.from_bytes(frame[:4], "little")])
                arrivals.append((header["run"], header["since"] + 1, time.time()))


def _watch_all(url: str, runs: list[str], count: int, until: float, answer: "Queue[list[Arrival]]") -> None:
    address = url.replace("http", "ws") + "live?" + "&".join(f"run={run}&since=0" for run in runs)
    arrivals: list[Arrival] = []

    async def everyone() -> None:
        await asyncio.gather(*(_watch(address, url.rstrip("/"), until, arrivals) for _ in range(count)))

    asyncio.run(everyone())
    answer.put(arrivals)


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(server: Server, store: Store, runs: list[str], count: int, seconds: float) -> tuple[float, list[float]]:
    """Return the server's processor seconds a second, and the delays of all frames."""
    answer: Queue[list[Arrival]] = multiprocessing.Queue()
    until = time.time() + 2 + seconds
    process = multiprocessing.Process(target=_watch_all, args=(server.url, runs, count, until, answer))
    process.start()
    time.sleep(2)  # all are connected
    begun, used = time.time(), _processor_seconds(server.pid)
    visible: dict[tuple[str, int], float] = {}
    last = dict.fromkeys(runs, 0)
    while time.time() < until:
        for name in runs:
            run = store.run(name)
            if run is not None and run.step > last[name]:
                visible |= {(name, step): time.time() for step in range(last[name] + 1, run.step + 1)}
                last[name] = run.step
        time.sleep(0.005)
    load = (_processor_seconds(server.pid) - used) / (time.time() - begun)
    arrivals = answer.get()
    process.join()
    waited = [(visible.get((run, step)), when) for run, step, when in arrivals if when > begun + 0.5]
    return load, sorted(max(0.0, when - seen) for seen, when in waited if seen is not None)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=15)
    seconds = parser.parse_args().seconds
    race = PRESETS[0].race.model_copy(update={"recipe": Recipe(steps=20_000, evaluate_every=1000, checkpoint_every=1000)})
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, plain-56 and residual-56 training")
    print("| watchers | server, share of a core | frames | delay: median | 99 % | most |\n|---|---|---|---|---|---|")
    with served() as server:
        store = Store(server.store)
        runs = [run.id for run in queue.submit_race(store, race, "benchmark")]
        time.sleep(3)
        for count in WATCHERS:
            load, delays = measure(server, store, runs, count, seconds)
            told = [delays[len(delays) // 2], delays[int(0.99 * len(delays))], delays[-1]] if delays else []
            print(f"| {count} | {load:.3f} | {len(delays)} | {' | '.join(f'{one:.2f} s' for one in told)} |", flush=True)
        store.close()


if __name__ == "__main__":
    main()

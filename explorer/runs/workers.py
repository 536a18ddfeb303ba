"""Processes that train and measure: started by name before they are wanted, watched, replaced."""

import os
import shutil
import subprocess
import sys
import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from explorer.runs.queue import interrupt, interrupt_silent
from explorer.runs.store import Store
from explorer.specs import Settings

_CALM = {
    "OMP_NUM_THREADS": "1",
    "OMP_WAIT_POLICY": "passive",
    # glibc: keep freed memory instead of giving it back to the system at every step
    "MALLOC_TRIM_THRESHOLD_": "2147483647",
    "MALLOC_TOP_PAD_": "67108864",
    "MALLOC_MMAP_MAX_": "0",
}
"""One thread a worker: more of them wait for each other as soon as a neighbour is busy."""


def training_slots(chosen: int) -> int:
    """Return how many training workers there are: as chosen, else one a GPU, else one for two cores."""
    return chosen or _gpus() or max(1, (os.cpu_count() or 2) // 2)


def _gpus() -> int:
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return 0
    listing = subprocess.run([tool, "-L"], capture_output=True, text=True, timeout=10, check=False)  # noqa: S603 - a fixed command
    return sum(line.startswith("GPU ") for line in listing.stdout.splitlines())


@dataclass
class _Worker:
    pool: str
    name: str = field(default_factory=lambda: uuid.uuid4().hex)
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0


class Supervisor:
    """Keeps the pools full while the server lives; the workers end with it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        pools = ["train"] * training_slots(settings.training_workers) + ["measure"]
        self.workers = [_Worker(pool) for pool in pools]
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="supervisor", daemon=True)

    def start(self) -> None:
        """Start every worker and the watch over them."""
        store = Store(self.settings.store_path)
        interrupt_silent(store)
        store.close()
        for worker in self.workers:
            self._launch(worker)
        self._thread.start()

    def stop(self) -> None:
        """End every worker: closing its input asks it to, and what stays is killed."""
        self._ended.set()
        self._thread.join(5)
        for worker in self.workers:
            if worker.process and worker.process.stdin:
                worker.process.stdin.close()
        for worker in self.workers:
            if worker.process:
                try:
                    worker.process.wait(3)
                except subprocess.TimeoutExpired:
                    worker.process.kill()
                    worker.process.wait()

    def _launch(self, worker: _Worker) -> None:
        worker.name, worker.started = uuid.uuid4().hex, time.monotonic()
        command = [sys.executable, "-m", "explorer.worker", "--pool", worker.pool, "--name", worker.name]
        with _log(self.settings.folder, worker.pool) as log:
            worker.process = subprocess.Popen(  # noqa: S603 - our own program
                [*command, "--store", str(self.settings.store_path), "--data", str(self.settings.datasets_path)],
                env={**os.environ, **_CALM},
                stdin=subprocess.PIPE,  # its end tells the worker that the server is gone, however it went
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _watch(self) -> None:
        store = Store(self.settings.store_path)
        while not self._ended.wait(0.5):
            for worker in self.workers:
                code = worker.process.poll() if worker.process else 0
                if code is None:
                    continue
                interrupt(store, worker.name, f"The worker ended ({_ending(code)}).")
                if worker.process and worker.process.stdin:
                    worker.process.stdin.close()
                if time.monotonic() - worker.started > 3:  # one that dies at its start is given a pause
                    self._launch(worker)
            interrupt_silent(store)
        store.close()


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def _log(folder: Path, pool: str) -> BinaryIO:
    path = folder / "logs"
    path.mkdir(parents=True, exist_ok=True)
    return (path / f"{pool}.log").open("ab")

"""The app under measurement: started in a folder of its own on a free port of the loopback address."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass(frozen=True)
class Server:
    """A running app."""

    url: str
    pid: int
    store: Path


@contextmanager
def served() -> Iterator[Server]:
    """Start the app and wait for it; end it by its process id."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "RESIDUAL_EXPLORER_FOLDER": folder},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            url = f"http://127.0.0.1:{port}/"
            _wait(f"{url}_stcore/health")
            time.sleep(8)  # the workers warm up: the figures are for a warm server
            yield Server(url, process.pid, Path(folder) / "runs.sqlite")
        finally:
            process.terminate()
            process.wait(20)


def _wait(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(url, timeout=1).close()  # loopback only
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)

"""What tests share: a folder for runs, a browser, and the app itself on the loopback address."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before torch is imported: more threads only wait for each other

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from explorer.runs.store import Store
from explorer.specs import settings

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Every test has a folder of its own for runs and settings."""
    monkeypatch.setenv("RESIDUAL_EXPLORER_FOLDER", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    made = Store(folder / "runs.sqlite")
    yield made
    made.close()


@pytest.fixture(scope="session")
def browser():  # type: ignore[no-untyped-def]
    """Headless Chromium; required in CI, elsewhere skipped with a reason when there is none."""
    executable = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if executable is None:
        if os.environ.get("EXPLORER_REQUIRE_BROWSER"):
            pytest.fail("No Chromium was found, and EXPLORER_REQUIRE_BROWSER demands one.")
        pytest.skip(f"no browser: none of {', '.join(BROWSERS)} is installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield launched
        launched.close()


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_server(folder: Path) -> tuple["subprocess.Popen[bytes]", str]:
    """Start the app as the README does; the caller ends it by its process id."""
    port = free_port()
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
            cwd=ROOT,
            env={**os.environ, "RESIDUAL_EXPLORER_FOLDER": str(folder)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}/"
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{url}_stcore/health", timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return process, url
    process.kill()
    raise TimeoutError((folder / "server.log").read_text())


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The running app with warm workers."""
    folder = tmp_path_factory.mktemp("server")
    process, url = start_server(folder)
    shared = Store(folder / "runs.sqlite")
    for _ in range(600):
        if shared.ready_workers("train"):
            break
        time.sleep(0.1)
    yield url
    process.terminate()
    process.wait(20)

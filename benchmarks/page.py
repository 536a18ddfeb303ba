"""Time what a person waits for: the front page's first useful paint, and click to first live point.

Run: python benchmarks/page.py [--rounds 5]. Starts its own server in a temporary folder, drives headless Chromium, and
prints the median, minimum and maximum in seconds. Times are of this machine; read them beside its name.
"""

import argparse
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@contextmanager
def served() -> Iterator[str]:
    """Start the app on a free port of the loopback address; yield its address; end it by its process id."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "app.py",
            "--server.port",
            str(port),
            "--server.headless",
            "true",
        ]
        server = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "RESIDUAL_EXPLORER_FOLDER": folder},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            server.wait(20)


def _wait(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(url, timeout=1).close()  # loopback only
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)


def first_paint(page: Page, url: str) -> tuple[float, float]:
    """Return seconds from navigation until the diagrams are painted, and until the recorded curves are."""
    page.goto(url, wait_until="commit")
    page.wait_for_function("performance.getEntriesByName('curves').length")
    marks = page.evaluate("['diagrams', 'curves'].map((name) => performance.getEntriesByName(name)[0].startTime)")
    return marks[0] / 1000, marks[1] / 1000


def first_point(page: Page) -> float:
    """Return seconds from a click on Race until its first step is drawn; then stop the race."""
    before = page.locator(".rx-stage").get_attribute("data-runs")
    start = time.perf_counter()
    page.locator(".rx-race").click()
    page.wait_for_function(
        """before => { const { runs, step } = document.querySelector('.rx-stage').dataset;
                       return runs !== before && Number(step) > 0; }""",
        arg=before,
        polling=5,
    )
    took = time.perf_counter() - start
    page.locator(".rx-stop:enabled").click()
    page.wait_for_selector(".rx-stop:disabled")
    time.sleep(1)
    return took


def _row(name: str, values: list[float]) -> str:
    return f"| {name} | {statistics.median(values):.2f} | {min(values):.2f} | {max(values):.2f} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    executable = next(path for name in BROWSERS if (path := shutil.which(name)))
    with served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        time.sleep(8)  # the workers warm up: the figures are for a warm server
        diagrams, curves, points = [], [], []
        for _ in range(rounds):
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            drawn, painted = first_paint(page, url)
            diagrams.append(drawn)
            curves.append(painted)
            points.append(first_point(page))
            page.close()
        browser.close()
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, {rounds} rounds, seconds")
    print("| what | median | least | most |\n|---|---|---|---|")
    print(_row("front page: diagrams stand", diagrams))
    print(_row("front page: recorded curves drawn", curves))
    print(_row("click on Race to first live point", points))


if __name__ == "__main__":
    main()

"""Time what a person waits for: the front page's first useful paint, click to first live point, a deep diagram.

Run: python -m benchmarks.page [--rounds 5]. Drives headless Chromium, a new empty profile every round, and prints the
median, minimum and maximum in seconds, as the browser's own clock measured them where it can. Times are of this machine.
"""

import argparse
import os
import platform
import shutil
import statistics
import time

from playwright.sync_api import Page, sync_playwright

from benchmarks.serving import ARGUMENTS, BROWSERS, served

DEPTHS = (20, 110, 1202)


def first_paint(page: Page, url: str) -> tuple[float, float]:
    """Return seconds from navigation until the diagrams are painted, and until the recorded curves are."""
    page.goto(url, wait_until="commit")
    page.wait_for_function("performance.getEntriesByName('curves').length")
    return _marked(page, "diagrams"), _marked(page, "curves")


def _marked(page: Page, name: str) -> float:
    return float(page.evaluate("(name) => performance.getEntriesByName(name)[0].startTime", name)) / 1000


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


def diagram(page: Page, url: str, depth: int) -> float:
    """Return seconds from navigation until the diagrams of a plain and a residual network of a depth are painted."""
    page.goto(f"{url}?a_depth={depth}", wait_until="commit")
    page.wait_for_function("performance.getEntriesByName('diagrams').length")
    return _marked(page, "diagrams")


def _row(name: str, values: list[float]) -> str:
    return f"| {name} | {statistics.median(values):.2f} | {min(values):.2f} | {max(values):.2f} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    executable = next(path for name in BROWSERS if (path := shutil.which(name)))
    found: dict[str, list[float]] = {}
    with served() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)

        def new_page() -> Page:
            return browser.new_page(viewport={"width": 1280, "height": 720})

        for _ in range(rounds):
            page = new_page()
            drawn, painted = first_paint(page, server.url)
            found.setdefault("front page: diagrams painted", []).append(drawn)
            found.setdefault("front page: recorded curves painted", []).append(painted)
            found.setdefault("click on Race to first live point", []).append(first_point(page))
            page.close()
            for depth in DEPTHS:
                page = new_page()
                found.setdefault(f"page with two diagrams of depth {depth}", []).append(diagram(page, server.url, depth))
                page.close()
        browser.close()
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, {rounds} rounds, seconds")
    print("| what | median | least | most |\n|---|---|---|---|")
    for name, values in found.items():
        print(_row(name, values))


if __name__ == "__main__":
    main()

"""How the tests in a browser visit the app: a page of an empty profile, and what is kept of it."""

import os
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page

ARTEFACTS = Path(os.environ.get("EXPLORER_ARTEFACTS", "artefacts"))
SIZES = ((1280, 720), (1920, 1080))
PRESENT = "[data-test-script-state=notRunning]"


def opened(browser: Browser, server: str, scheme: str) -> Iterator[Page]:
    """A page of an empty profile that fails the test on any error in its console."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, color_scheme=scheme)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if serious(message) else None)
    page.goto(server)
    wait_for_curves(page)
    yield page
    context.close()
    assert not errors, errors


def serious(message: ConsoleMessage) -> bool:
    """Whether this is an error of ours: streamlit itself asks for its health under a page's own path first."""
    return message.type == "error" and "_stcore/" not in message.location.get("url", "")


def wait_for_curves(page: Page) -> None:
    page.wait_for_function("Number(document.querySelector('.rx-stage')?.dataset.step) > 0", timeout=30_000)


def keep(page: Page, name: str) -> None:
    """Keep screenshots of both sizes as artefacts."""
    ARTEFACTS.mkdir(exist_ok=True)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(500)
        page.screenshot(path=ARTEFACTS / f"{name}-{width}.png")
    page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})

"""The attribution studio in a real browser: every view answers, on a desk and on a phone, and its pictures leave it."""

import io
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.visits import ARTEFACTS, PRESENT, keep, opened

SCHEMES = ("light", "dark")
DESK, PHONE = {"width": 1280, "height": 720}, {"width": 390, "height": 844}


@pytest.fixture
def page(browser: Browser, server: str):  # type: ignore[no-untyped-def]
    yield from opened(browser, server, "light")


def studio(page: Page, server: str, query: str = "") -> Page:
    page.goto(f"{server}attribution{query}")
    page.wait_for_selector(PRESENT)
    return page


def walls(page: Page, count: int = 1) -> None:
    expect(page.locator(".js-plotly-plot .hm").nth(count - 1)).to_be_attached(timeout=60_000)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_view_says_what_it_found(browser: Browser, server: str, scheme: str) -> None:
    for page in opened(browser, server, scheme):
        studio(page, server)
        found = {
            "Methods": "Right answers on 4 pictures",
            "Blocks": "logits over the shortcut",
            "Classes": "what speaks for each?",
            "Agreement": "Least alike",
        }
        for view, words in found.items():
            page.get_by_role("radio", name=view, exact=True).click()
            expect(page.get_by_text(words).first).to_be_visible(timeout=60_000)
            page.wait_for_selector(PRESENT)
            keep(page, f"studio-{view.lower()}-{scheme}")
        page.get_by_role("radio", name="Over training").click()
        expect(page.get_by_text("Train your own on Explore")).to_be_visible()
        studio(page, server, "?view=Is+it+right%3F&check=Random+weights&checked=8&methods=Saliency&methods=Grad-CAM")
        expect(page.get_by_text("random").first).to_be_visible(timeout=90_000)
        expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=90_000)
        keep(page, f"studio-checks-{scheme}")


def test_on_a_phone_the_wall_stays_within_the_window(page: Page, server: str) -> None:
    page.set_viewport_size(PHONE)
    studio(page, server, "?shown=2&methods=Saliency&methods=Grad-CAM")
    walls(page)
    page.wait_for_timeout(1500)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    box = page.locator("[class*='st-key-wide_']").first.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= PHONE["width"] + 1
    assert page.evaluate("document.querySelector('.st-key-wall_0').scrollWidth") >= 940  # it scrolls inside
    page.screenshot(path=Path(keep_folder()) / "studio-phone.png")


def keep_folder() -> str:
    ARTEFACTS.mkdir(exist_ok=True)
    return str(ARTEFACTS)


def test_a_click_on_a_block_of_the_diagram_chooses_it(page: Page, server: str) -> None:
    studio(page, server, "?view=Blocks")
    block = page.locator(".rx-lane").first.locator(".rx-block").nth(11)
    block.wait_for(timeout=30_000)
    block.click()
    expect(page.get_by_role("combobox", name="Block")).to_have_value("stage2.block3", timeout=10_000)
    expect(page.get_by_text("Block stage2.block3, median picture")).to_be_visible(timeout=30_000)


def test_arrays_and_the_file_for_captum_alone_leave_the_studio(page: Page, server: str) -> None:
    studio(page, server, "?shown=1&methods=Saliency")
    walls(page)
    page.get_by_role("button", name="Take out").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Arrays as npz").click()
    arrays = np.load(io.BytesIO(Path(download.value.path()).read_bytes()), allow_pickle=False)
    assert arrays["0-map-saliency"].shape == (1, 8, 8)
    with page.expect_download() as download:
        page.get_by_role("button", name="File that computes this map").click()
    assert "attr.Saliency" in Path(download.value.path()).read_text()


def test_offline_an_imagenet_network_says_what_is_missing(page: Page, server: str) -> None:
    studio(page, server, "?source=ImageNet&imagenet=ResNet-34")
    expect(page.get_by_text("resnet34-b627a593.pth")).to_be_visible(timeout=60_000)

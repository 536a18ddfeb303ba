"""The first minute of a newcomer, in a real browser: see, race, look closer, ask what each network attends to."""

import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from explorer.labs.lab import Lab
from explorer.labs.order import LABS
from tests.browser.visits import PRESENT, keep, opened, wait_for_curves

PATHS = (
    "",
    "attribution",
    "attribution?view=Blocks",
    "attribution?view=Agreement",
    "attribution?source=ImageNet",
    "dissect",
    "dissect?view=Paths",
    "dissect?view=Loss+surface",
    "switchboard",
    "speed",
    "labs",
    "lab-highway",
    "lab-sharpening",
    "runs",
)
LAB_PICTURE = ".st-key-lab_picture .js-plotly-plot"
NAMED = "names => names.some(name => new URL(location).searchParams.has(name))"
PASSING = "[data-testid=stMain] :is(.stProgress, [data-stale=true])"
"""What is about to go: streamlit fades it, and faded text is pale for as long."""


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    yield from opened(browser, server, "light")


def staged_step(page: Page) -> int:
    return int(page.locator(".rx-stage").get_attribute("data-step") or 0)


def start_short_race(page: Page) -> None:
    """Two shallow networks and few steps: the same journey in seconds."""
    address = page.url.split("?")[0]
    page.goto(f"{address}?a_depth=8&steps=30&warmup=5&evaluate_every=15&seed=7")
    page.wait_for_selector(f"{PRESENT}")
    page.locator(".rx-state", has_text="Not trained yet").wait_for()
    page.locator(".rx-race").click()


def test_the_front_page_shows_a_recorded_race_and_says_that_it_is_recorded(browser: Browser, server: str, scheme: str) -> None:
    for page in opened(browser, server, scheme):
        expect(page.locator(".rx-state")).to_contain_text("Recorded")
        expect(page.locator(".rx-title")).to_contain_text("plain-56")
        assert staged_step(page) == 200
        keep(page, f"explore-{scheme}")


def test_the_first_charts_stand_on_one_screen_without_scrolling(page: Page) -> None:
    for name in ("loss", "error", "gradient"):
        box = page.locator(f".rx-{name}").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 720, name


def test_the_diagram_and_the_gradient_chart_share_their_depth_axis(page: Page) -> None:
    chart = page.locator(".rx-gradient .bglayer").bounding_box()
    heat = page.locator(".rx-map canvas").first.bounding_box()
    assert chart is not None
    assert heat is not None
    assert abs(chart["x"] - (heat["x"] + 46)) <= 1.5
    assert abs(chart["x"] + chart["width"] - (heat["x"] + heat["width"] - 10)) <= 1.5


def test_a_click_on_race_trains_both_networks_and_a_second_browser_watches(page: Page, browser: Browser) -> None:
    start_short_race(page)
    page.wait_for_function("Number(document.querySelector('.rx-stage').dataset.step) === 30", timeout=60_000)
    expect(page.locator(".rx-state")).to_have_text("Finished", timeout=20_000)
    expect(page.locator(".rx-loss h2")).to_contain_text(re.compile(r"A \d.*B \d"))
    stranger = browser.new_context().new_page()
    stranger.goto(page.url)
    stranger.wait_for_function("Number(document.querySelector('.rx-stage')?.dataset.step) === 30", timeout=30_000)
    expect(stranger.locator(".rx-pause")).to_be_disabled()
    stranger.context.close()


def test_a_refreshed_page_finds_its_run_again(page: Page) -> None:
    start_short_race(page)
    page.wait_for_function("Number(document.querySelector('.rx-stage').dataset.step) > 5", timeout=60_000)
    runs = page.locator(".rx-stage").get_attribute("data-runs")
    page.reload()
    wait_for_curves(page)
    assert page.locator(".rx-stage").get_attribute("data-runs") == runs


def test_a_race_can_be_paused_stepped_and_stopped(page: Page) -> None:
    address = page.url.split("?")[0]
    page.goto(f"{address}?a_depth=8&steps=5000")
    page.locator(".rx-state", has_text="Not trained yet").wait_for()
    page.locator(".rx-race").click()
    page.wait_for_function("Number(document.querySelector('.rx-stage').dataset.step) > 3", timeout=60_000)
    page.locator(".rx-pause").click()
    page.locator(".rx-state", has_text="Paused").wait_for()
    page.wait_for_timeout(700)
    before = staged_step(page)
    page.locator(".rx-step").click()
    page.wait_for_function(f"Number(document.querySelector('.rx-stage').dataset.step) === {before + 1}", timeout=10_000)
    page.locator(".rx-stop").click()
    page.locator(".rx-state", has_text="Stopped").wait_for()


def test_a_block_opens_from_the_keyboard_and_closes_with_escape(page: Page) -> None:
    page.locator(".rx-diagram [tabindex='0']").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    card = page.locator(".rx-block-card, [data-block-card]").first
    expect(card).to_be_visible()
    keep(page, "block")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_every_preset_draws_its_networks(page: Page) -> None:
    for key in "23456":
        page.locator(".rx-title").click()
        page.keyboard.press(key)
        lanes = {"2": 4, "3": 3}.get(key, 2)
        expect(page.locator(".rx-map canvas")).to_have_count(lanes, timeout=10_000)
        keep(page, f"preset-{key}")
        assert page.get_by_test_id("stException").count() == 0


def test_a_value_that_does_not_fit_is_explained_and_loses_nothing(page: Page) -> None:
    page.goto(page.url.split("?")[0] + "?a_depth=57&steps=77")
    expect(page.locator(".rx-state")).to_contain_text("the nearest two are 56 and 62", timeout=15_000)
    expect(page.locator(".rx-race")).to_be_disabled()
    assert "steps=77" in page.url


@pytest.mark.parametrize("path", PATHS)
def test_no_page_breaks_an_accessibility_rule(browser: Browser, server: str, scheme: str, path: str) -> None:
    for page in opened(browser, server, scheme):
        if path:
            page.goto(server + path)
        page.wait_for_selector(PRESENT)
        page.wait_for_timeout(2500)
        expect(page.locator(PASSING)).to_have_count(0, timeout=120_000)
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]})
        report = [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found.response["violations"]]
        assert not report, json.dumps(report, indent=1)


@pytest.mark.parametrize("lab", LABS.values(), ids=LABS)
def test_a_lab_shows_its_picture_and_a_try_puts_its_values_into_the_address(page: Page, server: str, lab: Lab) -> None:
    page.goto(server + lab.address)
    page.wait_for_selector(LAB_PICTURE, timeout=60_000)
    expect(page.get_by_role("heading", name=lab.question)).to_be_visible()
    keep(page, f"lab-{lab.name}")
    page.locator(".st-key-try_2 button").click()
    values = {control.key: value for control, value in lab.tries[2].values.items() if value != ()}
    wanted = {name: f"{value:g}" if isinstance(value, float) else str(value) for name, value in values.items()}
    page.wait_for_function(NAMED, arg=list(wanted), timeout=20_000)
    told = dict(parse_qsl(urlsplit(page.url).query))
    told.pop("run", None)  # whose networks it asks
    assert told.items() <= wanted.items()  # what stands at its default is not named
    page.wait_for_selector(LAB_PICTURE, timeout=60_000)


def test_a_point_of_the_strength_lab_is_dragged_and_moved_by_arrow_keys(page: Page, server: str) -> None:
    page.goto(f"{server}lab-strength")
    handle = page.locator("[data-handle=x]")
    handle.wait_for(timeout=60_000)
    page.wait_for_timeout(1000)
    box = handle.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 15, box["y"] + 15)
    page.mouse.down()
    page.mouse.move(box["x"] + 75, box["y"] + 55, steps=8)
    page.mouse.up()
    page.wait_for_function("Number(new URL(location).searchParams.get('strength_x1')) > 0", timeout=20_000)
    page.locator("[data-handle=α]").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("new URL(location).searchParams.get('strength_alpha') === '0.9'", timeout=20_000)


def test_a_card_of_the_labs_leads_to_its_lab_and_back(page: Page, server: str) -> None:
    page.goto(f"{server}labs")
    page.get_by_role("link", name="What if depth is time?").click()
    page.wait_for_selector(LAB_PICTURE)
    page.get_by_role("link", name="All labs").click()
    page.wait_for_selector(".st-key-card_highway .js-plotly-plot")


@pytest.mark.parametrize(
    "query",
    ["?run=../../etc/passwd", "?run=<script>alert(1)</script>", "?a_depth=1e309", "?networks=99&b_differs=nonsense", "?steps=-1"],
)
def test_a_hostile_address_shows_the_page_with_what_is_allowed(page: Page, query: str) -> None:
    page.goto(page.url.split("?")[0] + query)
    page.wait_for_selector(".rx-diagram svg")
    assert not page.locator("[data-testid=stException]").count()


@pytest.mark.parametrize("scheme", ["light", "dark"], indirect=True)
def test_the_journey_ends_at_what_each_network_looked_at(browser: Browser, server: str, scheme: str) -> None:
    for page in opened(browser, server, scheme):
        page.get_by_role("link", name="Attribution").click()
        wall = page.locator(".js-plotly-plot")
        expect(wall.first).to_be_visible(timeout=30_000)
        expect(page.get_by_text("Right answers on")).to_be_visible()
        page.wait_for_timeout(1000)
        keep(page, f"attribution-{scheme}")
        page.get_by_role("link", name="Runs").click()
        expect(page.get_by_text("Tick one run")).to_be_visible(timeout=15_000)
        page.wait_for_timeout(1000)
        keep(page, f"runs-{scheme}")


def test_a_link_holds_the_step_and_the_block_and_the_block_goes_along_to_attribution(page: Page) -> None:
    page.goto(page.url + "&at=50&selected=stage2.block3")
    wait_for_curves(page)
    expect(page.locator(".rx-gradient h2")).to_contain_text("at step 50")
    page.reload()
    wait_for_curves(page)
    expect(page.locator(".rx-gradient h2")).to_contain_text("at step 50")
    assert "selected=stage2.block3" in page.url
    page.locator(".rx-diagram [tabindex='0']").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    chosen = page.evaluate("new URL(location).searchParams.get('selected')")
    page.keyboard.press("Escape")
    page.wait_for_timeout(1000)
    page.get_by_role("link", name="Attribution").click()
    expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=30_000)
    expect(page.get_by_role("combobox", name="Block")).to_have_value(chosen)


@pytest.mark.parametrize("scheme", ["light", "dark"], indirect=True)
def test_blocks_are_taken_away_by_a_click_and_brought_back_by_another(browser: Browser, server: str, scheme: str) -> None:
    for page in opened(browser, server, scheme):
        page.get_by_role("link", name="Dissect").click()
        expect(page.get_by_text("Error without each single block")).to_be_visible(timeout=60_000)
        expect(page.get_by_text("Error against pairs of blocks exchanged at random")).to_be_visible(timeout=60_000)
        for block in (1, 4):
            page.locator(".rx-lane").nth(2).locator(".rx-block").nth(block).click()
            page.wait_for_timeout(1200)
        told = page.get_by_text(re.compile(r"^Without stage1.block2, stage2.block2: A recorded plain-20 \d.* → \d"))
        expect(told).to_be_visible(timeout=20_000)
        assert page.locator(".rx-lane rect[fill=none][stroke-dasharray]").count() >= 2 * 2 * 2
        page.wait_for_timeout(800)
        keep(page, f"dissect-{scheme}")
        page.locator(".rx-lane").nth(2).locator(".rx-block").nth(1).click()
        expect(page.get_by_text(re.compile(r"^Without stage2.block2: A recorded"))).to_be_visible(timeout=20_000)
        assert "removed=stage2.block2" in page.url
        page.get_by_role("radio", name="Look inside").or_(page.get_by_text("Look inside")).first.click()
        expect(page.get_by_text("Gradient over the shortcut, median block")).to_be_visible(timeout=60_000)
        expect(page.locator(".js-plotly-plot")).to_have_count(5)
        page.wait_for_timeout(800)
        keep(page, f"inside-{scheme}")


@pytest.mark.parametrize("scheme", ["light", "dark"], indirect=True)
def test_the_switchboard_tells_what_first_gradients_do_with_depth(browser: Browser, server: str, scheme: str) -> None:
    for page in opened(browser, server, scheme):
        page.get_by_role("link", name="Switch-board").click()
        expect(page.get_by_text(re.compile(r"^From depth 8 to 110, .*in A plain and by .* in B"))).to_be_visible(timeout=60_000)
        expect(page.locator(".js-plotly-plot")).to_have_count(1)
        page.wait_for_timeout(800)
        keep(page, f"switchboard-{scheme}")


def test_arcs_and_cells_share_the_gradient_and_the_scrubber_goes_back_in_it(page: Page) -> None:
    page.locator(".rx-quantity").select_option("share")
    finding = page.locator(".rx-finding")
    expect(finding).to_contain_text(re.compile(r"A all through the branch: one term, B \d"))
    expect(page.locator(".rx-about")).to_contain_text("over the shortcuts")
    assert "along=share" in page.url

    def widths() -> list[float]:
        arcs = page.locator(".rx-lane").nth(1).locator("path[data-kind]")
        return [float(width) for width in arcs.evaluate_all("all => all.map((one) => one.getAttribute('stroke-width'))")]

    last = widths()
    assert len(last) == 27
    assert all(width > 0 for width in last)
    heights = page.locator(".rx-lane").nth(1).locator("g[shape-rendering] rect")
    assert len(set(heights.evaluate_all("all => all.map((one) => one.getAttribute('height'))"))) > 10
    page.locator(".rx-scrub input").fill("1")
    expect(finding).to_contain_text("at step 1,")
    page.wait_for_timeout(300)
    assert widths() != last
    page.reload()
    wait_for_curves(page)
    expect(page.locator(".rx-quantity")).to_have_value("share")
    keep(page, "share")


def test_every_quantity_is_drawn_on_the_same_axes_and_responses_can_be_sorted(page: Page) -> None:
    for name in page.locator(".rx-quantity option").evaluate_all("all => all.map((one) => one.value)"):
        page.locator(".rx-quantity").select_option(name)
        expect(page.locator(".rx-finding")).to_contain_text(re.compile(r"at step 200, median (layer|block): A .*B "))
        page.wait_for_timeout(400)
        chart = page.locator(".rx-gradient .bglayer").bounding_box()
        assert chart is not None
        assert page.locator(".rx-gradient .js-line").count() >= 1, name
        if name == "response":
            page.get_by_label("sorted").check()
            expect(page.locator(".rx-gradient .xtitle")).to_have_text("rank, largest first")
        keep(page, f"along-{name}")


@pytest.mark.parametrize("scheme", ["light", "dark"], indirect=True)
def test_every_view_of_dissect_answers_and_says_what_it_found(browser: Browser, server: str, scheme: str) -> None:
    found = {
        "Paths": r"^90% of what all paths carry .*recorded residual-56 \d",
        "Stage boundary": r"^Into stage 2 the picture halves",
        "Change the depth": r"^Test loss before and after: .*→",
        "Loss surface": r"^Loss at most, along the slice: A recorded plain-20 \d",
    }
    for page in opened(browser, server, scheme):
        page.get_by_role("link", name="Dissect").click()
        for view, sentence in found.items():
            page.get_by_text(view, exact=True).first.click()
            expect(page.get_by_text(re.compile(sentence)).first).to_be_visible(timeout=90_000)
            page.wait_for_timeout(1200)
            keep(page, f"{view.lower().replace(' ', '-')}-{scheme}")


def test_a_plane_grows_can_be_cancelled_and_keeps_what_was_known(page: Page) -> None:
    page.goto(page.url.split("?")[0] + "dissect?view=Loss+surface&surface_seed=3")
    page.get_by_role("button", name="Compute").click(timeout=90_000)
    cancel = page.get_by_role("button", name="Cancel")
    expect(page.locator(".js-plotly-plot")).to_have_count(2, timeout=60_000)
    cancel.click()
    expect(page.get_by_text("This was stopped before it was finished.")).to_be_visible(timeout=20_000)
    expect(page.get_by_role("button", name="Ask again")).to_be_visible()


def test_a_deeper_network_goes_on_training_where_the_shallow_one_stood(page: Page) -> None:
    page.goto(page.url.split("?")[0] + "dissect?view=Change+the+depth")
    page.get_by_role("spinbutton", name="Steps").fill("10", timeout=60_000)
    page.get_by_role("spinbutton", name="Steps").press("Enter")
    page.get_by_role("button", name="Go on training").click()
    expect(page.locator(".rx-title")).to_contain_text("one block a stage inserted at step 200", timeout=20_000)
    page.wait_for_function("Number(document.querySelector('.rx-stage').dataset.step) === 10", timeout=60_000)
    expect(page.locator(".rx-state")).to_have_text("Finished", timeout=20_000)
    keep(page, "grown")


def test_the_speed_page_times_this_machine(page: Page) -> None:
    page.get_by_role("link", name="Speed").click()
    expect(page.get_by_text(re.compile(r"^On .*multiply-adds a second: \d"))).to_be_visible(timeout=120_000)
    page.wait_for_timeout(800)
    keep(page, "speed")

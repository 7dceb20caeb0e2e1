"""The page for everyone: axe finds nothing serious, and nothing runs over the edge of a phone."""

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from layers.wording import wording
from panels.page import WAYS
from panels.session import LANDING
from panels.words import PANELS, TITLES
from tests.browser.opened import until
from tests.browsing import ROOT, rest

pytestmark = pytest.mark.browser


STREAMLITS_OWN = {
    # A table wider than the screen scrolls, and has nothing in it to focus. Chromium and Firefox let a box that scrolls
    # take the focus by itself (test_a_wide_table_scrolls_by_keyboard); axe asks for a tabindex, which st.table has not.
    "scrollable-region-focusable": '[data-testid="stTable"] > div',
}
"""Findings inside Streamlit's own widgets that stand: rule, and the only element that it may name."""
WIDTHS = (1400, 390)
TALL = 5000
"""Axe judges contrast only of what is in sight, and the page scrolls within a box: this height shows all of it."""


def opened(page, app_url, panel):
    page.goto(f"{app_url}?panel={panel}&clause=6&on=2023-05-01")
    page.wait_for_selector("path[data-controller]", state="attached")
    rest(page)
    return page


def serious(page, within=None):
    """What axe finds serious in the page, or within a part of it, but for what is Streamlit's."""
    found = []
    for item in Axe().run(page, within).response["violations"]:
        if item["impact"] not in {"serious", "critical"}:
            continue
        for node in item["nodes"]:
            own = STREAMLITS_OWN.get(item["id"])
            if not (own and page.locator(node["target"][0]).evaluate("(box, own) => box.matches(own)", own)):
                found.append((item["id"], node["html"][:160], node["failureSummary"]))
    return found


def read_further(page, panel):
    """Open what the panel keeps for a second look: a row's card, an upload's answer, the closed parts."""
    if panel == "points":
        page.locator(".atlas-own-file input").set_input_files(ROOT / "examples" / "made-up-incidents.csv")
        page.get_by_role("button", name="Place the points").click()
        page.wait_for_selector(".atlas-own-points", state="attached")
    elif panel == "governs":
        page.get_by_label("or latitude, longitude").fill("39.991, 46.9274")
        page.keyboard.press("Enter")
    elif panel == "sources":
        page.get_by_role("combobox", name="What a source is used for").click()
        page.get_by_role("option").first.click()
    elif panel in {"events", "claims"}:
        box = page.get_by_test_id("stDataFrame").first.bounding_box()
        page.mouse.click(box["x"] + 16, box["y"] + 52)
        page.get_by_test_id("stMain").get_by_role("button").last.wait_for()
    for closed in page.locator('[data-testid="stExpander"] summary').all():
        if not closed.evaluate("summary => summary.parentElement.open"):
            closed.click()
    rest(page)


@pytest.mark.parametrize("panel", list(PANELS))
def test_axe_finds_nothing_serious_and_nothing_runs_over_the_edge(new_page, app_url, panel):
    page = opened(new_page(viewport={"width": WIDTHS[0], "height": TALL}), app_url, panel)
    read_further(page, panel)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": TALL})
        rest(page)
        assert serious(page) == [], width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        wide = page.evaluate(
            """() => [...document.querySelectorAll('[data-testid="stMain"] > div')].filter(box => box.scrollWidth > box.clientWidth + 1).length"""
        )
        assert wide == 0, width


def switch(page, panel, lang):
    """Open a panel as a reader does, by the words of a language."""
    name = wording(lang).tr(PANELS[panel])

    if panel in WAYS:
        page.get_by_role("radio", name=name, exact=True).click()
    else:
        page.locator(".st-key-more button").click()
        page.get_by_role("menuitem", name=name, exact=True).click()
    if panel != LANDING:
        title = page.locator(".st-key-atlas-dock-head").get_by_role("heading")
        expect(title).to_have_text(wording(lang).tr(TITLES[panel]))
    rest(page)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", ["az", "hy", "ru"])
def test_axe_finds_nothing_serious_in_any_panel_of_another_language(new_page, app_url, lang, width):
    """One page for all: what stands around the panels is judged once."""
    page = new_page(viewport={"width": width, "height": TALL})
    page.goto(f"{app_url}?panel=start&clause=6&on=2023-05-01&lang={lang}")
    page.wait_for_selector("path[data-controller]", state="attached")
    rest(page)
    found = {"start": serious(page)}
    for panel in PANELS:
        if panel != "start":
            switch(page, panel, lang)
            found[panel] = serious(page, ".st-key-atlas-dock")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, panel
    assert {panel: items for panel, items in found.items() if items} == {}


@pytest.mark.parametrize("lang", ["az", "hy", "ru"])
def test_a_phone_in_another_language_has_room_for_everything(new_page, app_url, lang):
    page = new_page(viewport={"width": 320, "height": 640})
    page.goto(f"{app_url}?panel=clauses&lang={lang}")
    page.wait_for_selector("path[data-controller]", state="attached")
    rest(page)
    assert serious(page) == []
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".st-key-atlas-bar button, .st-key-atlas-ways button, .st-key-atlas-dock button")]
        .map(one => one.getBoundingClientRect()).filter(box => box.width && (box.left < 0 || box.right > innerWidth)).length"""
    )
    assert cut == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.chromium_only(reason="WebDriver BiDi can't ask Firefox ESR for the look of a print")
def test_a_print_of_a_panel_begins_with_the_map(new_page, app_url):
    page = opened(new_page(), app_url, "deadlines")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".st-key-atlas-bar")).not_to_be_visible()
    until(page, "document.querySelector('.atlas-map').getBoundingClientRect().width > 500")
    ground, head = (
        page.locator(".atlas-map").bounding_box(),
        page.get_by_role("heading", name="Obligations").bounding_box(),
    )
    assert head["y"] >= ground["y"] + ground["height"]


def test_the_table_of_obligations_needs_no_scrolling_to_the_side(new_page, app_url):
    page = opened(new_page(viewport={"width": 320, "height": 640}), app_url, "deadlines")
    page.get_by_text("All fifteen obligations as a table").click()
    page.locator("table").first.wait_for()
    box = page.locator(STREAMLITS_OWN["scrollable-region-focusable"])
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth + 1")


SIZES = [(1920, 1080), (1400, 900), (1024, 768), (844, 390), (390, 844), (320, 640)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_map_fills_the_page_beneath_the_bar(new_page, app_url, width, height):
    page = new_page(viewport={"width": width, "height": height})
    page.goto(f"{app_url}?panel=start")
    page.wait_for_selector("path[data-controller]", state="attached")
    rest(page)
    box = page.locator(".atlas-map").bounding_box()
    assert (box["x"], box["width"]) == (0, width)
    assert box["y"] <= 0.12 * height
    assert box["height"] >= 0.7 * height
    for way in ("Map", "The story", "The clauses", "The dates"):
        tab = page.get_by_role("radio", name=way, exact=True).bounding_box()
        assert 0 <= tab["x"] <= tab["x"] + tab["width"] <= width
        assert tab["y"] >= box["y"] + box["height"] or tab["y"] + tab["height"] <= box["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (844, 390), (390, 844)])
def test_an_open_panel_does_not_lie_over_the_map_and_closes(new_page, app_url, width, height):
    page = new_page(viewport={"width": width, "height": height})
    page.goto(f"{app_url}?panel=clauses")
    page.wait_for_selector("path[data-controller]", state="attached")
    rest(page)
    seen, dock = page.locator(".atlas-map").bounding_box(), page.locator(".st-key-atlas-dock").bounding_box()
    assert dock["x"] >= seen["x"] + seen["width"] or dock["y"] >= seen["y"] + seen["height"]
    page.locator(".st-key-atlas-dock").get_by_role("button", name="Close").click()
    rest(page)
    expect(page.locator(".st-key-atlas-dock")).to_have_count(0)
    until(page, f"document.querySelector('.atlas-map').getBoundingClientRect().width === {width}")


def test_on_a_phone_a_drag_brings_the_sheet_up_over_the_map(new_page, app_url):
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    page.goto(f"{app_url}?panel=clauses")
    page.wait_for_selector("path[data-controller]", state="attached")
    rest(page)
    dock = page.locator(".st-key-atlas-dock")
    before = dock.bounding_box()["y"]
    page.mouse.move(195, 700)
    page.mouse.wheel(0, 600)
    page.wait_for_function(
        "top => document.querySelector('.st-key-atlas-dock').getBoundingClientRect().top < top", arg=before - 200
    )
    # Beside the sheet, touches reach the map.
    assert page.evaluate("Boolean(document.elementFromPoint(195, 90).closest('.atlas'))") is False or before > 90


def test_the_time_bar_and_the_panel_are_few_tab_stops_away(new_page, app_url):
    page = new_page()
    page.goto(f"{app_url}?panel=clauses")
    page.wait_for_selector("path[data-controller]", state="attached")
    rest(page)
    stops = []
    for _ in range(12):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate("document.activeElement.className + ' ' + document.activeElement.textContent.trim()")
        )
        if page.evaluate("Boolean(document.activeElement.closest('.atlas-time'))"):
            break
    assert len(stops) - 1 <= 8, stops
    skip = next(stop for stop in stops if "Skip to the panel" in stop)
    page.get_by_text("Skip to the panel").focus()
    page.keyboard.press("Enter")
    assert skip
    until(page, "document.activeElement.matches('.st-key-atlas-dock')")


def test_at_400_percent_the_page_scrolls_from_bar_to_map_to_panel(new_page, app_url):
    page = new_page(viewport={"width": 320, "height": 225})
    page.goto(f"{app_url}?panel=clauses")
    page.wait_for_selector("path[data-controller]", state="attached")
    rest(page)
    tops = [
        page.locator(part).first.bounding_box() for part in (".st-key-atlas-bar", ".atlas-maps", ".st-key-atlas-dock")
    ]
    for above, below in pairwise(tops):
        assert below["y"] >= above["y"] + above["height"] - 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 320

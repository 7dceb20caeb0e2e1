"""The page for everyone: axe finds nothing serious, and nothing runs over the edge of a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from panels.words import PANELS
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


def serious(page):
    """What axe finds serious, but for what is Streamlit's."""
    found = []
    for item in Axe().run(page).response["violations"]:
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
        page.set_input_files('input[type="file"]', ROOT / "examples" / "made-up-incidents.csv")
        page.wait_for_selector(".atlas-own-points", state="attached")
    elif panel == "governs":
        page.get_by_label("or latitude, longitude").fill("39.991, 46.9274")
        page.keyboard.press("Enter")
    elif panel in {"events", "claims", "sources"}:
        box = page.get_by_test_id("stDataFrame").first.bounding_box()
        page.mouse.click(box["x"] + 16, box["y"] + 52)
        page.get_by_test_id("stMain").get_by_role("button").last.wait_for()
    for closed in page.locator('[data-testid="stExpander"] summary').all():
        if not closed.evaluate("summary => summary.parentElement.open"):
            closed.click()
    rest(page)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("panel", list(PANELS))
def test_axe_finds_nothing_serious_and_nothing_runs_over_the_edge(new_page, app_url, panel, width):
    page = opened(new_page(viewport={"width": width, "height": TALL}), app_url, panel)
    read_further(page, panel)
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid="stMain"] > div')].filter(box => box.scrollWidth > box.clientWidth + 1).length"""
    )
    assert wide == 0


def test_a_wide_table_scrolls_by_keyboard(new_page, app_url):
    page = opened(new_page(viewport={"width": 390, "height": 844}), app_url, "deadlines")
    page.get_by_text("All fifteen obligations as a table").click()
    page.locator("table").first.wait_for()
    box = page.locator(STREAMLITS_OWN["scrollable-region-focusable"])
    for _ in range(8):
        page.keyboard.press("Tab")
        if box.evaluate("box => box.contains(document.activeElement)"):  # a cell too can scroll, by part of a pixel
            break
    else:
        pytest.fail("no Tab leads into the table")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("box => box.scrollLeft > 0", arg=box.element_handle())


def test_on_a_phone_the_map_begins_in_the_upper_third(new_page, app_url):
    page = opened(new_page(viewport={"width": 390, "height": 844}), app_url, "start")
    assert page.locator(".atlas-mount").bounding_box()["y"] <= 844 / 3
    assert page.get_by_role("radiogroup", name="Three ways in").is_visible()
    for way in ("The story", "The clauses", "The dates"):
        box = page.get_by_role("radio", name=way).bounding_box()
        assert box["y"] + box["height"] <= 844 / 3

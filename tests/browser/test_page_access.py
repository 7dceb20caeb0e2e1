"""The page for everyone: axe finds nothing serious, and nothing runs over the edge of a telephone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from panels.words import PANELS

pytestmark = pytest.mark.browser


def opened(page, app_url, panel):
    page.goto(f"{app_url}?panel={panel}&clause=6&on=2023-05-01")
    page.wait_for_selector("path[data-controller]", state="attached")
    page.wait_for_timeout(1500)
    return page


@pytest.mark.parametrize(
    "panel", ["start", "story", "clauses", "deadlines", "changes", "governs", "downloads", "about"]
)
def test_axe_finds_nothing_serious(page, app_url, panel):
    opened(page, app_url, panel)
    found = Axe().run(page).response["violations"]
    serious = [
        (item["id"], item["nodes"][0]["html"][:160]) for item in found if item["impact"] in {"serious", "critical"}
    ]
    assert serious == []


@pytest.mark.parametrize("panel", list(PANELS))
def test_nothing_runs_over_the_edge_of_a_telephone(new_page, app_url, panel):
    page = opened(new_page(viewport={"width": 390, "height": 844}), app_url, panel)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    wide = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid="stMain"] > div')].filter(box => box.scrollWidth > box.clientWidth + 1).length"""
    )
    assert wide == 0


def test_on_a_telephone_the_map_begins_in_the_upper_third(new_page, app_url):
    page = opened(new_page(viewport={"width": 390, "height": 844}), app_url, "start")
    assert page.locator(".atlas-mount").bounding_box()["y"] <= 844 / 3
    assert page.get_by_text("Three ways in").is_visible()
    for way in ("The story", "The clauses", "The dates"):
        box = page.get_by_role("radio", name=way).bounding_box()
        assert box["y"] + box["height"] <= 844 / 3

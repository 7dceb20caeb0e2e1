"""A day typed into a panel's box, key by key: it counts on Enter and on leaving, and not before."""

import pytest
from playwright.sync_api import expect

from tests.browser.opened import until
from tests.browsing import rest

pytestmark = pytest.mark.browser
SHOWN = "path[data-controller]"
DAY = "window.atlas.state().on"


@pytest.fixture
def year(page, app_url):
    """The first part of the box, with focus."""
    page.goto(app_url + "?panel=governs&on=2020-11-10")
    page.wait_for_selector(SHOWN, state="attached")
    rest(page)
    part = page.locator("[data-testid=stDateInput] [role=spinbutton]").first
    part.click()
    return part


@pytest.mark.parametrize("keys", [["Enter"], ["Tab", "Tab"]], ids=["enter", "leaving"])
def test_a_typed_day_counts_on_enter_and_on_leaving(page, year, keys):
    page.keyboard.type("20201125", delay=60)
    assert page.evaluate(DAY) == "2020-11-10", "not while it is typed"
    for key in keys:
        page.keyboard.press(key)
    until(page, f"{DAY} === '2020-11-25'")
    if keys == ["Enter"]:
        expect(page.locator("[data-testid=stDateInput] [role=spinbutton]").last).to_be_focused()

"""A day typed into a panel's box, key by key: it counts on Enter and on leaving, and not before."""

import pytest
from playwright.sync_api import expect

from tests.browser.opened import until
from tests.browsing import rest

pytestmark = pytest.mark.browser
SHOWN = "path[data-controller]"
DAY = "window.atlas.state().on"


def first_part(page, app_url, lang):
    """The first part of the box, with focus."""
    page.goto(f"{app_url}?panel=governs&on=2020-11-10&lang={lang}")
    page.wait_for_selector(SHOWN, state="attached")
    rest(page)
    part = page.locator("[data-testid=stDateInput] [role=spinbutton]").first
    part.click()


@pytest.mark.parametrize("keys", [["Enter"], ["Tab", "Tab"]], ids=["enter", "leaving"])
@pytest.mark.parametrize(("lang", "digits"), [("en", "20201125"), ("ru", "25112020")])
def test_a_typed_day_counts_on_enter_and_on_leaving(page, app_url, lang, digits, keys):
    first_part(page, app_url, lang)
    page.keyboard.type(digits, delay=60)
    assert page.evaluate(DAY) == "2020-11-10", "not while it is typed"
    for key in keys:
        page.keyboard.press(key)
    until(page, f"{DAY} === '2020-11-25'")
    if keys == ["Enter"]:
        expect(page.locator("[data-testid=stDateInput] [role=spinbutton]").last).to_be_focused()

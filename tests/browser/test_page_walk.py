"""The promise of three minutes, walked in Chromium: story, clause, texts, readings, dates, Back, a shared link, a sheet."""

import pytest
from playwright.sync_api import expect

from layers.atlas import atlas_data
from tests.browser.test_page import open_page, state
from tests.browsing import rest

pytestmark = pytest.mark.browser


def choose(page, name):
    page.get_by_role("radio", name=name, exact=True).click()
    rest(page)


def in_sight(page, step):
    page.wait_for_selector(f".st-key-atlas-step-{step}[data-current]")


def kalbajar(page):
    """The row of Kalbajar in the table of obligations, which is opened where it is closed."""
    row = page.locator("table tr", has_text="Kalbajar district to Azerbaijan")
    if not row.is_visible():
        page.get_by_text("All fifteen obligations as a table").click()
    expect(row).to_be_visible()
    return row


def beside(clause):
    """Titles of the readings of Armenia and Azerbaijan on the first topic on which both speak."""
    said = {}
    for reading in sorted(atlas_data().record.readings, key=lambda reading: reading.topic):
        if reading.clause == clause:
            said.setdefault(reading.topic, {}).setdefault(reading.side, reading.title)
    both = next(sides for sides in said.values() if {"armenia", "azerbaijan"} <= set(sides))
    return both["armenia"], both["azerbaijan"]


def test_the_story_comes_back_over_a_card_at_its_step(page, app_url):
    """A card of the map stands where the story stood; a press on the story's name closes the card, not the story."""
    open_page(page, app_url, "?panel=story&step=kalbajar&card=clause:6")
    rest(page)
    expect(page.locator(".atlas-map")).to_be_visible()
    ways = page.locator(".st-key-atlas-ways")
    card = page.locator("[role=tabpanel]:not([hidden]) .atlas-close")
    expect(card).to_be_visible()
    ways.get_by_role("radio", name="The story").click()
    expect(card).to_be_hidden()
    step = page.locator(".st-key-atlas-step-kalbajar")
    expect(step).to_be_visible()
    assert "step=kalbajar" in page.url
    rest(page)
    ways.get_by_role("radio", name="The story").click()
    expect(step).to_be_hidden()


def test_a_new_reader(page, new_page, app_url):
    open_page(page, app_url)
    choose(page, "The story")
    page.locator(".st-key-story-begin button").press("Enter")
    for step in atlas_data().record.story:
        in_sight(page, step.id)
        rest(page)
        expect(page.get_by_role("heading", name=step.title)).to_be_visible()
        assert state(page)["on"] == step.on.isoformat()
        page.keyboard.press("Alt+n")
    page.locator(".st-key-atlas-step-end").scroll_into_view_if_needed()

    page.get_by_role("button", name="The clauses", exact=True).click()
    rest(page)
    choose(page, "6")
    assert state(page)["clause"] == 6
    lit = page.locator('path[data-zone="kalbajar"]').first.bounding_box()
    view = page.locator(".atlas-map").bounding_box()
    assert view["x"] <= lit["x"]
    assert lit["x"] + lit["width"] <= view["x"] + view["width"]
    page.get_by_text("Texts compared").click()
    page.get_by_text("The day for Kalbajar").wait_for()
    page.get_by_text("How each side reads it").click()
    rest(page)
    for title in beside(6):  # in two columns, or in a narrow panel one below the other
        expect(page.get_by_text(title, exact=True).first).to_be_visible()

    choose(page, "The dates")
    page.evaluate("window.atlas.show({on: '2020-11-20'})")
    rest(page)
    expect(kalbajar(page)).to_contain_text("25 Nov 2020")
    link = page.url
    page.get_by_text("As known on an earlier day").click()
    rest(page)
    expect(kalbajar(page)).not_to_contain_text("25 Nov 2020")
    assert "known=2020-11-14" in page.url
    other = open_page(new_page(), page.url, "")
    assert state(other) == state(page)
    expect(kalbajar(other)).to_have_text(kalbajar(page).text_content())
    page.go_back()
    expect(page).to_have_url(link)
    rest(page)
    assert page.url == link
    expect(kalbajar(page)).to_contain_text("25 Nov 2020")

    page.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Download").or_(page.get_by_text("Download", exact=True)).first.click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="PNG", exact=True).click()
    assert waiting.value.suggested_filename == "ceasefire-atlas-2020-11-20.png"

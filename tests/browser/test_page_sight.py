"""What the reader asks for stays in sight: it goes to what title, legend, drawer and cards leave free of the map."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_page import open_page, state
from tests.browsing import rest

pytestmark = pytest.mark.browser
IN_SIGHT = """() => [...document.querySelectorAll("path.atlas-ring")].map((ring) => {
  const {left, top, width, height} = ring.getBoundingClientRect();
  // A ring lets through what is under it.
  return Boolean(document.elementFromPoint(left + width / 2, top + height / 2)?.closest(".atlas-map"));
})"""


def box(page, selector):
    return page.locator(selector).first.bounding_box()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 640), (844, 390)])
@pytest.mark.parametrize("query", ["?panel=start&view=39.8,46.7,9", "?panel=clauses&view=39.8,46.7,9"])
def test_the_card_that_opens_at_a_press_leaves_the_pressed_place_in_sight(new_page, app_url, width, height, query):
    page = open_page(new_page(viewport={"width": width, "height": height}, reduced_motion="reduce"), app_url, query)
    ground = box(page, ".atlas-map")
    free = """([x, top, bottom]) => { for (let y = bottom - 4; y > top; y -= 4)
      if (document.elementFromPoint(x, y)?.matches("path[data-zone]")) return y; }"""
    x = ground["x"] + ground["width"] * 0.6
    page.mouse.click(x, page.evaluate(free, [x, ground["y"], ground["y"] + ground["height"]]))
    expect(page.locator(".atlas-side")).to_be_visible()
    rest(page)
    assert page.evaluate(IN_SIGHT) == [True]
    page.locator(".atlas-card .atlas-close").click()
    expect(page.locator("path.atlas-ring")).to_have_count(0)


def test_a_closed_card_gives_the_whole_map_back(new_page, app_url):
    """The place of a card at the edge is brought into sight, in a smaller map: neither stays without the card."""
    page = new_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    open_page(page, app_url, "?panel=start")
    ground = box(page, ".atlas-map")
    at = ground["x"] + ground["width"] / 2, ground["y"] + ground["height"] * 0.3
    before = told(page, *at)
    page.mouse.click(ground["x"] + ground["width"] / 2, ground["y"] + ground["height"] * 0.75)
    page.wait_for_selector(".atlas-card h3")
    rest(page)
    assert page.evaluate(IN_SIGHT) == [True]
    page.locator(".atlas-card .atlas-close").click()
    rest(page)
    assert state(page)["view"] is None
    assert told(page, *at) == before


def test_a_place_that_was_found_is_beside_its_card_on_a_phone(new_page, app_url):
    page = open_page(new_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce"), app_url)
    field = page.get_by_role("combobox", name="Find a place")
    field.fill("Lachin")
    page.get_by_role("option").first.wait_for()
    field.press("Enter")
    expect(page.locator(".atlas-side")).to_be_visible()
    rest(page)
    assert page.evaluate(IN_SIGHT) == [True]


def told(page, x, y):
    """Latitude and longitude that the map tells under the mouse."""
    page.mouse.move(x - 1, y)
    page.mouse.move(x, y)
    return [float(number) for number in re.findall(r"\d+\.\d+", page.locator(".atlas-where").text_content())]


def still_point(page, zoom):
    """The point of the window that shows the same place before and after."""
    ground = box(page, ".atlas-map")
    ends = [[ground["x"] + ground["width"] * part, ground["y"] + ground["height"] * part] for part in (0.3, 0.42)]
    before = [told(page, *end) for end in ends]
    zoom()
    rest(page)
    after = [told(page, *end) for end in ends]

    def same(way, degree):
        (a, b), (one, two) = [end[way] for end in ends], [end[degree] for end in before]
        first, second = [end[degree] for end in after]
        slope, later = (two - one) / (b - a), (second - first) / (b - a)
        return a + (first - one) / (slope - later)

    return same(0, 1), same(1, 0)


def test_the_first_picture_is_framed_by_what_the_title_and_the_time_bar_leave_in_the_end(new_page, app_url):
    page = new_page(viewport={"width": 320, "height": 568}, reduced_motion="reduce")
    open_page(page, app_url, "?panel=start&lang=az")
    ground = box(page, ".atlas-map")
    at = ground["x"] + ground["width"] / 2, ground["y"] + ground["height"] * 0.4
    before = told(page, *at)
    page.locator(".atlas-tools button").nth(2).click()
    rest(page)
    assert told(page, *at) == before


@pytest.mark.parametrize("by", ["button", "key"])
def test_zooming_keeps_the_middle_of_what_is_free(new_page, app_url, by):
    page = open_page(
        new_page(viewport={"width": 1280, "height": 720}, reduced_motion="reduce"), app_url, "?panel=story"
    )
    page.wait_for_selector(".atlas-story-nav")
    if by == "button":
        x, _ = still_point(page, page.get_by_role("button", name="Zoom in").click)
    else:
        page.locator('path[data-zone][tabindex="0"]').first.focus()
        x, _ = still_point(page, lambda: page.keyboard.press("+"))
    head = box(page, ".atlas-head")
    assert abs(x - (head["x"] + head["width"] + box(page, ".st-key-atlas-sheet")["x"]) / 2) < 20


def test_on_a_phone_zooming_keeps_the_middle_of_what_an_open_card_leaves(new_page, app_url):
    page = open_page(
        new_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce"), app_url, "?card=zone:kalbajar"
    )
    expect(page.locator(".atlas-side")).to_be_visible()
    page.locator('path[data-zone][tabindex="0"]').first.focus()
    _, y = still_point(page, lambda: page.keyboard.press("+"))
    head = box(page, ".atlas-head")
    assert abs(y - (head["y"] + head["height"] + box(page, ".atlas-side")["y"]) / 2) < 20

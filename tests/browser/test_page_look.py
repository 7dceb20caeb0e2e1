"""The page as it is laid out: nothing that is needed lies under something else, and no name is cut."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_page import open_page
from tests.browsing import rest

pytestmark = pytest.mark.browser
COMPARED = "?panel=start&on=2020-12-02&from=2020-11-09&compare=beside&tab=compare"
CUT = """([...covers]) => {
  const boxes = covers.flatMap((one) => [...document.querySelectorAll(one)]).map((node) => node.getBoundingClientRect());
  const under = ({left, right, top, bottom}) =>
    boxes.some((box) => left < box.right && right > box.left && top < box.bottom && bottom > box.top);
  return [...document.querySelectorAll(".atlas-stage .atlas-name")].filter((name) => under(name.getBoundingClientRect()))
    .map((name) => name.textContent);
}"""


def box(page, selector):
    return page.locator(selector).first.bounding_box()


@pytest.mark.parametrize("width", [1280, 1400])
def test_two_maps_stand_beside_the_open_drawer_and_the_tools_can_be_pressed(new_page, app_url, width):
    page = open_page(new_page(viewport={"width": width, "height": 800}), app_url, COMPARED)
    page.wait_for_selector(".atlas-second.is-beside path", state="attached")
    maps, side = box(page, ".atlas-maps"), box(page, ".atlas-side")
    assert maps["x"] + maps["width"] <= side["x"]
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("button", name="Copy link")).to_be_visible()


@pytest.mark.parametrize(("width", "legend"), [(1024, False), (1400, True)])
def test_the_legend_is_folded_where_it_would_lie_on_what_the_story_tells_of(new_page, app_url, width, legend):
    page = open_page(new_page(viewport={"width": width, "height": 800}), app_url, "?panel=story")
    page.wait_for_selector(".atlas-story-nav")
    assert page.locator(".atlas-legend").evaluate("node => node.open") is legend


@pytest.mark.parametrize("lang", ["en", "hy"])
def test_no_name_is_cut_by_the_cards_of_the_story_or_by_the_legend(page, app_url, lang):
    open_page(page, app_url, f"?panel=story&lang={lang}")
    page.wait_for_selector(".atlas-story-nav")
    rest(page)
    assert page.evaluate(CUT, [".atlas-legend", ".st-key-atlas-sheet", ".atlas-head"]) == []


@pytest.mark.chromium_only(reason="a finger that WebDriver BiDi puts down makes no click in Firefox")
def test_on_a_phone_the_story_begins_with_one_button(new_page, app_url):
    page = open_page(new_page(viewport={"width": 320, "height": 640}, has_touch=True), app_url, "?panel=story")
    page.wait_for_selector(".atlas-story-nav", state="attached")
    expect(page.locator(".atlas-story-nav")).to_be_hidden()
    page.get_by_role("button", name="Begin").tap()
    expect(page.locator(".atlas-story-nav")).to_be_visible()


def test_embed_leads_to_the_frame_to_copy(page, app_url):
    open_page(page, app_url)
    page.get_by_role("button", name="Share").click()
    page.get_by_role("button", name="Embed", exact=True).click()
    expect(page.get_by_text("<iframe src=")).to_be_in_viewport()


def test_the_table_of_changes_has_no_column_out_of_sight(page, app_url):
    open_page(page, app_url, "?panel=changes&from=2020-09-27&on=2020-12-02")
    table, panel = box(page, ".st-key-atlas-changes table"), box(page, ".st-key-atlas-dock")
    assert table["x"] + table["width"] <= panel["x"] + panel["width"]


def test_a_typed_day_is_in_sight_while_the_focus_is_on_its_calendar(page, app_url):
    open_page(page, app_url)
    field = page.locator(".atlas-time .atlas-date")
    at = field.bounding_box()
    page.mouse.click(at["x"] + 14, at["y"] + at["height"] / 2)
    page.keyboard.type("12022020", delay=40)
    page.keyboard.press("Tab")
    expect(field).to_have_value("2020-12-02")
    expect(page.locator(".atlas-time .atlas-datebox span")).to_be_hidden()


@pytest.mark.chromium_only(reason="WebDriver BiDi can't ask Firefox ESR for forced colours")
def test_a_switch_can_be_seen_in_forced_colours(new_page, app_url):
    page = open_page(new_page(forced_colors="active"), app_url, "?panel=deadlines")
    track = page.locator("label:has([role=switch]) > div").first
    assert track.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    off = track.evaluate("node => getComputedStyle(node).backgroundColor")
    page.get_by_text("As known on an earlier day").click()
    rest(page)
    assert track.evaluate("node => getComputedStyle(node).backgroundColor") != off

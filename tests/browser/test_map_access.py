"""The map for everyone: no serious finding of axe, the whole map by keyboard, basemaps only when asked for."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from layers.map.tiles import hosts
from tests.browser.opened import open_map, still, until

pytestmark = pytest.mark.browser
VIEWS = [
    (1400, "#on=2020-11-27", None),
    (1400, "#on=2020-12-02&from=2020-10-01&lang=ru&names=ru", 2),
    (1024, "#on=2021-03-01&clause=6&layers=control,monitoring-centre,line-2020-11-10,nkao", 3),
    (390, "#on=2020-10-12&lang=hy&names=hy", None),
]


@pytest.mark.parametrize(("width", "fragment", "tab"), VIEWS)
def test_axe_finds_nothing(new_page, document, width, fragment, tab):
    page = new_page(viewport={"width": width, "height": 900}, bypass_csp=True)
    open_map(page, document, fragment)
    if tab is not None:
        if not page.locator(".atlas-side").is_visible():
            page.click(".atlas-side-open")
        page.locator(".atlas-tabs button").nth(tab).click()
        still(page)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []


def test_axe_finds_nothing_in_a_card(new_page, document):
    page = new_page(bypass_csp=True)
    open_map(page, document, "#on=2021-09-01")
    page.click('[data-clause="6"]')
    page.wait_for_selector(".atlas-card h3")
    still(page)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []


FOCUSED = """(() => { const node = document.activeElement;
if (!node || node === document.body) return null;
if (!node.matches(":focus-visible, [type=date]")) return ["hidden focus", node.outerHTML.slice(0, 80)];
if (node.dataset && node.dataset.zone) return ["path", [...document.querySelectorAll("path[data-zone]")].indexOf(node)];
return ["control", node.className || node.tagName]; })()"""


def tab_stops(page, end):
    """What the Tab key reaches from the top of the document up to an element of a class."""
    found = []
    for _ in range(60):
        page.keyboard.press("Tab")
        kind, what = page.evaluate(FOCUSED)
        assert kind != "hidden focus", what
        if what == end:
            return found
        found.append((kind, what))
    raise AssertionError(found)


def test_few_stops_of_the_tab_key_lead_to_the_time_bar_and_to_the_table(page, document):
    open_map(page, document, "#on=2020-11-27")
    stops = tab_stops(page, "atlas-step")
    assert len(stops) <= 8, stops
    page.get_by_role("tab", name="Table").click()
    page.wait_for_selector(".atlas-table table")
    page.evaluate("document.querySelector('.atlas-skip').focus()")
    stops = tab_stops(page, "atlas-scroll")
    assert len(stops) <= 18, "five of them, in Chromium four, are the parts of the date field"
    assert [kind for kind, _ in stops].count("path") == 2, "one for the ground, one for the zones"


def test_the_whole_map_is_walked_by_keyboard(page, document):
    open_map(page, document, "#on=2020-11-27&layers=control,agdam,kalbajar,events")
    expected = page.evaluate(
        """[...document.querySelectorAll("path[data-zone]")].filter(path => path.getClientRects().length).length"""
    )
    reached, controls = set(), set()
    for _ in range(100):
        page.keyboard.press("Tab")
        where = page.evaluate(FOCUSED)
        if where is None:
            break
        assert where[0] != "hidden focus", where
        if where[0] == "control":
            controls.add(where[1])
            continue
        while where[1] not in reached:
            reached.add(where[1])
            page.keyboard.press("PageDown")
            where = page.evaluate(FOCUSED)
    assert len(reached) == expected
    for name in ("atlas-skip", "atlas-range", "atlas-date", "atlas-search", "atlas-clause", "atlas-more"):
        assert name in controls


def test_the_map_can_be_skipped(page, document):
    open_map(page, document)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "atlas-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "tab"


@pytest.mark.chromium_only(reason="WebDriver BiDi can't ask Firefox ESR for less motion")
def test_playing_is_not_offered_where_motion_is_not_wanted(new_page, document):
    page = new_page(reduced_motion="reduce")
    open_map(page, document)
    expect(page.locator(".atlas-play")).not_to_be_visible()


def test_playing_steps_and_stops(page, document):
    open_map(page, document, "#on=2020-11-10")
    page.click(".atlas-play")
    until(page, "window.atlas.state().on > '2020-11-10'")
    page.click(".atlas-play")
    now = page.evaluate("window.atlas.state().on")
    page.wait_for_timeout(1300)
    assert page.evaluate("window.atlas.state().on") == now


def type_a_day(page):
    page.get_by_role("textbox", name="Any day").click()
    page.keyboard.type("5 Nov 2020")
    page.keyboard.press("Enter")


def type_a_day_that_plays_on(page):
    """The map plays another day between the press into the box and the first key."""
    page.get_by_role("textbox", name="Any day").click()
    shown = page.evaluate("document.activeElement.value")
    until(page, f"document.activeElement.value !== {shown!r}")
    page.keyboard.type("5 Nov 2020")
    page.keyboard.press("Enter")


def press_the_bar(page):
    box = page.locator(".atlas-range").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)


SETS = {
    "typed": type_a_day,
    "typed late": type_a_day_that_plays_on,
    "key": lambda page: page.locator(".atlas-range").press("ArrowLeft"),
    "bar": press_the_bar,
    "event": lambda page: page.get_by_role("button", name="Previous event").click(),
}


@pytest.mark.parametrize("way", list(SETS))
def test_a_day_that_is_set_while_the_map_plays_stays(page, document, way):
    """The card of a place that is open answers for that day."""
    open_map(page, document, "#on=2020-11-10")
    page.locator(".atlas-search").click()
    page.keyboard.type("Shusha", delay=20)
    page.keyboard.press("Enter")
    page.locator(".atlas-card h3").first.wait_for()
    page.get_by_label("Speed").select_option(label="fast")
    page.get_by_role("button", name="Play").click()
    until(page, "window.atlas.state().on > '2020-11-10'")
    SETS[way](page)
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    day = page.evaluate("window.atlas.state().on")
    page.wait_for_timeout(1500)
    assert page.evaluate("window.atlas.state().on") == day
    if way.startswith("typed"):
        assert day == "2020-11-05"
        expect(page.locator(".atlas-side")).to_contain_text("5 November 2020")


def test_a_basemap_is_asked_for_only_when_chosen_and_the_map_stays_whole_without_it(chromium, document):
    context = chromium.new_context(viewport={"width": 1400, "height": 900})
    asked = []

    def refuse(route):
        if route.request.url.startswith("file:"):
            route.continue_()
            return
        asked.append(route.request.url)
        route.abort()

    context.route("**/*", refuse)
    page = context.new_page()
    open_map(page, document)
    page.get_by_text("Basemap of others").click()
    expect(page.locator(".atlas-layers")).to_contain_text("learns your address")
    assert asked == []
    page.get_by_label("OpenStreetMap (tile.openstreetmap.org)").check()
    page.get_by_text("The tiles can't be loaded").wait_for()
    assert asked
    assert {url.split("/")[2] for url in asked} == {"tile.openstreetmap.org"}
    expect(page.locator("path[data-controller]").first).to_be_visible()
    expect(page.locator(".atlas")).not_to_contain_class("has-tiles")
    context.close()


@pytest.mark.chromium_only(reason="about what the server sends, the same to every browser")
def test_the_page_lets_a_chosen_basemap_through_and_no_other_host(page, app_url):
    policy = page.goto(app_url).headers["content-security-policy"]
    pictures = next(part.split() for part in policy.split(";") if part.strip().startswith("img-src"))
    assert [source for source in pictures if "." in source] == [f"https://{host}" for host in hosts()]


def test_in_another_page_one_finger_scrolls_that_page_and_two_move_the_map(new_page, document, tmp_path):
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    action = "getComputedStyle(document.querySelector('.atlas-map')).touchAction"
    open_map(page, document)
    assert page.evaluate(action) == "none", "alone one finger moves the map"
    outer = tmp_path / "outer.html"
    outer.write_text(f"<!DOCTYPE html><iframe src='{document}' width='380' height='640'></iframe>", encoding="utf-8")
    page.goto(outer.as_uri())
    page.frame_locator("iframe").locator(".atlas-name").first.wait_for()
    assert page.frames[1].evaluate(action) == "pan-x pan-y"


def test_down_goes_to_the_first_place_found(page, document):
    open_map(page, document)
    page.locator(".atlas-search").press_sequentially("Shushi")
    found = page.locator(".atlas-found li")
    expect(found.first).to_contain_text("Shusha")
    page.keyboard.press("ArrowDown")
    expect(found.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator(".atlas-card h3").first).to_contain_text("Shusha")

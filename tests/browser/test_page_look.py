"""The page as it is laid out: nothing that is needed lies under something else, and no name is cut."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_page import open_page
from tests.browsing import ROOT, rest, until

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


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (844, 390), (390, 844)])
def test_of_two_maps_neither_lies_under_the_title_or_the_tools(new_page, app_url, width, height):
    """The title names the later day: over the earlier map it would mislead."""
    page = open_page(new_page(viewport={"width": width, "height": height}, has_touch=width < 1000), app_url, COMPARED)
    page.wait_for_selector(".atlas-second.is-beside path", state="attached")
    rest(page)
    assert box(page, ".atlas-head")["y"] + box(page, ".atlas-head")["height"] <= box(page, ".atlas-maps")["y"]
    tools, later = box(page, ".atlas-tools"), box(page, ".atlas-stage:has(.atlas-tools)")
    assert tools["width"] * tools["height"] < 0.3 * later["width"] * later["height"]
    page.locator(".atlas-second canvas.atlas-relief").wait_for(state="attached")


@pytest.mark.parametrize(
    ("lang", "days"), [("en", "9 Nov 2020 – 2 Dec 2020"), ("ru", "9 нояб. 2020\u202fг. – 2 дек. 2020\u202fг.")]
)
def test_the_title_of_two_days_names_both(new_page, app_url, lang, days):
    page = open_page(new_page(viewport={"width": 390, "height": 844}), app_url, f"{COMPARED}&lang={lang}")
    title = page.locator(".atlas-day")
    expect(title).to_have_text(days)
    page.evaluate("window.atlas.show({from: null})")
    expect(title).not_to_contain_text("–")


TOOLS = """() => [...document.querySelectorAll(".atlas-tools button")].filter((node) => node.offsetWidth).filter((node) => {
  const {left, top, width, height} = node.getBoundingClientRect();
  return !node.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}).map((node) => node.ariaLabel)"""
PARTLY_SEEN = """(boxes) => boxes.filter((box) => [box, ...box.querySelectorAll("*")].some((node) =>
  node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX !== "visible")
  || box.getBoundingClientRect().right > Math.min(innerWidth, box.closest(".st-key-atlas-dock").getBoundingClientRect().right)
).map((box) => box.innerText)"""


@pytest.mark.parametrize("query", ["?panel=start&card=zone:kalbajar", "?panel=clauses"])
def test_every_tool_can_be_pressed_beside_what_is_open(new_page, app_url, query):
    page = open_page(new_page(viewport={"width": 1024, "height": 768}), app_url, query)
    for width in (1024, 1180, 1240, 1300):
        page.set_viewport_size({"width": width, "height": 768})
        rest(page)
        assert page.evaluate(TOOLS) == [], width


def test_the_legend_stays_below_the_title_card(page, app_url):
    open_page(page, app_url, "?panel=changes&from=2020-09-27&on=2020-12-02&lang=hy")
    rest(page)
    head, legend = box(page, ".atlas-head"), box(page, ".atlas-legend")
    assert page.locator(".atlas-legend").evaluate("node => node.open")
    assert legend["y"] >= head["y"] + head["height"]


def test_what_happened_is_said_in_full_on_a_phone_held_across(new_page, app_url):
    page = new_page(viewport={"width": 844, "height": 390}, has_touch=True)
    for day in ("2020-11-10", "2020-12-02"):
        open_page(page, app_url, f"?panel=start&lang=hy&on={day}")
        until(page, "document.querySelector('.atlas').lang === 'hy'")
        assert page.locator(".atlas-what").evaluate("node => node.scrollHeight <= node.clientHeight + 1"), day


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


@pytest.mark.parametrize("lang", ["en", "hy", "ru"])
def test_the_table_of_changes_has_no_column_out_of_sight(page, app_url, lang):
    open_page(page, app_url, f"?panel=changes&from=2020-09-27&on=2020-12-02&lang={lang}")
    table, panel = box(page, ".st-key-atlas-changes table"), box(page, ".st-key-atlas-dock")
    assert table["x"] + table["width"] <= panel["x"] + panel["width"]


@pytest.mark.parametrize("width", [1400, 390, 320])
@pytest.mark.parametrize("lang", ["en", "hy", "ru"])
def test_the_big_figures_of_the_changes_are_whole(new_page, app_url, lang, width):
    page = new_page(viewport={"width": width, "height": 900})
    open_page(page, app_url, f"?panel=changes&on=2023-11-01&lang={lang}")
    figures = page.locator(".st-key-atlas-dock").get_by_test_id("stMetric")
    expect(figures).to_have_count(3)
    rest(page)
    assert figures.evaluate_all(PARTLY_SEEN) == []


@pytest.mark.parametrize("lang", ["en", "hy", "ru"])
def test_the_table_of_obligations_has_no_column_out_of_sight(page, app_url, lang):
    open_page(page, app_url, f"?panel=deadlines&on=2020-12-02&lang={lang}")
    page.locator(".st-key-atlas-dock [data-testid=stExpander] summary").first.click()
    page.locator(".st-key-atlas-obligations table").wait_for()
    rest(page)
    table, panel = box(page, ".st-key-atlas-obligations table"), box(page, ".st-key-atlas-dock")
    assert table["x"] + table["width"] <= panel["x"] + panel["width"]
    assert page.locator(".st-key-atlas-obligations table").evaluate("node => node.scrollWidth <= node.clientWidth + 1")


def test_readings_of_three_sides_stand_below_each_other_in_a_narrow_panel(page, app_url):
    open_page(page, app_url, "?panel=clauses&clause=6")
    page.locator(".st-key-readings summary").click()
    columns = page.locator(".st-key-readings [data-testid=stColumn]")
    columns.first.wait_for()
    rest(page)
    assert min(column.bounding_box()["width"] for column in columns.all()) > 160


CHART = """() => {
  const chart = document.querySelector("[data-testid=stVegaLiteChart] svg");
  const [whole, boxes] = [chart.getBoundingClientRect(), (one) => [...chart.querySelectorAll(one)].map((node) => [node, node.getBoundingClientRect()])];
  const texts = boxes("text").filter(([node]) => node.textContent.trim() && node.getAttribute("opacity") !== "0");
  const cut = texts.filter(([, box]) => box.left < whole.left - 1 || box.right > whole.right + 1 || box.bottom > whole.bottom + 1);
  const marks = boxes(".mark-symbol.role-mark path");
  const struck = texts.filter(([node, box]) => node.closest(".mark-text.role-mark") && marks.some(([, mark]) =>
    box.left < mark.right && box.right > mark.left && box.top + 2 < mark.bottom && box.bottom - 2 > mark.top));
  return [texts.length > 20 && marks.length > 5, ...[...cut, ...struck].map(([node]) => node.textContent)];
}"""


@pytest.mark.chromium_only(reason="in Firefox the boxes of text and marks in SVG hold more than their ink")
@pytest.mark.parametrize("lang", ["en", "az", "hy", "ru"])
def test_nothing_of_the_chart_of_dates_is_cut_or_lies_on_its_marks(new_page, app_url, lang):
    page = open_page(
        new_page(viewport={"width": 320, "height": 640}), app_url, f"?panel=deadlines&on=2020-12-02&lang={lang}"
    )
    page.locator("[data-testid=stVegaLiteChart] svg").wait_for()
    rest(page)
    assert page.evaluate(CHART) == [True]


@pytest.mark.parametrize("width", [1400, 1024])
def test_the_credits_are_whole_beside_a_panel(new_page, app_url, width):
    page = new_page(viewport={"width": width, "height": 800})
    for lang in ("en", "az", "hy", "ru"):
        open_page(page, app_url, f"?panel=deadlines&lang={lang}")
        until(page, f"document.querySelector('.atlas').lang === '{lang}'")
        rest(page)
        owed = page.locator(".atlas-credits")
        # Firefox adds to the height the pixel by which the room of small letters is more than their line.
        assert owed.evaluate("one => one.scrollWidth <= one.clientWidth && one.scrollHeight <= one.clientHeight + 1"), (
            lang
        )
        track = page.locator(".atlas-time .atlas-datebox").bounding_box()
        assert track["y"] + track["height"] <= owed.bounding_box()["y"], lang


def test_the_nine_clauses_stand_in_one_row_on_a_small_phone(new_page, app_url):
    page = open_page(new_page(viewport={"width": 320, "height": 640}), app_url, "?panel=clauses")
    pills = page.locator('[class*="st-key-clause-pick"] button')
    expect(pills).to_have_count(9)
    assert len({round(pill.bounding_box()["y"]) for pill in pills.all()}) == 1


@pytest.mark.chromium_only(reason="WebDriver BiDi can't ask Firefox ESR for forced colours")
def test_a_switch_can_be_seen_in_forced_colours(new_page, app_url):
    page = open_page(new_page(forced_colors="active"), app_url, "?panel=deadlines")
    track = page.locator("label:has([role=switch]) > div").first
    assert track.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    off = track.evaluate("node => getComputedStyle(node).backgroundColor")
    page.get_by_text("As known on an earlier day").click()
    rest(page)
    assert track.evaluate("node => getComputedStyle(node).backgroundColor") != off


def test_a_ticked_box_can_be_told_in_forced_colours(new_page, app_url):
    page = open_page(new_page(forced_colors="active"), app_url, "?panel=points")
    page.get_by_text("the server places it").click()
    page.locator("[data-testid=stFileUploader] input").set_input_files(ROOT / "examples" / "made-up-incidents.csv")
    box = page.locator("[data-testid=stCheckbox] label > div").first
    ticked = box.evaluate("node => getComputedStyle(node).backgroundColor")
    page.get_by_text("Take the list's own precision").click()
    rest(page)
    assert box.evaluate("node => getComputedStyle(node).backgroundColor") != ticked

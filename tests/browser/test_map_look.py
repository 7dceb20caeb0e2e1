"""How the map looks: the agreement on it, status by fill, error as a band, relief, and that nothing lies over anything else."""

import re
from itertools import combinations

import pytest
from playwright.sync_api import expect

from layers.catalogue import line_dash, styles
from layers.wording import LANGUAGES
from tests.browser.opened import open_map, still, until
from tests.layers.sheets import world

pytestmark = pytest.mark.browser
SCREENS = [(1920, 1080), (1400, 900), (1024, 768), (844, 390), (390, 844), (320, 640)]
OVER = ".atlas-head, .atlas-time, .atlas-side, .atlas-side-open, .atlas-tools, .atlas-searchbox, .atlas-legend"
BOXES = """(selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility({visibilityProperty: true}))
.map((one) => [one.className, one.getBoundingClientRect()]).filter(([, box]) => box.width)
.map(([name, {left, top, right, bottom}]) => [name, [left, top, right, bottom]])"""
BADGE = '[data-badge="{}"]'


def late(page):
    """Wait for what comes after the first paint."""
    page.locator(".atlas-badge").first.wait_for(state="attached")
    still(page)


def lies_over(one, other):
    return one[0] < other[2] - 1 and other[0] < one[2] - 1 and one[1] < other[3] - 1 and other[1] < one[3] - 1


def test_each_zone_says_its_clause_its_deadline_and_what_came_of_it(page, document):
    open_map(page, document, "#on=2020-11-14")
    late(page)
    badge = page.locator(BADGE.format("kalbajar"))
    expect(badge).to_have_text("6due 15 Nov · pending")
    page.evaluate("window.atlas.show({on: '2020-11-25'})")
    expect(badge).to_have_text("6due 25 Nov, first 15 Nov · met")
    expect(badge.locator("svg")).to_have_count(1)
    page.evaluate("window.atlas.show({known: '2020-11-14'})")
    expect(badge).to_have_text("6due 15 Nov · pending")
    page.evaluate("window.atlas.show({known: null, layers: ['control', 'agdam']})")
    expect(page.locator(".atlas-badge")).to_have_count(1)


def test_a_press_on_a_badge_opens_the_card_of_its_zone(page, document):
    open_map(page, document, "#on=2020-11-25")
    late(page)
    page.click(BADGE.format("agdam"))
    expect(page.locator(".atlas-card h3").first).to_contain_text("Agdam")
    expect(page.locator(".atlas-card")).to_contain_text("Governed by clause 2")


def test_a_badge_beside_its_zone_has_a_line_to_it(page, document):
    open_map(page, document, "#view=39.6,46.55,8.3")
    late(page)
    ends = page.evaluate(
        """[...document.querySelectorAll(".atlas-leader i")].map((line) => { const {left, top, right, bottom} = line.getBoundingClientRect();
        return [...document.querySelectorAll(".atlas-badge")].some((badge) => { const box = badge.getBoundingClientRect();
          return left < box.right + 2 && right > box.left - 2 && top < box.bottom + 2 && bottom > box.top - 2; }); })"""
    )
    assert ends
    assert all(ends)


OFF_GROUND = """() => { const {map: {camera}, texts} = window.atlas.parts();
  return [...document.querySelectorAll("[data-badge]")].filter((badge) => { const zone = badge.dataset.badge;
    const [x, y] = /translate\\((.+)px, (.+)px\\)/.exec(badge.style.transform).slice(1).map(Number);
    const middle = [x + badge.offsetWidth / 2, y + badge.offsetHeight / 2];
    const pole = camera.pixel(texts.zones[zone].pole);
    return Math.hypot(middle[0] - pole[0], middle[1] - pole[1]) > 2 &&
      ![...document.querySelectorAll(`path[data-zone="${zone}"]`)].some((path) => path.isPointInFill(new DOMPoint(...middle)));
  }).map((badge) => badge.dataset.badge); }"""


@pytest.mark.parametrize("view", ["39.6,46.55,8.3", "39.6,46.6,7.2"])
def test_on_a_phone_a_badge_lies_on_its_own_ground_or_is_left_out(new_page, document, view):
    page = new_page(viewport={"width": 390, "height": 844})
    for day in ("2020-11-10", "2020-12-05"):
        open_map(page, document, f"#on={day}&view={view}")
        late(page)
        assert page.evaluate(OFF_GROUND) == [], day
        assert page.locator(".atlas-leader").count() == 0, day


def test_a_press_on_the_error_of_a_line_opens_the_card_of_the_line(page, document):
    open_map(page, document, "#on=2020-12-05")
    late(page)
    figure = page.locator(".atlas-note-on-map", has_text="±").first
    words = figure.text_content()
    figure.click()
    expect(page.locator(".atlas-card h3").first).to_contain_text("|")
    expect(page.locator(".atlas-card")).to_contain_text(words)
    drawn = page.locator(".atlas-card dt", has_text="how it was drawn").locator("xpath=following-sibling::dd[1]")
    expect(drawn).to_contain_text(re.compile("GeoNames|Natural Earth|published point|OpenStreetMap"))


@pytest.mark.parametrize("width", [390, 320])
def test_the_credits_are_whole_on_a_phone_and_cover_nothing(new_page, document, width):
    page = new_page(viewport={"width": width, "height": 844})
    for lang in LANGUAGES:
        open_map(page, document, f"#lang={lang}&on=2020-11-25")
        owed = page.locator(".atlas-credits")
        expect(owed).to_contain_text("ODbL")
        assert owed.evaluate("one => one.scrollWidth <= one.clientWidth && one.scrollHeight <= one.clientHeight"), lang
        field = page.locator(".atlas-time .atlas-datebox").bounding_box()
        assert field["y"] + field["height"] <= owed.bounding_box()["y"] + 1, lang
        assert page.locator(".atlas-time .atlas-date").evaluate("one => one.scrollWidth <= one.clientWidth"), lang


SWATCH = """words => [...document.querySelectorAll(".atlas-legend-list li")].find(row => row.textContent === words)
  .querySelector("rect").getAttribute("fill")"""


def test_the_legend_is_as_faint_as_the_ground_beside_what_changed_hands(page, document):
    """Nothing under the ground shines through: no row of the legend could show that."""
    open_map(page, document, "#on=2020-12-02&from=2020-11-09")
    ground = page.locator('.atlas-piece.is-dim[data-controller="azerbaijan"][data-certain="true"]').first
    faint = ground.get_attribute("fill")
    assert ground.evaluate("path => getComputedStyle(path).opacity") == "1"
    assert page.evaluate(SWATCH, "held by Azerbaijan") == faint
    expect(page.locator(".atlas-legend-days")).to_have_text("Changed hands after 9 Nov 2020, up to 2 Dec 2020")
    page.evaluate("window.atlas.show({from: null})")
    still(page)
    assert page.evaluate(SWATCH, "held by Azerbaijan") not in {faint, None}
    expect(page.locator(".atlas-legend-days")).to_have_count(0)


def test_the_legend_of_two_maps_has_no_row_for_what_neither_draws(page, document):
    open_map(page, document, "#on=2020-12-02&from=2020-11-10")
    legend = page.locator(".atlas-legend-list")
    expect(legend).to_contain_text("changed hands")
    page.get_by_role("tab", name="Two days").click()
    for way in ("Swipe", "Side by side"):
        page.get_by_role("button", name=way).click()
        expect(legend).not_to_contain_text("changed hands")
        page.get_by_role("button", name=way).click()
        expect(legend).to_contain_text("changed hands")


def test_the_legend_of_two_maps_explains_what_either_of_them_draws(page, document):
    open_map(page, document, "#on=2024-12-02&from=2021-12-02")
    page.get_by_role("tab", name="Two days").click()
    legend = page.locator(".atlas-legend-list")
    expect(legend).not_to_contain_text("held by Russian peacekeepers")
    page.get_by_role("button", name="Side by side").click()
    expect(legend).to_contain_text("held by Russian peacekeepers")
    page.evaluate("window.atlas.show({from: '2024-06-20'})")
    still(page)
    expect(legend).not_to_contain_text("held by Russian peacekeepers")


ASTRAY = """() => [...document.querySelectorAll(".atlas-note-on-map:not(.is-figure)")].filter((note) => {
  const {x, y, width, height} = note.getBoundingClientRect();
  const middle = new DOMPoint(x + width / 2, y + height / 2);
  return ![...document.querySelectorAll('.atlas-piece[data-certain="false"]')].some((piece) =>
    piece.isPointInFill(middle.matrixTransform(piece.getScreenCTM().inverse())));
}).length"""


@pytest.mark.parametrize("day", ["2020-12-01", "2023-09-25"])
def test_a_word_about_doubt_lies_on_the_ground_that_it_is_about(new_page, document, day):
    """Beside it, it would speak of somebody else's ground."""
    page = new_page(viewport={"width": 390, "height": 844})
    for zoom in ("", "&view=39.5,46.5,7", "&view=39.2,46.7,8", "&view=39.3,46.8,9"):
        open_map(page, document, f"#on={day}{zoom}")
        assert page.evaluate(ASTRAY) == 0, zoom


def test_a_strip_above_each_of_two_maps_says_its_day(page, document):
    open_map(page, document, "#on=2020-12-02&from=2020-11-10")
    page.get_by_role("tab", name="Two days").click()
    page.get_by_role("button", name="Side by side").click()
    still(page)
    strips = page.locator(".atlas-tag")
    expect(strips).to_have_text(["10 November 2020", "2 December 2020"])
    maps = [page.locator(f".atlas-maps > {name}").bounding_box() for name in (".atlas-twin", ".atlas-stage")]
    for strip, beneath in zip([one.bounding_box() for one in strips.all()], maps, strict=True):
        assert strip["y"] + strip["height"] <= beneath["y"] + 1
        assert abs(strip["x"] - beneath["x"]) <= 2
        assert abs(strip["width"] - beneath["width"]) <= 4


def test_a_swipe_begins_over_the_districts_and_its_tags_are_free(new_page, document):
    page = new_page(viewport={"width": 1320, "height": 850})
    open_map(page, document, "#on=2020-12-02&from=2020-11-10")
    page.get_by_role("tab", name="Two days").click()
    page.get_by_role("button", name="Swipe").click()
    page.wait_for_selector(".atlas-second.is-swipe")
    still(page)
    sides = page.evaluate(
        """(() => { const box = document.querySelector(".atlas-map").getBoundingClientRect();
        const cut = box.left + box.width * parseFloat(document.querySelector(".atlas-knob").value) / 100;
        return ["kalbajar", "agdam"].map((zone) => { const one = document.querySelector(`path[data-zone="${zone}"]`).getBoundingClientRect();
          return (one.left + one.right) / 2 < cut; }); })()"""
    )
    assert sides == [True, False]
    tags, over = (
        page.evaluate(BOXES, selector) for selector in (".atlas-tag", ".atlas-scale, .atlas-legend, .atlas-time")
    )
    assert [(tag, name) for _, tag in tags for name, other in over if lies_over(tag, other)] == []


def test_status_is_told_by_fill_and_only_doubt_is_hatched(page, document):
    open_map(page, document)
    for day in ("2020-11-10", "2020-11-22", "2020-12-02", "2023-10-05"):
        page.evaluate("(on) => window.atlas.show({on})", day)
        looks = page.evaluate(
            """[...document.querySelectorAll("path.atlas-zone")].filter((one) => one.getClientRects().length)
            .map((one) => [one.dataset.status, one.getAttribute("fill"), Number(one.getAttribute("fill-opacity"))])"""
        )
        assert looks
        for status, fill, opacity in looks:
            assert not fill.startswith("url")
            assert opacity == styles()["statuses"]["open" if status == "none" else status]["tint"]
        hatched = page.evaluate(
            """[...document.querySelectorAll("path.atlas-piece")].filter((one) => one.getAttribute("fill").includes("doubt") !== (one.dataset.certain === "false"))
            .map((one) => one.dataset.zone)"""
        )
        assert hatched == [], day


def test_a_line_lies_in_a_band_as_wide_as_its_error(page, document):
    open_map(page, document, "#on=2020-11-10")
    for zoom in (8, 10):
        page.evaluate(f"window.atlas.show({{view: [39.8, 46.9, {zoom}]}})")
        still(page)
        widths = page.evaluate(
            """[...document.querySelectorAll(".atlas-band.is-front")].map((one) => Number(one.getAttribute("stroke-width")))"""
        )
        metres = page.evaluate("window.atlas.camera().metresPerPixel()")
        assert len(widths) > 20
        assert max(widths) * metres == pytest.approx(2 * 10_125, rel=0.01)
        assert min(widths) >= 5
    opacity = page.evaluate("Number(getComputedStyle(document.querySelector('.atlas-bands')).opacity)")
    assert opacity == styles()["band"]["opacity"]


def test_doubt_and_lines_are_drawn_as_declared(page, document):
    """The sheet and the exports draw from the same declaration."""
    _, ground = world()
    open_map(page, document, "#on=2020-11-10&layers=control,line-2020-11-10,districts,corridor-routes")
    rims = page.evaluate(
        """[...document.querySelectorAll("pattern[id*=doubt] rect")].map((one) => Number(one.getAttribute("width")))"""
    )
    doubt = styles()["doubt"]
    assert rims[:4] == [doubt["gap"], doubt["width"], doubt["edge"], doubt["edge"]]
    found = page.evaluate(
        """[...document.querySelectorAll("path.atlas-line")].map((one) => [one.parentNode.dataset.layer, one.getAttribute("stroke-dasharray") ?? ""])"""
    )
    drawn = {(line.zone, line_dash(line.zone, line.accuracy_m, governed=bool(line.clauses))) for line in ground.lines}
    assert {tuple(one) for one in found} == drawn


def test_doubt_and_error_are_told_in_words_on_the_map(page, document):
    open_map(page, document, "#on=2020-11-10")
    late(page)
    words = page.locator(".atlas-note-on-map").all_text_contents()
    assert "not certain" in words
    assert any(re.fullmatch(r"± \d+ km", one) for one in words)


def test_the_relief_is_on_and_can_be_switched_off(page, document):
    open_map(page, document)
    page.locator("canvas.atlas-relief").wait_for()
    shades = page.evaluate(
        """(() => { const canvas = document.querySelector("canvas.atlas-relief");
        const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return [...new Set(data.filter((_, i) => i % 4 === 3 && i % 400 < 4))].length; })()"""
    )
    assert shades > 30, "it lets the ground through in many degrees"
    assert page.evaluate("getComputedStyle(document.querySelector('canvas.atlas-relief')).mixBlendMode") == "normal"
    page.locator('[data-layer-toggle="relief"]').uncheck()
    until(page, "!document.querySelector('canvas.atlas-relief')")


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_nothing_lies_over_anything_else_and_the_first_view_shows_every_zone(new_page, document, width, height):
    page = new_page(viewport={"width": width, "height": height}, has_touch=width < 1000)
    open_map(page, document)
    late(page)
    boxes = page.evaluate(BOXES, ".atlas-head, .atlas-side, .atlas-time")
    for zone in ("agdam", "kalbajar", "lachin"):
        ((_, seen),) = page.evaluate(BOXES, f'path.atlas-zone[data-zone="{zone}"]')
        assert [name for name, box in boxes if lies_over(seen, box)] == [], zone
        assert seen[0] >= 0
        assert seen[2] <= width
    for lang in ("en", "hy"):
        page.evaluate("(lang) => window.atlas.show({lang})", lang)
        until(page, f"document.querySelector('.atlas').lang === '{lang}'")
        still(page)
        boxes = page.evaluate(BOXES, OVER)
        over = [(one[0], other[0]) for one, other in combinations(boxes, 2) if lies_over(one[1], other[1])]
        assert over == [], lang
        words = page.evaluate(BOXES, ".atlas-name, .atlas-badge, .atlas-note-on-map")
        hidden = [(word[0], one[0]) for word in words for one in boxes if lies_over(word[1], one[1])]
        assert hidden == [], lang


def test_the_time_bar_writes_the_day_as_the_language_does_and_whole(page, document):
    open_map(page, document, "#on=2020-11-25")
    shown = page.locator(".atlas-time .atlas-date")
    for lang, written in (("en", "25 Nov 2020"), ("az", "25 noy 2020"), ("hy", "25 նոյ"), ("ru", "25 нояб. 2020")):
        page.evaluate("(lang) => window.atlas.show({lang})", lang)
        expect(shown).to_have_value(re.compile(f"^{re.escape(written)}"))
        assert shown.evaluate("one => one.scrollWidth <= one.clientWidth"), lang


def test_a_stop_under_the_pointer_is_told(page, document):
    open_map(page, document)
    late(page)
    track = page.locator(".atlas-track").bounding_box()
    page.mouse.move(track["x"] + 2, track["y"] + 20)
    expect(page.locator(".atlas-tip")).to_have_text(re.compile("^12 May 1994"))
    page.mouse.move(5, 5)
    expect(page.locator(".atlas-tip")).not_to_be_visible()


def test_the_time_bar_shows_where_years_are_left_out_and_the_hand_overs(page, document):
    open_map(page, document)
    late(page)
    assert page.locator(".atlas-ticks b").all_text_contents() == ["//", "//"]
    assert {"force", "clause", "diplomacy"} == set(page.locator(".atlas-lanes span").all_text_contents())
    for lane in ("force", "clause", "diplomacy"):
        assert page.locator(f".atlas-ticks .is-{lane}").count() > 5
    assert "10 Nov" in page.locator(".atlas-keys span").all_text_contents()


def test_the_sheet_of_a_phone_has_three_heights(new_page, document):
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    open_map(page, document)
    late(page)
    side = page.locator(".atlas-side")
    expect(side).not_to_be_visible()
    page.click(".atlas-side-open")
    for share in (0.54, 0.92, 0.2):
        until(
            page,
            f"Math.round(document.querySelector('.atlas-side').getBoundingClientRect().height) === {round(844 * share)}",
        )
        page.locator(".atlas-grip").press("Enter")
    page.click(".atlas-side-close")
    expect(side).not_to_be_visible()


def test_a_found_place_is_marked(page, document):
    open_map(page, document)
    page.locator(".atlas-search").click()
    page.keyboard.type("Shusha")
    page.locator(".atlas-found li").first.wait_for()
    page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('path.atlas-ring').length === 1")

"""A name on the map, its dot and its hit in the search are one target: each opens the card of that settlement."""

import json

import pytest
from playwright.sync_api import expect

from geodata.loading import load_record
from tests.browser.opened import open_map, still, until

pytestmark = pytest.mark.browser
PLACES = {place.id: place for place in load_record().places if place.lat is not None}
SEEN = """() => [...document.querySelectorAll(".atlas-name.is-place")].map((name) => name.dataset.place)"""
MIDDLE = """([kind, place]) => {
  const name = document.querySelector(`[data-place="${place}"]`);
  if (!name) return null;
  const box = (kind === "name" ? name : name.previousElementSibling).getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}"""
TITLE = "document.querySelector('.atlas-card h3')?.textContent"
DOUBLE_TAP_MS = 300
"""Leaflet takes two taps within 200 ms for a double tap, wherever they are."""
CARD = ".atlas-card"


def holder_of(page, place):
    return page.evaluate("([lat, lon]) => window.atlas.at(lat, lon).controller", [PLACES[place].lat, PLACES[place].lon])


WORDS = {"azerbaijan": "held byAzerbaijan", "armenia": "held byArmenia", "armenian-forces": "held byArmenian forces"}


def is_the_card_of(page, place):
    text = PLACES[place].names.neutral
    until(page, f"{TITLE} === {json.dumps(text)}")
    card = page.locator(CARD)
    holder = holder_of(page, place)
    if holder is None:
        expect(card).to_contain_text("The record says nothing about this place.")
    else:
        expect(card.locator("dl").first).to_contain_text(WORDS[holder])
        expect(card).to_contain_text("Who held it, and from when")
        expect(card).to_contain_text("how sure")
    names = PLACES[place].names
    for form in filter(None, (names.az, names.hy, names.ru)):
        expect(card).to_contain_text(form)


FINGER = pytest.mark.chromium_only(reason="a finger that WebDriver BiDi puts down makes no click in Firefox")


@pytest.mark.parametrize(
    ("width", "height", "touch"), [(1400, 900, False), (1024, 768, False), pytest.param(390, 844, True, marks=FINGER)]
)
@pytest.mark.parametrize("kind", ["name", "dot"])
def test_a_press_on_a_name_or_its_dot_opens_that_place(new_page, document, width, height, touch, kind):
    page = new_page(viewport={"width": width, "height": height}, has_touch=touch)
    open_map(page, document, "#on=2020-11-10")
    close = page.locator(".atlas-side-close")
    if close.is_visible():
        close.click()
    pressed = 0
    seen = page.evaluate(SEEN)
    for place in seen[:: max(1, len(seen) // 8)]:
        at = page.evaluate(MIDDLE, [kind, place])
        if at is None:  # what came beside the map since took the room of this name
            continue
        if touch:
            page.touchscreen.tap(*at)
        else:
            page.mouse.click(*at)
        is_the_card_of(page, place)
        pressed += 1
        close.click()
        page.wait_for_timeout(DOUBLE_TAP_MS)
    assert pressed > 4


def find(page, name):
    page.locator(".atlas-search").click()
    page.keyboard.type(name)
    page.locator(".atlas-found li").first.wait_for()
    page.keyboard.press("Enter")


def test_what_the_search_finds_opens_the_same_card(page, document):
    open_map(page, document, "#on=2020-11-10")
    find(page, "Stepanakert")
    is_the_card_of(page, "khankendi")


def test_the_card_of_a_settlement_tells_the_events_that_were_known(page, document):
    handed_over = page.locator(CARD).get_by_role("button", name="25 November 2020")
    for known, count in (("2020-11-25", 1), ("2020-11-24", 0)):
        open_map(page, document, f"#on=2020-11-30&known={known}")
        find(page, "Kalbajar")
        page.locator(CARD).get_by_text("Events (").click()
        expect(page.locator(CARD).get_by_role("button", name="15 November 2020")).to_be_visible()
        expect(handed_over).to_have_count(count)


def test_who_does_not_speak_for_a_side_is_marked_in_the_card(page, document):
    open_map(page, document, "#on=2021-02-01")
    find(page, "Shurnukh")
    page.locator(CARD).get_by_text("Events (").click()
    page.locator(CARD).get_by_role("button", name="5 January 2021").click()
    expect(page.locator(CARD)).to_contain_text("Does not speak for that side.")


def test_a_settlement_with_a_known_holder_may_not_lie_on_the_other_side(page, document):
    """The lines were drawn from such places."""
    open_map(page, document, "#on=2020-11-10")
    for place in sorted(place.id for place in PLACES.values() if place.rank <= 2):
        lat, lon = PLACES[place].lat, PLACES[place].lon
        page.evaluate("(view) => window.atlas.show({view})", [lat, lon, 11])
        still(page)
        found = page.evaluate("([lat, lon]) => window.atlas.at(lat, lon)", [lat, lon])
        page.locator(f'[data-place="{place}"]').click()
        is_the_card_of(page, place)
        if found["anchor"]:
            expect(page.locator(CARD)).not_to_contain_text("may lie on the other side")


@pytest.mark.parametrize("lang", ["az", "hy", "ru"])
def test_with_neutral_names_a_layer_with_one_name_is_called_as_the_language_has_it(page, document, lang):
    zones = {zone.id: zone.names for zone in load_record().zones}
    open_map(page, document, f"#lang={lang}&names=neutral")
    panel = page.locator(".atlas-side")
    expect(panel).to_contain_text(getattr(zones["lachin-corridor"], lang))
    expect(panel).to_contain_text(zones["agdam"].neutral)
    page.evaluate("window.atlas.parts().later.parts.card.open({zone: 'lachin-corridor'})")
    expect(page.locator(CARD).get_by_role("heading", level=3)).to_have_text(getattr(zones["lachin-corridor"], lang))
    expect(page.locator(".atlas-card .atlas-names").first).not_to_contain_text(getattr(zones["lachin-corridor"], lang))


def test_the_place_under_the_pointer_can_be_read_over_names(page, document):
    open_map(page, document, "#view=39.8,46.6,8.5")
    place = page.locator(".atlas-where")
    page.mouse.move(620, 520)
    expect(place).to_contain_text("° N, 4")
    expect(place).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")

"""What a printed page says beside its maps: keys, days, running heads, the order of the sides."""

from __future__ import annotations

import io
import re

import numpy as np
import pypdfium2
import pytest
import shapely

from geodata.changes import changes
from geodata.translations import in_language
from layers.catalogue import style_of
from layers.country_labels import labels
from layers.sheet import checked_state, documents, kinds, series, sheet, story
from layers.sheet.charts import frame_for
from layers.sheet.paper import SIZES
from layers.sheet.scene import scene_of
from layers.wording import LANGUAGES, Wording
from tests.layers.sheets import letters, pdf_text, world

UPRIGHT = SIZES["a4-portrait"]


def clause(number, **state):
    record, ground = world()
    told = in_language(record, state.get("lang", "en"))
    return documents.clause(checked_state({"clause": str(number), **state}, record), told, ground, UPRIGHT, None)


def test_settlements_on_which_the_lists_disagree_do_not_bear_the_name_of_the_line():
    texts = [row["text"] for row in clause(1)["map"]["key"]]
    assert "settlement on which the sides' lists disagree" in texts
    assert len(texts) == len(set(texts))
    assert not [point for point in world()[1].points if point.doubt and "Line" in point.names["neutral"]]


@pytest.mark.parametrize("size", ["a4", "card"])
def test_each_of_two_maps_bears_its_day(size):
    told = letters(pdf_text(sheet("two", {"from": "2020-11-09", "on": "2020-12-02"}, *world(), size=size)))
    for day in ("9 November 2020", "2 December 2020"):
        assert told.count(letters(day)) >= 2


def test_discs_in_the_stripes_have_a_key_while_there_are_stripes():
    record, ground = world()
    for on, there in (("2020-11-09", True), ("2024-06-12", False)):
        shown = kinds.one(checked_state({"on": on}, record), record, ground, SIZES["a4"], None)["legend"]["rows"]
        assert ("circle: around a town or village, extent unknown" in {row["text"] for row in shown}) is there


def test_the_usual_small_maps_show_every_hand_over_of_the_statement():
    record, ground = world()
    days = series.meaningful(record, ground, "multiples")
    found = changes(ground, ground.coverage_start, ground.coverage_end)
    assert {row.date.isoformat() for row in found if row.clause} <= set(days)
    assert len(days) in series.COUNTS
    assert days[0] == ground.coverage_start.isoformat()


@pytest.mark.parametrize("number", range(1, 10))
def test_the_map_of_a_clause_shows_something_of_it(number):
    """The peacekeepers of clause 4 were not there on the first day."""
    record = world()[0]
    governed = {Wording("en").layer(zone.names) for zone in record.zones if number in zone.clauses}
    figure = clause(number)["map"]
    if number not in {7, 8}:
        assert any(row["text"].startswith(tuple(governed)) for row in figure["key"]), figure["caption"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_further_page_says_of_which_clause_it_is_and_what_goes_on(lang):
    content = sheet("clause", {"clause": "6", "lang": lang}, *world())
    pages = [letters(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(io.BytesIO(content))]
    title = letters(clause(6, lang=lang)["heading"])
    assert 2 < len(pages) <= 4
    assert all(title in page[:200] for page in pages[1:])


@pytest.mark.parametrize("day", ["2021-04-01", "2025-06-01", "2026-06-08"])
def test_the_sides_keep_one_order_on_a_briefing(day):
    record, ground = world()
    data = documents.briefing(checked_state({"on": day}, record), record, ground, UPRIGHT, None)
    order = [Wording("en").side(side) for side in record.statement.sides]
    for rows in [*(row["sides"] for row in data["disputed"]["rows"]), data["force"]["rows"]]:
        places = [order.index(row["side"]) for row in rows]
        assert places == sorted(places)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_note_that_sends_the_reader_to_a_reading_calls_it_as_its_heading_does(lang):
    told = in_language(world()[0], lang)
    notes = [(item.number, row.note) for item in told.clauses for row in item.unheard]
    assert notes
    for number, note in notes:
        titles = {reading.title for reading in told.readings if reading.clause == number}
        assert set(re.findall("[“«](.+?)[”»]", note)) <= titles, note


def test_words_of_a_version_stand_in_the_quotation_marks_of_its_language():
    for row in clause(6, lang="az")["phrases"]["rows"]:
        assert row["words"][0] == {"ru": "«", "hy": "«"}.get(row["language"], "“")


def test_the_case_of_an_armenian_date_is_not_parted_from_it():
    told = pdf_text(sheet("one", {"on": "2023-10-01", "lang": "hy"}, *world()))
    assert "թ.\u2011ից" in told
    assert not re.search(r"թ\.-\s*\w", told)


def steps(lang="en"):
    record, ground = world()
    told = in_language(record, lang)
    return story.story(checked_state({"lang": lang}, record), told, ground, UPRIGHT, None)["steps"]


def test_a_zone_of_the_story_keeps_its_fill_and_a_ring_round_a_symbol_is_explained():
    rows = [row for step in steps() for row in step["map"]["key"]]
    zone = [row for row in rows if row["text"] == "Area of the Russian peacekeeping contingent (met)"]
    assert len(zone) > 1
    assert not [row for row in zone if f'fill="{style_of("peacekeeping-zone")["hue"]}"' in row["svg"]]
    assert "Joint Russian-Turkish monitoring centre (known to ± 10 km)" in {row["text"] for row in rows}


@pytest.mark.parametrize(("before", "there"), [("2020-09-27", True), ("2020-12-18", False)])
def test_circles_in_the_ground_that_changed_hands_have_a_key(before, there):
    record, ground = world()
    state = checked_state({"from": before, "on": "2023-10-01"}, record)
    rows = kinds.changes(state, record, ground, SIZES["a4"], None)["legend"]["rows"]
    assert ("circle: around a town or village, extent unknown" in {row["text"] for row in rows}) is there


@pytest.mark.parametrize("size", ["square", "card"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_republics_are_named_or_neither(lang, size):
    """On the day on which their own ground has least room beside what the clauses are about, they are."""
    record, ground = world()
    shown = checked_state({"from": "2020-12-18", "on": "2024-06-01", "lang": lang}, record)
    wanted = {
        letters(Wording(lang).country(row["names"]).upper())
        for row in labels()
        if row["id"] in {"l-armenia", "l-azerbaijan"}
    }
    for figure in kinds.two(shown, record, ground, SIZES[size], None)["maps"]:
        names = {letters("".join(row["text"] for row in name["rows"])) for name in figure["names"]}
        assert len(wanted & names) == 2


def test_a_neighbour_with_room_in_the_frame_is_named():
    record, ground = world()
    page = kinds.one(checked_state({"on": "2020-12-18"}, record), record, ground, SIZES["a4"], None)
    assert "IRAN" in {row["text"] for name in page["map"]["names"] for row in name["rows"]}


@pytest.mark.parametrize("lang", ["hy", "ru"])
def test_no_name_on_a_map_is_in_latin_letters_where_the_language_has_its_own(lang):
    """A name of which no source shows a form in its script is left out."""
    record, ground = world()
    state = checked_state({"lang": lang, "on": "2020-12-18"}, record)
    wide = series.lines(state, record, ground, SIZES["a3"], None, ["2020-09-27", "2020-12-18"])["map"]
    near = kinds.one(state.with_(view=(40.1, 47.0, 10)), record, ground, SIZES["a4"], None)["map"]
    rows = [row["text"] for figure in (wide, near) for name in figure["names"] for row in name["rows"]]
    assert len(rows) > 30
    assert not [text for text in rows if re.search("[A-Za-z]", text)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_day_of_a_line_is_not_read_as_part_of_a_name(lang):
    """Days keep 5 mm from names of places, or half of that where there is little room; and nothing is led over a border."""
    record, ground = world()
    state, wording = checked_state({"lang": lang}, record), Wording(lang)
    days = series.meaningful(record, ground, "lines")
    figure = series.lines(state, record, ground, SIZES["square"], None, days)["map"]
    short = {wording.short(day) for day in days}
    told = [name for name in figure["names"] if short & {row["text"] for row in name["rows"]}]
    others = [shapely.box(*name["box"]) for name in figure["names"] if name not in told]
    assert len(told) > 2
    for name in told:
        assert shapely.distance(others, shapely.box(*name["box"])).min() > 2.4
    frame = frame_for(state, record, ground, (figure["w"], figure["h"]))
    fences = frame.paper(scene_of(state, days[-1], record, ground, frame.area).fences)
    leaders = [np.reshape(name["leader"], (2, 2)) for name in figure["names"] if name["leader"]]
    assert not shapely.intersects(shapely.linestrings(leaders)[:, None], fences).any()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_roads_of_the_corridor_are_named_in_the_inset_alone(lang):
    """By their clause where there is no room for more; and the inset's scale stands outside it, where no name does."""
    figure = clause(6, lang=lang)["map"]
    roads = letters(next(Wording(lang).layer(zone.names) for zone in world()[0].zones if zone.id == "corridor-routes"))
    (inset,) = [one for one in figure["insets"] if one["scale"]]
    assert [name["badge"] for name in inset["names"]].count("6") == 2
    assert roads not in ["".join(letters(row["text"]) for row in name["rows"]) for name in figure["names"]]
    top = inset["y"] - 8 if inset["y"] else inset["h"]
    scale = shapely.box(inset["x"], top, inset["x"] + inset["scale"]["mm"] + 14, top + 8)
    assert not shapely.intersects([shapely.box(*name["box"]) for name in figure["names"]], scale).any()

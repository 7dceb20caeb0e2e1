"""Every kind of page: what it says, in four languages; that no name lies on another or on a line; grey and colour-blind."""

import io
import re
from itertools import combinations

import pikepdf
import pypdfium2
import pytest
import shapely
from babel.units import format_unit
from coloraide import Color

from geodata.breakpoints import breakpoints
from geodata.changes import forced_until
from geodata.dates import parse_day
from geodata.status import statuses
from layers.__main__ import main
from layers.catalogue import styles
from layers.sheet import KINDS, UPRIGHT, checked_state, documents, kinds, sheet
from layers.sheet.charts import frame_for
from layers.sheet.mapping import draw_map
from layers.sheet.paper import SIZES
from layers.sheet.projection import metric
from layers.sheet.scene import scene_of
from layers.wording import LANGUAGES, Wording
from layers.wording.dates import LOCALES
from tests.layers.sheets import letters, pdf_text, rasterised, world

LANG_OF = dict(zip(KINDS, [*LANGUAGES, *LANGUAGES, "hy"], strict=True))
"""A language for each kind, so that all are set in one."""
STATE = {"on": "2023-05-01", "from": "2020-09-26", "clause": "6"}


def page(kind, fmt="pdf", lang=None, **more):
    state = {**STATE, "lang": lang or LANG_OF[kind]}
    if kind not in {"two", "changes"}:
        state.pop("from")
    return sheet(kind, state, *world(), fmt, **more)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_tagged_archive_in_its_language(kind):
    lang = LANG_OF[kind]
    content = page(kind)
    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.open_metadata().pdfa_status == "2A"
        assert document.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in document.Root
        assert str(document.Root.Lang) == lang
        assert len(document.pages) >= (2 if kind in {"story", "class", "briefing"} else 1)
        for each in document.pages:
            for font in each.Resources.get("/Font", {}).values():
                assert "/ToUnicode" in font
                assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
    text = re.sub(r"\s+", " ", pdf_text(content))
    assert Wording(lang).tr("Control is not sovereignty.") in text
    assert Wording(lang).tr(world()[1].credits).split(",")[0] in text
    if lang != "en" and kind not in QUOTING:
        own = text.partition(f" {Wording(lang).tr('Sources')} ")[0]
        assert re.findall(r"\b(?:the|of|and|with|which|under)\b", own, re.IGNORECASE) == []


QUOTING = {"clause", "class"}
"""Kinds that quote the versions of the text, each in its own language."""


def test_the_text_is_read_in_the_order_in_which_it_stands():
    text = re.sub(r"\s+", " ", pdf_text(sheet("briefing", {}, *world())))
    order = [
        "Briefing", "Ceasefire along the line held on 10 November 2020", "Transport between western Azerbaijan and Nakhchivan",
        "What is disputed", "Where the ground is uncertain", "km of the lines between the sides", "Does it still hold?",
    ]  # fmt: skip
    places = [text.index(phrase) for phrase in order]
    assert places == sorted(places)


def test_the_story_tells_every_step_and_names_every_source():
    content = page("story", lang="en")
    told = pdf_text(content)
    with pypdfium2.PdfDocument(content) as document:
        assert min(min(type_sizes(leaf.get_textpage())) for leaf in document) >= 6
    assert "km²" in told
    assert not re.search("km2|'", told.partition("Sources")[0])
    text = letters(told)
    record, _ = world()
    for step in record.story:
        assert letters(step.title) in text
        assert letters(step.text) in text
    known = {source.id: source for source in record.sources}
    for name in {name for step in record.story for name in step.sources}:
        assert letters(known[name].title) in text


@pytest.mark.parametrize("number", range(1, 10))
def test_a_clause_brings_its_words_readings_and_deadlines(number):
    record, ground = world()
    told = pdf_text(sheet("clause", {"on": "2023-05-01", "clause": str(number)}, record, ground))
    text = letters(told)
    clause = next(item for item in record.clauses if item.number == number)
    assert letters(clause.title) in text
    for phrase in clause.phrases:
        assert letters(phrase.phrase) in text
    for reading in record.readings:
        if reading.clause == number:
            assert letters(reading.title) in text
    for duty in record.obligations:
        assert (letters(duty.duty.strip()[:40]) in text) == (duty.clause == number)
    ids = {name for reading in record.readings for name in (reading.id, reading.topic) if "-" in name}
    assert [name for name in ids if name in re.sub(r"\s", "", told.rpartition("Sources")[0])] == []


def test_a_clause_is_told_to_the_end_of_the_record_and_the_sides_keep_their_order():
    record, ground = world()
    data = documents.clause(checked_state({"clause": "6"}, record), record, ground, SIZES["a4-portrait"], None)
    known = {row.title: row for row in statuses(record, ground.coverage_end)}
    for row in data["deadlines"]["rows"]:
        assert row["status"] == Wording("en").deadline(known[row["title"]])
    assert [len(row["steps"]) for row in data["deadlines"]["rows"]] == [
        len(item.deadlines) for item in record.obligations if item.clause == 6
    ]
    sides = [Wording("en").side(side) for side in record.statement.sides]
    for group in data["readings"]["rows"]:
        assert [sides.index(row["side"]) for row in group] == sorted(sides.index(row["side"]) for row in group)
    versions = [row["version"] for row in data["phrases"]["rows"]]
    assert len(versions) == len(set(versions))


@pytest.mark.parametrize("lang", ["az", "ru"])
def test_a_worksheet_quotes_the_text_in_the_language_of_the_class_too(lang):
    record, ground = world()
    state = checked_state({"clause": "4", "lang": lang}, record)
    rows = documents.class_pack(state, record, ground, SIZES["a4-portrait"], None)["worksheet"]["phrases"]
    said = {witness.id for witness in record.statement.witnesses if witness.language == lang}
    own = [phrase.phrase for phrase in record.clauses[3].phrases if phrase.witness in said]
    assert own[0] in rows[0]["words"]
    assert rows[0]["words"][0] == {"az": "“", "ru": "«"}[lang]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("kind", "size", "pages"), [("briefing", "letter-portrait", 2), ("class", "a4-portrait", 4)])
def test_a_briefing_has_two_pages_and_a_class_pack_four(kind, size, pages, lang):
    with pikepdf.open(io.BytesIO(page(kind, lang=lang, size=size, address="https://atlas.example/"))) as document:
        assert len(document.pages) == pages


def test_a_briefing_tells_the_last_day_unless_another_is_asked_for_and_nothing_said_later():
    record, ground = world()
    last, first = (pdf_text(sheet("briefing", state, record, ground)) for state in ({}, {"on": "2020-11-10"}))
    assert last.count(Wording("en").day(ground.coverage_end)) >= 3
    assert "Does it still hold?" in last
    assert "Does it still hold?" not in first


@pytest.mark.parametrize("day", ["2021-04-01", "2022-12-20", "2023-05-01", "2025-06-01"])
def test_a_briefing_tells_both_readings_of_every_disputed_obligation(day):
    record, ground = world()
    data = documents.briefing(checked_state({"on": day}, record), record, ground, SIZES["a4-portrait"], None)
    disputed = [row for row in statuses(record, parse_day(day)) if row.status == "disputed"]
    assert [row["title"] for row in data["disputed"]["rows"]] == [row.title for row in disputed]
    for told, row in zip(data["disputed"]["rows"], disputed, strict=True):
        assert Wording("en").short(row.disputed_since) in told["since"]
        assert all(side["text"] for side in told["sides"])


def test_the_dates_of_a_class_are_told_as_the_record_ends():
    told = re.sub(r"\s+", " ", pdf_text(page("class", lang="en")))
    record, ground = world()
    for row in statuses(record, ground.coverage_end):
        assert row.done is None or Wording("en").short(row.done) in told.partition("All dates")[2], row.id


def test_a_worksheet_needs_two_readings_and_what_the_table_counts_is_told():
    record, ground = world()
    told = letters(pdf_text(page("class", lang="en")))
    assert letters("0 (+10)") in told
    assert letters("in brackets against the first") in told
    with pytest.raises(ValueError, match=r"reading of clause 2 is on record: choose one of 1, 3"):
        sheet("class", {"clause": "2"}, record, ground)


@pytest.mark.parametrize("kind", ["two", "changes"])
def test_two_days_say_what_came_earlier_in_the_words_of_the_screen(kind):
    record, ground = world()
    state = {"from": "2020-11-09", "on": "2020-12-02"}
    told = letters(pdf_text(sheet(kind, state, record, ground)))
    said = Wording("en").earlier(*forced_until(ground, parse_day("2020-11-09")), "2020-11-09")
    assert len(said) == 2
    for sentence in said:
        assert letters(sentence) in told
    assert told.count(letters("9 November 2020")) == (4 if kind == "two" else 3)


def test_a_legend_of_two_days_names_areas_before_lines():
    record, ground = world()
    state = checked_state({"from": "2020-11-15", "on": "2020-12-02"}, record)
    texts = [row["text"] for row in kinds.two(state, record, ground, SIZES["a4"], None)["legend"]["rows"]]
    areas = [number for number, text in enumerate(texts) if text.endswith(("(met)", "(pending)", "(continuing)"))]
    assert len(areas) >= 3
    assert max(areas) < texts.index("Syunik–Nakhchivan link (schematic)")


FEET = [
    *(("changes", "a4", 25, lang) for lang in LANGUAGES),
    *(("one", "card", 50, lang) for lang in LANGUAGES),
    ("one", "letter", 25, "ru"),
    ("one", "wide", 25, "hy"),
    ("one", "a3", 25, "en"),
]


@pytest.mark.parametrize(("kind", "size", "km", "lang"), FEET)
def test_neither_a_long_heading_nor_a_code_in_the_foot_touches_the_map(kind, size, km, lang):
    """In Armenian the dates alone are longer than the page is wide at the usual size; the code is the foot's highest part."""
    state = {"on": "2023-10-01", "lang": lang} | ({"from": "2020-09-27"} if kind == "changes" else {})
    content = sheet(kind, state, *world(), size=size, address="https://atlas.example/")
    with pypdfium2.PdfDocument(content) as document:
        text = document[0].get_textpage()
        wording = Wording(lang)
        bar = format_unit(km, "length-kilometer", "short", locale=LOCALES[lang])
        low, rule = (lower_edge(text, phrase) for phrase in (bar, wording.tr("Control is not sovereignty.")))
    assert low - rule > 7 / 25.4 * 72


@pytest.mark.parametrize(("lang", "size"), [*((lang, "a4") for lang in LANGUAGES), ("ru", "letter")])
def test_no_letter_beside_the_map_lies_on_another(lang, size):
    """Few changes are set large, and their names are long."""
    content = sheet("changes", {"from": "2020-11-19", "on": "2020-12-01", "lang": lang}, *world(), size=size)
    paper = SIZES[size]
    with pypdfium2.PdfDocument(content) as document:
        text = document[0].get_textpage()
        boxes = [text.get_charbox(number) for number in range(text.count_chars())]
    aside = (paper.margin + paper.map[0] + 5) / 25.4 * 72
    letters = [shapely.box(*box).buffer(-0.4) for box in boxes if box[0] > aside]
    letters = [letter for letter in letters if not letter.is_empty]
    first, second = shapely.STRtree(letters).query(letters, predicate="intersects")
    assert len(letters) > 200
    assert (first == second).all()


SMALL = [
    ("two", "a4", "en", {"from": "2020-09-26", "on": "2020-12-01"}),
    ("two", "wide", "hy", {"from": "1994-05-12", "on": "2026-06-08"}),
    ("one", "square", "ru", {"on": "2020-11-10"}),
    ("changes", "square", "ru", {"from": "2020-09-26", "on": "2024-06-12"}),
    ("multiples", "a4", "hy", {}),
]


@pytest.mark.parametrize(("kind", "size", "lang", "state"), SMALL)
def test_no_type_is_smaller_than_six_points_and_all_stands_above_the_foot(kind, size, lang, state):
    """Where there is no room for all, something is left out."""
    content = sheet(kind, {**state, "lang": lang}, *world(), size=size, address="https://atlas.example/")
    with pypdfium2.PdfDocument(content) as document:
        text = document[0].get_textpage()
        foot = text.get_charbox(text.search(Wording(lang).tr("Control is not sovereignty.")).get_next()[0])
        count = range(text.count_chars())
        boxes = [shapely.box(*text.get_charbox(number)).buffer(-0.4) for number in count]
        assert min(type_sizes(text)) >= 6
    boxes = [box for box in boxes if not box.is_empty and box.bounds[1] < foot[3] + 40]
    first, second = shapely.STRtree(boxes).query(boxes, predicate="intersects")
    assert (first == second).all()


def type_sizes(text):
    """Sizes in points of the letters of a page."""
    sizes = (pypdfium2.raw.FPDFText_GetFontSize(text, number) for number in range(text.count_chars()))
    return {round(size, 1) for size in sizes} - {0, 1}


def lower_edge(text, phrase):
    """Of a phrase on a page, in points above the page's lower edge."""
    return text.get_charbox(text.search(phrase).get_next()[0])[1]


def test_areas_by_reason_add_up_on_the_page_of_changes():
    data = kinds.changes(checked_state(STATE, world()[0]), *world(), SIZES["a4"], None)["changed"]
    figure = lambda text: float(re.sub(r"[^\d.]", "", text.removesuffix("km²")))  # noqa: E731
    assert sum(figure(row["area"]) for row in data["sums"]) == pytest.approx(figure(data["total"]["area"]), abs=2)
    assert {row["text"] for row in data["sums"]} >= {"under clause 2", "under clause 6", "by force"}


@pytest.mark.parametrize("count", [4, 6, 9, 12])
def test_small_maps_show_the_days_asked_for(count):
    days = [day.isoformat() for day in breakpoints(*world())][10 : 10 + count]
    text = re.sub(r"\s+", " ", pdf_text(sheet("multiples", {"lang": "en"}, *world(), days=days)))
    for day in days:
        assert Wording("en").short(day) in text


def test_the_same_bytes_twice():
    first = page("lines", lang="en")
    page("multiples", "png", dpi=50)
    assert page("lines", lang="en") == first


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["poster"], "There is no kind of sheet “poster”"),
        (["two"], "compares two days"),
        (["multiples", "--days", "2020-11-10,2020-11-20"], "Small maps stand in 4, 6, 9, 12"),
        (
            [
                "multiples",
                "--size",
                "card",
                "--days",
                "2020-11-10,2020-11-15,2020-11-20,2020-11-25,2020-12-01,2021-01-05",
            ],
            "Small maps stand in 4 on a page",
        ),
        (["multiples", "--days", "soon"], "is not a date"),
        (["lines", "--days", "2020-11-10"], "Lines of 2 to 6 days"),
        (["story", "--size", "wide"], f"needs upright paper: {', '.join(UPRIGHT)}"),
    ],
)
def test_the_command_refuses_in_one_sentence(tmp_path, capsys, arguments, sentence):
    assert main(["sheet", *arguments, "--out", str(tmp_path / "x.pdf")]) == 2
    told = capsys.readouterr()
    assert sentence in told.err
    assert told.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_several_pages_are_no_picture(tmp_path, capsys):
    assert main(["sheet", "story", "--out", str(tmp_path / "x.png")]) == 2
    assert "is written as PDF, not as PNG" in capsys.readouterr().err


def test_the_inset_colours_both_republics_however_near_the_map_looks():
    record, ground = world()
    state = checked_state({"on": "2020-11-10", "view": "39.64,46.55,13"}, record)
    (inset,) = kinds.one(state, record, ground, SIZES["a4"], None)["map"]["insets"]
    for side in ("armenia", "azerbaijan"):
        assert styles()["controllers"][side]["fill"] in inset["svg"]


SEEN = {"as it is": None, "protan": "protan", "deutan": "deutan", "tritan": "tritan"}
"""How a colour is seen: coloraide's simulations of Brettel and of Viénot."""


def holders_as_printed():
    """The pixels of 4 mm of each holder's ground, inside it, from a rendered map with relief."""
    record, ground = world()
    state = checked_state({"on": "2021-06-01", "layers": "control,relief"}, record)
    frame = frame_for(state, record, ground, SIZES["a4"].map)
    scene = scene_of(state, state.on, record, ground, frame.area)
    dots = 150 / 25.4
    pixels = rasterised(draw_map(scene, ground, frame).svg(), frame.w, frame.h, 150)
    lakes = shapely.union_all([metric(feature.geometry) for feature in ground.base if feature.kind == "lake"])
    found = {}
    for holding in scene.holdings:
        area = shapely.difference(shapely.intersection(holding.geometry, frame.area), lakes)
        largest = max(shapely.get_parts(area), key=lambda part: part.area)
        if not holding.certain or area.is_empty:
            continue
        middle = shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=500), 0)
        x, y = (int(value * dots) for value in frame.mm(middle.x, middle.y))
        half = int(min(2.0, shapely.distance(middle, largest.boundary) / frame.metres / 2) * dots)
        found[holding.controller] = pixels[y - half : y + half, x - half : x + half].reshape(-1, 3)
    return found


def lightness_and_texture(window, sight):
    colour = Color("srgb", list(window.mean(axis=0) / 255))
    if sight:
        colour = colour.filter(sight)
    return colour, float((window @ [0.2126, 0.7152, 0.0722]).std())


@pytest.mark.parametrize("sight", SEEN)
def test_holders_are_told_apart_by_everybody_and_in_grey(sight):
    """Two holders differ by a pattern, or in colour for every kind of sight and in lightness.

    The two republics are equally light by rule; the border between them is drawn, and both are named.
    """
    printed = {name: lightness_and_texture(window, SEEN[sight]) for name, window in holders_as_printed().items()}
    assert {"azerbaijan", "armenia", "armenian-forces"} <= set(printed)
    for (one, (colour, texture)), (other, (second, rough)) in combinations(printed.items(), 2):
        if abs(texture - rough) > 4:
            continue
        assert colour.delta_e(second, method="2000") > 6, (one, other)
        lightness = abs(colour.convert("lab-d65")["lightness"] - second.convert("lab-d65")["lightness"])
        assert lightness > 5 or {one, other} == {"armenia", "azerbaijan"}, (one, other, lightness)


def test_a_page_of_one_date_leads_to_that_date_alone():
    """Of an earlier day it says nothing, so neither does its link."""
    alone = sheet("one", {"on": STATE["on"], "lang": "en"}, *world(), "png", dpi=60)
    assert sheet("one", {"on": STATE["on"], "from": STATE["from"], "lang": "en"}, *world(), "png", dpi=60) == alone

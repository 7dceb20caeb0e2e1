"""The print sheet: what it says, that text stays text, and that the same state gives the same bytes."""

import base64
import io
import re
import subprocess
import sys
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from geodata.changes import changes
from geodata.dates import parse_day
from geodata.integrity import data_version
from geodata.loading import event_by_id
from layers.sheet import FORMATS, render
from layers.sheet.paper import SIZES
from tests.layers.sheets import HOSTILE, hostile_record, pdf_text, world

SVG = "{http://www.w3.org/2000/svg}"


def sheet(fmt="pdf", record=None, **state):
    known, ground = world()
    options = {name: state.pop(name) for name in ("dpi", "size", "compare", "address", "map_only") if name in state}
    keys = {name.rstrip("_"): value for name, value in state.items()}
    return render({"on": "2020-11-25", **keys}, record or known, ground, fmt, **options)


def words(**state):
    """The text of the sheet, lines joined, as a reader of the PDF gets it."""
    return re.sub(r"\s+", " ", pdf_text(sheet(**state)))


def test_it_says_the_day_the_holders_the_deadlines_and_the_rules():
    text = words()
    assert "25 November 2020" in text
    for phrase in ("Azerbaijan", "Armenia", "Armenian forces", "Who held the ground", "Clauses and deadlines"):
        assert phrase in text
    assert "due 25 Nov 2020, first 15 Nov 2020; met 25 Nov 2020" in text
    assert "no date in the text" in text
    assert "Control is not sovereignty." in text
    assert "Boundaries and names imply no endorsement." in text
    assert world()[1].credits.split(",")[0] in text
    assert "state: on=2020-11-25" in text
    assert "UTM 38N" in text
    assert re.search(r"version 1\.\d+\.\d+\+[0-9a-f]{12}", text)


def test_the_legend_holds_only_what_is_shown():
    before, after = words(on="1994-05-12"), words(on="2021-06-01")
    assert "Russian peacekeepers" not in before
    assert "Russian peacekeepers" in after
    assert "striped" not in words(on="2025-01-01")
    assert "striped" in words(on="2020-10-12")
    assert "not yet in force" in before
    assert "Syunik–Nakhchivan link (schematic)" in words(layers="control,nakhchivan-link")
    assert "Syunik–Nakhchivan link" not in words(layers="control,agdam")


def test_without_a_governing_clause_it_says_so():
    assert "No clause of the statement governs what is shown." in words(layers="control,line-of-contact-1994")


def test_a_chosen_clause_brings_all_its_obligations():
    text = words(clause=6, on="2022-08-30", size="a4-portrait")
    record, _ = world()
    for duty in record.obligations:
        assert (duty.title in text) == (duty.clause == 6), duty.id


def test_deadlines_are_told_as_known():
    text = words(on="2020-11-20", known="2020-11-14", layers="control,kalbajar")
    assert "As announced by 14 November 2020" in text
    assert "due 15 Nov 2020; pending" in text
    assert "25 Nov" not in text
    assert "Agdam district handed over" not in text.split("Around this day")[1]


def test_events_of_the_day_stand_on_it():
    record, _ = world()
    assert event_by_id(record, "kalbajar-handed-over").title in words()


@pytest.mark.parametrize(
    ("lang", "date", "phrase"),
    [
        ("az", "25 noyabr 2020", "Bəndlər və müddətlər"),
        ("hy", "25 նոյեմբերի, 2020 թ.", "Կետեր և ժամկետներ"),
        ("ru", "25 ноября 2020", "Пункты и сроки"),
    ],
)
def test_it_speaks_four_languages_and_embeds_their_letters(lang, date, phrase):
    content = sheet(lang=lang, names=lang)
    text = re.sub(r"\s+", " ", pdf_text(content))
    assert date in text
    assert phrase in text
    shusha = next(place for place in world()[0].places if place.id == "shusha")
    assert getattr(shusha.names, lang) in text
    with pikepdf.open(io.BytesIO(content)) as document:
        for font in document.pages[0].Resources.Font.values():
            described = font.DescendantFonts[0].FontDescriptor if "/DescendantFonts" in font else font.FontDescriptor
            assert "/FontFile2" in described


@pytest.mark.parametrize("size", SIZES)
def test_a_png_has_the_size_and_resolution_asked_for(size):
    for dpi in (75, 150):
        with Image.open(io.BytesIO(sheet("png", size=size, dpi=dpi))) as image:
            paper = SIZES[size]
            assert image.size == pytest.approx((paper.w / 25.4 * dpi, paper.h / 25.4 * dpi), abs=1)
            assert image.info["dpi"] == pytest.approx((dpi, dpi), abs=0.1)


@pytest.mark.parametrize("size", SIZES)
def test_a_pdf_is_one_page_of_the_paper(size):
    with pikepdf.open(io.BytesIO(sheet(size=size))) as document:
        assert len(document.pages) == 1
        box = [float(value) for value in document.pages[0].MediaBox]
        assert box[2:] == pytest.approx([SIZES[size].w / 25.4 * 72, SIZES[size].h / 25.4 * 72], abs=0.1)


def active(root):
    """Names of elements and attributes of an SVG, and of those within it, that could do anything."""
    for element in root.iter():
        if element.tag.rpartition("}")[2] in {"script", "foreignObject", "iframe", "img", "evil"}:
            yield element.tag
        for name, value in element.attrib.items():
            if name.rpartition("}")[2].lower().startswith("on"):
                yield name
            if name.endswith("href") and value.startswith("data:image/svg+xml;base64,"):
                yield from active(ET.fromstring(base64.b64decode(value.partition(",")[2])))
            elif name.endswith("href") and not value.startswith(("#", "data:image/png", "data:image/jpeg")):
                yield value


def test_an_svg_needs_no_font_and_holds_nothing_active():
    root = ET.fromstring(sheet("svg", lang="az", names="hy"))
    assert not list(root.iter(f"{SVG}text"))
    assert list(active(root)) == []


def test_the_map_alone_holds_its_names_as_text():
    root = ET.fromstring(sheet("svg", lang="az", names="hy", map_only=True))
    text = " ".join(element.text or "" for element in root.iter(f"{SVG}text"))
    assert "Շուշի" in text
    assert "km" in text
    assert list(active(root)) == []
    with pytest.raises(ValueError, match="The map alone is an SVG"):
        sheet("pdf", map_only=True)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_text_in_svg_and_pdf(text):
    record = hostile_record(text)
    shown = {"record": record, "layers": "control,agdam,events,corridor-routes"}
    for alone in (False, True):
        assert list(active(ET.fromstring(sheet("svg", map_only=alone, **shown)))) == []
    assert sheet("pdf", record=record).startswith(b"%PDF")
    assert sheet("png", record=record, dpi=60).startswith(b"\x89PNG")


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_same_state_gives_the_same_bytes(fmt):
    first = sheet(fmt, from_="2020-11-09", dpi=80)
    sheet(fmt, on="1994-05-12", dpi=80)
    assert sheet(fmt, from_="2020-11-09", dpi=80) == first


def test_the_same_bytes_in_another_process(tmp_path):
    for fmt in FORMATS:
        path = tmp_path / f"other.{fmt}"
        command = [sys.executable, "-m", "layers", "snapshot", "--on", "2020-11-25", "--out", str(path)]
        subprocess.run(command, check=True, capture_output=True)
        assert path.read_bytes() == sheet(fmt), fmt


@pytest.mark.parametrize("size", [name for name, paper in SIZES.items() if not paper.brief])
@pytest.mark.parametrize("compare", ["beside", "changes"])
def test_a_comparison_tells_what_changed_and_how_much(size, compare):
    start, end = "2020-11-10", "2020-12-01"
    text = words(on=end, from_=start, size=size, compare=compare)
    rows = changes(world()[1], parse_day(start), parse_day(end))
    assert "10 November 2020" in text
    assert "1 December 2020" in text
    assert "What changed" in text
    for row in rows:
        assert f"{row.km2:,.0f} km²" in text
    assert f"{sum(row.km2 for row in rows):,.0f} km²" in text
    assert "clause 2" in text
    assert "clause 6" in text


def test_days_between_which_nothing_changed():
    assert "No ground changed hands between these days." in words(on="2021-06-01", from_="2021-05-01")


def test_a_view_shows_its_part_only():
    near = words(view="39.64,46.55,11")
    assert "Lachin / Berdzor" in near
    assert "Jabrayil" not in near.split("Around this day")[0]


def test_the_relief_is_drawn_where_asked_for():
    assert sheet("png", layers="control,relief", dpi=60) != sheet("png", layers="control", dpi=60)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"on": "2020-02-31"}, "--on “2020-02-31” is not a date"),
        ({"on": "1990-01-01"}, "The record begins on 1994-05-12"),
        ({"from_": "2021-01-01"}, "--from 2021-01-01 lies after --on 2020-11-25"),
        ({"layers": "control,nowhere"}, "There is no layer “nowhere”"),
        ({"clause": "12"}, "There is no clause “12”"),
        ({"lang": "de"}, "lang can't be “de”"),
        ({"view": "0,0,3"}, "is not a latitude, longitude and zoom"),
        ({"fmt": "bmp"}, "There is no sheet format “bmp”"),
        ({"size": "a9"}, "There is no sheet size “a9”"),
        ({"dpi": 5000}, "5000 dpi is out of range"),
        ({"from_": "2020-11-10", "compare": "up"}, "There is no comparison “up”"),
    ],
)
def test_bad_input_is_named(state, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        sheet(state.pop("fmt", "png"), **state)


@pytest.mark.parametrize("size", SIZES)
def test_the_code_on_the_sheet_leads_to_the_state(size):
    content = render(
        {"on": "2020-11-25", "clause": "6"}, *world(), "png", dpi=150, size=size, address="https://atlas.example/"
    )
    with Image.open(io.BytesIO(content)) as image:
        found = [code.text for code in zxingcpp.read_barcodes(image.convert("L"))]
    assert found == [f"https://atlas.example/?on=2020-11-25&clause=6&v={quote(data_version(), safe='')}"]


def test_without_an_address_there_is_nothing_to_scan():
    with Image.open(io.BytesIO(sheet("png", on="2020-11-25"))) as image:
        assert zxingcpp.read_barcodes(image.convert("L")) == []
    assert "state: on=2020-11-25" in words(on="2020-11-25")

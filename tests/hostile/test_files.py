"""Hostile text through every file that the atlas writes, read back by other programs: text it was and text it is."""

import csv
import io
import json
import re
import sqlite3
import xml.etree.ElementTree as ET

import openpyxl
import pikepdf
import pyarrow.parquet as pq
import pytest
from pydantic import ValidationError

from geodata.record_types import Names
from geodata.spreadsheet_safety import NUMBER, STARTS
from layers.export import export
from layers.export.tables import tables
from layers.export.tables import write as write_table
from layers.map.payload import texts
from layers.map.standalone import html
from layers.sheet import render
from tests.hostile.corpus import PAYLOADS, SURROGATE, hostile_world, texts_of
from tests.hostile.svg import is_quiet
from tests.layers.one_file import held
from tests.layers.sheets import pdf_text

DAY = "2022-09-01"
XML_CANT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
STATES = (
    {"on": DAY, "clause": "6", "names": "hy", "lang": "ru"},
    {"on": "2023-10-01", "from": "2020-11-09", "layers": "control,events,lachin,nkao,corridor-routes", "names": "az"},
)


@pytest.fixture(scope="module")
def world():
    return hostile_world()


@pytest.fixture(scope="module")
def zone_names(world):
    """Names that a file of the day holds: those of the zones in it."""
    return {zone.names.neutral for zone in world[0].zones}


def test_the_corpus_is_in_every_text_field(world):
    found = texts_of(world[0])
    assert len(found) > 2000
    assert all(re.search(r"№\d+$", text) for text in found.values())
    assert any(len(text) > 10_000 for text in found.values())
    assert all(any(payload in text for text in found.values()) for payload in PAYLOADS)


def test_half_a_letter_is_no_text(tmp_path):
    """A lone surrogate can't be written in UTF-8: the record refuses it by file, line and field."""
    from shutil import copytree

    from geodata.loading import RECORD, RecordError, load_record

    folder = copytree(RECORD, tmp_path / "record")
    path = folder / "statement.yaml"
    path.write_text(path.read_text().replace("title: English text of the Armenian", 'title: "\\ud800" # ', 1))
    with pytest.raises(RecordError, match=r"statement\.yaml:\d+: .*Unicode"):
        load_record(folder)
    with pytest.raises(ValidationError, match="unicode"):
        Names(neutral=SURROGATE)


@pytest.mark.parametrize("state", STATES, ids=["one day", "two days"])
def test_svg_holds_no_script_and_points_nowhere(world, state):
    assert is_quiet(render(state, *world, "svg"))
    said = pdf_text(render(state, *world, "pdf"))  # letters of the SVG are outlines
    assert "{{ 7*7 }}" in said or "{%" in said
    assert "evaluatedevaluated" not in said


@pytest.mark.parametrize("state", STATES, ids=["one day", "two days"])
def test_pdf_holds_no_action(world, state):
    with pikepdf.open(io.BytesIO(render(state, *world, "pdf"))) as book:
        assert not {"/OpenAction", "/AA", "/AcroForm", "/Names"} & set(book.Root.keys())
        for page in book.pages:
            for note in page.get("/Annots", []):
                assert note.get("/A", {}).get("/S") in (None, "/URI")
                assert str(note.get("/A", {}).get("/URI", "http")).startswith("http")


def test_png_is_drawn(world):
    assert render(STATES[0], *world, "png", dpi=60).startswith(b"\x89PNG")


def test_kml_declares_nothing_and_loses_nothing(world, zone_names):
    content = export(DAY, *world, "kml")
    assert b"<!DOCTYPE" not in content
    root = ET.fromstring(content)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not tags & {"script", "img", "a", "x", "NetworkLink", "Link", "href"}
    names = {element.text for element in root.iter("{http://www.opengis.net/kml/2.2}name")}
    names -= {root.findtext("*/{http://www.opengis.net/kml/2.2}name")}  # the headline, which is hostile too
    normal = {as_xml(name) for name in zone_names}
    assert len(normal & names) >= 6
    assert {name for name in names if "№" in name and name.count("№") == 1} <= normal | {
        as_xml(text) for text in texts_of(world[0]).values()
    }


def as_xml(text):
    """What XML may carry of a text, as a parser gives it back."""
    return XML_CANT.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")


def test_geojson_and_parquet_hold_the_same_text(world):
    known = set(texts_of(world[0]).values())
    names = {one["properties"]["name"] for one in json.loads(export(DAY, *world, "geojson"))["features"]}
    from_record = {name for name in names if "№" in (name or "")}
    assert len(from_record) > 10
    assert from_record <= known
    table = pq.read_table(io.BytesIO(export(DAY, *world, "parquet"))).to_pydict()
    assert set(table["name"]) == names


def test_geopackage_holds_the_same_text(world, tmp_path):
    path = tmp_path / "x.gpkg"
    path.write_bytes(export(DAY, *world, "gpkg"))
    known = set(texts_of(world[0]).values())
    with sqlite3.connect(path) as base:
        tables_ = [row[0] for row in base.execute("select table_name from gpkg_contents where data_type = 'features'")]
        names = {row[0] for table in tables_ for row in base.execute(f'select name from "{table}"')}
    found = {name for name in names if "№" in (name or "")}
    assert len(found) > 10
    # A C string ends at NUL: what stood before it is kept, the rest can't be held.
    assert {name for name in found if name not in known} <= {text.split("\0")[0] for text in known}


def test_no_csv_cell_is_a_formula_and_none_is_lost(world):
    known = set(texts_of(world[0]).values())
    rows = list(csv.DictReader(io.StringIO(export(DAY, *world, "csv").decode("utf-8-sig"), newline="")))
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(STARTS) and not NUMBER.fullmatch(cell)]
    names = {row["name"].removeprefix("'") if row["name"][1:].startswith(STARTS) else row["name"] for row in rows}
    assert {name for name in names if "№" in name} <= known
    assert len(names & known) > 10


@pytest.mark.parametrize("name", ["obligations", "events", "changes"])
def test_tables_as_csv_xlsx_and_json(world, name):
    table = tables(*world, DAY)[name]
    text = write_table(table, "csv", name).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not [cell for cell in row if cell.startswith(STARTS) and not NUMBER.fullmatch(cell)]
    sheet = openpyxl.load_workbook(io.BytesIO(write_table(table, "xlsx", name))).active
    for written, row in zip(sheet.iter_rows(min_row=2), table, strict=True):
        for cell, value in zip(written, row.values(), strict=True):
            assert cell.data_type != "f", cell.value
            if cell.is_date:
                assert cell.value.date().isoformat() == str(value)
            elif isinstance(value, str) and value:
                assert as_xml(cell.value) == as_xml(value)[:32767]
    assert json.loads(write_table(table, "json", name))


def test_the_self_contained_file_carries_every_text_exactly(world):
    page = html(*world)
    expected = json.loads(json.dumps(texts(*world)))
    assert {key: value for key, value in held(page, "atlas-text").items() if key in expected} == expected
    assert "evaluatedevaluated" not in page
    assert page.count("<script") == page.count("</script>")
    assert page.lower().count("<script") == len(re.findall(r'<script(?: type="application/json" id="[a-z-]+")?>', page))
    assert "{{ 7*7 }}" not in page, "braces travel as escapes, so that no template engine sees them"

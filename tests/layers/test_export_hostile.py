"""Hostile texts in the record come out of every format as text."""

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest

from geodata.spreadsheet_safety import STARTS
from layers.export import export
from tests.layers.sheets import HOSTILE, hostile_record, world

FORMULAS = ("=HYPERLINK(1)", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1")
KML = "{http://www.opengis.net/kml/2.2}"


@pytest.mark.parametrize("text", HOSTILE + FORMULAS)
def test_kml_stays_well_formed_and_holds_the_text(text):
    content = export("2020-11-25", hostile_record(text), world()[1], "kml")
    root = ET.fromstring(content)
    expected = "".join(letter if letter in "\t\n\r" or letter >= " " else "\ufffd" for letter in text)
    names = [name.text for name in root.iter(f"{KML}name")]
    assert any(name.replace("\r", "\n") == expected.replace("\r", "\n") for name in names)
    assert {element.tag.removeprefix(KML) for element in root.iter()} <= {
        "kml", "Document", "Folder", "Placemark", "name", "visibility", "description", "Style", "IconStyle", "LineStyle", "PolyStyle",
        "color", "width", "TimeSpan", "begin", "end", "styleUrl", "ExtendedData", "Data", "value", "MultiGeometry",
        "Polygon", "tessellate", "outerBoundaryIs", "innerBoundaryIs", "LinearRing", "LineString", "Point", "coordinates",
    }  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE + FORMULAS)
def test_csv_cells_are_no_formulas(text):
    content = export("2020-11-25", hostile_record(text), world()[1], "csv").decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(content, newline="")))
    assert lines
    for line in lines:
        for value in line.values():
            assert not value.startswith(STARTS)


@pytest.mark.parametrize("text", HOSTILE)
def test_geojson_holds_the_text_unchanged(text):
    content = json.loads(export("2020-11-25", hostile_record(text), world()[1], "geojson"))
    assert text in {feature["properties"]["name"] for feature in content["features"]}


@pytest.mark.parametrize("text", HOSTILE)
def test_geopackage_and_parquet_take_the_text(tmp_path, text):
    for fmt in ("gpkg", "parquet"):
        assert export("2020-11-25", hostile_record(text), world()[1], fmt)

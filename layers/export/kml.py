"""KML 2.2 with time spans, as a tree of the standard library's: every text is text."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element, SubElement

import shapely

from geodata.dates import parse_day
from geodata.features import COLUMNS, Row
from layers.export.colours import colour_of, kml_colour
from layers.export.xml_text import allowed

TITLES = {
    "control": "Control",
    "zones": "Zones of the statement",
    "lines": "Lines",
    "points": "Points",
    "events": "Events",
}


def write(rows: dict[str, list[Row]], heading: dict[str, str]) -> bytes:
    """One document with a folder for each kind of feature."""
    kml = Element("kml", xmlns="http://www.opengis.net/kml/2.2")
    document = SubElement(kml, "Document")
    _add(document, "name", heading["title"])
    _add(document, "description", f"{heading['state']}. {heading['note']} {heading['credits']}")
    for colour in sorted({colour_of(kind, row) for kind, group in rows.items() for row in group}):
        _style(document, colour)
    for kind, group in rows.items():
        if group:
            folder = SubElement(document, "Folder")
            _add(folder, "name", TITLES[kind])
            for row in group:
                _placemark(folder, kind, row)
    content: bytes = ET.tostring(kml, encoding="UTF-8", xml_declaration=True)
    return content


def _add(parent: Element, tag: str, text: str) -> Element:
    element = SubElement(parent, tag)
    element.text = allowed(text)
    return element


def _style(document: Element, colour: str) -> None:
    style = SubElement(document, "Style", id=f"c{colour[1:]}")
    _add(SubElement(style, "IconStyle"), "color", kml_colour(colour, 1))
    line = SubElement(style, "LineStyle")
    _add(line, "color", kml_colour(colour, 1))
    _add(line, "width", "1.5")
    _add(SubElement(style, "PolyStyle"), "color", kml_colour(colour, 0.45))


def _placemark(folder: Element, kind: str, row: Row) -> None:
    mark = SubElement(folder, "Placemark", id=allowed(f"{kind}.{row['feature_id']}"))
    _add(mark, "name", row["name"])
    _add(mark, "description", _description(row))
    _span(mark, row)
    _add(mark, "styleUrl", f"#c{colour_of(kind, row)[1:]}")
    data = SubElement(mark, "ExtendedData")
    for name in COLUMNS:
        if name != "name" and row[name] not in (None, [], ""):
            _add(SubElement(data, "Data", name=name), "value", _plain(row[name]))
    _geometry(mark, row["geometry"])


def _description(row: Row) -> str:
    parts = [row["controller"] and f"Controller: {row['controller']}.", row["note"]]
    parts += [f"{item}." for item in row["deadlines"]]
    return " ".join(part for part in parts if part)


def _span(mark: Element, row: Row) -> None:
    """KML spans include their last day, ours do not: the day before ``until`` is written."""
    if row["since"] or row["until"]:
        span = SubElement(mark, "TimeSpan")
        if row["since"]:
            _add(span, "begin", str(row["since"]))
        if row["until"]:
            until = row["until"] if not isinstance(row["until"], str) else parse_day(row["until"])
            _add(span, "end", (until - timedelta(days=1)).isoformat())


def _geometry(parent: Element, shape: Any) -> None:
    """A geometry; several parts become a MultiGeometry."""
    if shape.geom_type.startswith("Multi") or shape.geom_type == "GeometryCollection":
        several = SubElement(parent, "MultiGeometry")
        for part in shape.geoms:
            _geometry(several, part)
    elif shape.geom_type == "Polygon":
        shape = shapely.orient_polygons(shape)
        polygon = SubElement(parent, "Polygon")
        _add(polygon, "tessellate", "1")
        for tag, ring in (
            ("outerBoundaryIs", shape.exterior),
            *(("innerBoundaryIs", hole) for hole in shape.interiors),
        ):
            _coordinates(SubElement(SubElement(polygon, tag), "LinearRing"), ring)
    else:
        _coordinates(SubElement(parent, "LineString" if shape.geom_type == "LineString" else "Point"), shape)


def _coordinates(parent: Element, shape: Any) -> None:
    _add(parent, "coordinates", " ".join(f"{x:.5f},{y:.5f}" for x, y in shapely.get_coordinates(shape).tolist()))


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)

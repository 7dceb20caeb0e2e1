"""KML 2.2 with time spans, written by hand with the standard library's escaping: every text is text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import shapely

from geodata.columns import COLUMNS
from geodata.dates import parse_day
from geodata.features import Row
from layers.export.colours import colour_of, kml_colour
from layers.export.qgis_project import NAMES
from layers.export.xml_text import allowed
from layers.wording import Wording, wording

HIDDEN = {"held", "doubt", "places"}
"""Kinds that are there to be switched on: at first they are hidden, for they lie over the others."""


def write(rows: dict[str, list[Row]], heading: dict[str, str], lang: str, *, history: bool) -> bytes:
    """One document with a folder for each kind of feature, named in a language."""
    return ("\n".join(_document(rows, heading, wording(lang), history=history)) + "\n").encode()


def _document(rows: dict[str, list[Row]], heading: dict[str, str], w: Wording, *, history: bool) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>'
    yield f"<name>{text(heading['title'])}</name>"
    yield f"<description>{text('{citation} {note} {licence}. {credits}'.format_map(heading))}</description>"
    if history:
        yield _view(rows, heading["coverage_end"])
    colours = {colour_of(kind, row) for kind, group in rows.items() for row in group}
    for colour in sorted(colours):
        yield _style(colour)
    for kind, group in rows.items():
        if group:
            yield f"<Folder><name>{text(w.tr(NAMES[kind]))}</name>"
            for row in group:
                yield _placemark(kind, row, w, timed=history)
            yield "</Folder>"
    yield "</Document></kml>"


def _style(colour: str) -> str:
    line = f"<LineStyle><color>{kml_colour(colour, 1)}</color><width>1.5</width></LineStyle>"
    area = f"<PolyStyle><color>{kml_colour(colour, 0.45)}</color></PolyStyle>"
    icon = f"<IconStyle><color>{kml_colour(colour, 1)}</color></IconStyle>"
    return f'<Style id="c{colour[1:]}">{icon}{line}{area}</Style>'


def _view(rows: dict[str, list[Row]], day: str) -> str:
    """Where and when the document opens: on all of it, on a day; without a time programs open at the first day of all."""
    west, south, east, north = shapely.total_bounds(
        [row["geometry"] for group in rows.values() for row in group] or [shapely.box(44, 38, 51, 42)]
    )
    return (
        f"<LookAt><gx:TimeStamp><when>{day}</when></gx:TimeStamp><longitude>{(west + east) / 2:.4f}</longitude>"
        f"<latitude>{(south + north) / 2:.4f}</latitude><altitude>0</altitude><heading>0</heading><tilt>0</tilt><range>900000</range></LookAt>"
    )


def _placemark(kind: str, row: Row, w: Wording, *, timed: bool) -> str:
    """One feature; only a history's features have time spans: those of a day all hold on it."""
    values = [(name, row[name]) for name in COLUMNS if name != "name" and row[name] not in (None, [], "")]
    data = "".join(
        f"<Data name={quoteattr(name)}><value>{text(_plain(value))}</value></Data>" for name, value in values
    )
    return (
        f"<Placemark id={quoteattr(kind + '.' + str(row['feature_id']))}><name>{text(row['name'])}</name>"
        f"{'<visibility>0</visibility>' if kind in HIDDEN else ''}<description>{text(_description(row, w))}</description>"
        f"{_span(row) if timed else ''}"
        f"<styleUrl>#c{colour_of(kind, row)[1:]}</styleUrl><ExtendedData>{data}</ExtendedData>{geometry(row['geometry'])}</Placemark>"
    )


def _description(row: Row, w: Wording) -> str:
    parts = [
        row["title"] and f"{row['title']}.",
        row["controller"] and w.sentences([w.listed(w.tr("Controller"), [row["controller"]])]),
        row["note"],
    ]
    parts += [f"{item}." for item in row["deadlines"] or ()]
    return " ".join(part for part in parts if part)


def _span(row: Row) -> str:
    """KML spans include their last day, ours do not: the day before ``until`` is written."""
    if not row["since"] and not row["until"]:
        return ""
    begin = f"<begin>{row['since']}</begin>" if row["since"] else ""
    last = (parse_day(row["until"]) - timedelta(days=1)).isoformat() if row["until"] else ""
    return f"<TimeSpan>{begin}{f'<end>{last}</end>' if last else ''}</TimeSpan>"


def geometry(shape: Any) -> str:
    """A geometry as KML; several parts become a MultiGeometry."""
    if shape.geom_type.startswith("Multi") or shape.geom_type == "GeometryCollection":
        return f"<MultiGeometry>{''.join(geometry(part) for part in shape.geoms)}</MultiGeometry>"
    if shape.geom_type == "Polygon":
        shape = shapely.orient_polygons(shape)
        holes = "".join(f"<innerBoundaryIs>{_ring(ring)}</innerBoundaryIs>" for ring in shape.interiors)
        return f"<Polygon><tessellate>1</tessellate><outerBoundaryIs>{_ring(shape.exterior)}</outerBoundaryIs>{holes}</Polygon>"
    name = "LineString" if shape.geom_type == "LineString" else "Point"
    return f"<{name}>{_coordinates(shape)}</{name}>"


def _ring(ring: Any) -> str:
    return f"<LinearRing>{_coordinates(ring)}</LinearRing>"


def _coordinates(shape: Any) -> str:
    pairs = " ".join(f"{x:.5f},{y:.5f}" for x, y in shapely.get_coordinates(shape).tolist())
    return f"<coordinates>{pairs}</coordinates>"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def text(value: str) -> str:
    """A text that XML can carry: markup escaped, characters that XML forbids replaced."""
    return escape(allowed(value))

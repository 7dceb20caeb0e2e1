"""KML, KMZ and GPX as features, one at a time, by defusedxml: no document types, no entities, no references.

A placemark's time (TimeStamp, TimeSpan) becomes ``when``, as GeoJSON-T has it.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from geodata.attribution.budget import Budget, InputError
from geodata.attribution.reading.archive import checked_archive
from geodata.attribution.reading.source import Limits

RECORDS = {"Placemark", "wpt", "rtept", "trkpt"}
"""Elements that become rows: a placemark of KML; a waypoint and the points of a route or track of GPX."""
ROOTS = {"kml": "KML", "gpx": "GPX"}
PLAIN = {"name", "description", "address", "cmt", "desc", "src", "type", "sym", "ele", "time", "styleUrl", "hdop"}
SHAPES = {"Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Model", "Track", "MultiTrack"}


def placemarks(stream: IO[bytes], limits: Limits, budget: Budget, head: dict[str, Any]) -> Iterator[tuple[Any, int]]:
    """The placemarks of a KML or the points of a GPX as GeoJSON features, each with its length in characters.

    Raises
    ------
    InputError
        When it is damaged, holds a document type or entity, or exceeds the limits.
    """
    stream.seek(0)
    above: list[Element] = []
    record: Element | None = None
    try:
        for event, element in iterparse(stream, ("start", "end"), forbid_dtd=True):
            if event == "start":
                if not above:
                    head["type"] = _root(element)
                above.append(element)
                if len(above) > limits.depth:
                    raise InputError("the file nests deeper than {depth} levels: it is refused.", depth=limits.depth)
                record = element if record is None and _name(element) in RECORDS else record
                continue
            above.pop()
            if record is not None and element is record:
                budget.check()
                yield _feature(record, limits)
                record = None
            if record is None and above:
                del above[-1][:]  # nothing of it is needed any more
    except DefusedXmlException as error:
        raise InputError(
            "the file holds a document type or entities, which no list of points needs: it is refused."
        ) from error
    except (ParseError, UnicodeError, LookupError, EOFError, OSError, ValueError, zipfile.BadZipFile) as error:
        if isinstance(error, InputError):
            raise
        raise InputError("the file is not well-formed XML: {reason}.", reason=str(error)[:120]) from error


def unpacked(stream: IO[bytes], limits: Limits) -> IO[bytes]:
    """The KML in a KMZ.

    Raises
    ------
    InputError
        When the archive is damaged, expands too far or holds no KML.
    """
    archive = checked_archive(stream, limits)
    names = sorted((info for info in archive.infolist() if info.filename.lower().endswith(".kml")), key=_first)
    if not names:
        raise InputError("the archive holds no KML.")
    return archive.open(names[0])


def _first(info: zipfile.ZipInfo) -> tuple[bool, str]:
    return info.filename != "doc.kml", info.filename


def _root(element: Element) -> str:
    name = _name(element)
    if name not in ROOTS:
        raise InputError("the file is XML, but neither KML nor GPX: its root is “{name}”.", name=name[:40])
    return ROOTS[name]


def _name(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _text(element: Element | None) -> str | None:
    return None if element is None else "".join(element.itertext()).strip() or None


def _feature(record: Element, limits: Limits) -> tuple[dict[str, Any], int]:
    properties: dict[str, Any] = {}
    feature = {"type": "Feature", "properties": properties, "geometry": None}
    for element in record.iter():
        name = _name(element)
        if name in PLAIN:
            properties.setdefault(name, _text(element))
        elif name == "Data":
            properties.setdefault(str(element.get("name")), _text(_child(element, "value")))
        elif name == "SimpleData":
            properties.setdefault(str(element.get("name")), _text(element))
        elif name in {"TimeStamp", "TimeSpan"} and "when" not in feature:
            begin, end = (_text(_child(element, child)) for child in ("begin", "end"))
            feature["when"] = {"start": _text(_child(element, "when")) or begin, "end": end}
        elif name in SHAPES and feature["geometry"] is None:
            feature["geometry"] = _shape(element, name)
    if _name(record) != "Placemark":
        properties["kind"] = _name(record)
        feature["geometry"] = {"type": "Point", "coordinates": [_number(record.get("lon")), _number(record.get("lat"))]}
    length = sum(len(str(value or "")) for value in properties.values())
    if length > limits.member:
        raise InputError("one place is longer than {count} characters: it is refused.", count=limits.member)
    return feature, length


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if _name(child) == name), None)


def _shape(element: Element, name: str) -> dict[str, Any]:
    """A point with its coordinates; of anything else the kind alone, which is what its reason names."""
    points = [child for child in element.iter() if _name(child) in SHAPES - {"MultiGeometry"}]
    if len(points) != 1 or _name(points[0]) != "Point":
        return {"type": name}
    parts = (_text(_child(points[0], "coordinates")) or "").split(",")
    return {"type": "Point", "coordinates": [_number(part) for part in parts[:2]]}


def _number(text: str | None) -> float | str | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return text

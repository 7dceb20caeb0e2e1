"""All geometry of the map once, as a topology: every shared border is one arc.

The form is TopoJSON's (arcs of quantised differences, a ring is a list of arc numbers, ``~n`` is arc n backwards), with
each arc flattened to ``[x0, y0, dx1, dy1, ...]``.  Coordinates are WGS84 longitude and latitude on a grid of
:data:`GRID` steps over the whole extent; that is about 7 m, far below the accuracy of any line here.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.ground import Feature, Ground, holds
from layers.catalogue import catalogue

GRID = 200_000


def topology(ground: Ground) -> dict[str, Any]:
    """The topology of everything that is drawn.

    Returns
    -------
    dict
        ``transform`` (``[scale x, scale y, x0, y0]``), ``arcs``, and ``objects``: name -> list of
        ``[kind, arcs, properties]`` with kind ``"a"`` (polygons: list of lists of rings) or ``"l"`` (list of arc lists).
        Objects are ``pieces``, ``zones`` (unions of pieces), ``edges``, ``lines`` and ``base``.
    """
    from topojson.core.topology import Topology

    parts = {
        "pieces": [(piece.geometry, piece_properties(piece)) for piece in ground.pieces],
        "zones": zone_areas(ground),
        "edges": [
            (edge.geometry, pick(edge, "left", "right", "divides", "follows", "accuracy_m")) for edge in ground.edges
        ],
        "lines": [(line.geometry, line_properties(line)) for line in ground.lines],
        "base": [(shape.geometry, pick(shape, "kind", "name")) for shape in ground.base],
    }
    shapes = [shapely.geometry.mapping(geometry) for items in parts.values() for geometry, _ in items]
    built = Topology(shapes, prequantize=GRID).to_dict()
    cut = iter(built["objects"]["data"]["geometries"])
    return {
        "transform": [*built["transform"]["scale"], *built["transform"]["translate"]],
        "arcs": [[int(number) for point in arc for number in point] for arc in built["arcs"]],
        "objects": {
            name: [[*_arcs(next(cut)), properties] for _, properties in items] for name, items in parts.items()
        },
    }


def _arcs(geometry: dict[str, Any]) -> tuple[str, list[Any]]:
    arcs = geometry["arcs"]
    match geometry["type"]:
        case "Polygon":
            return "a", [arcs]
        case "MultiPolygon":
            return "a", arcs
        case "LineString":
            return "l", [arcs]
        case "MultiLineString":
            return "l", arcs
        case other:
            raise ValueError(f"The map can't draw a {other}: areas and lines only.")


def pick(feature: Feature, *names: str) -> dict[str, Any]:
    """Some properties of a feature, those that it has."""
    return {name: feature.properties[name] for name in names if feature.properties.get(name) is not None}


def piece_properties(piece: Feature) -> dict[str, Any]:
    """What the browser needs of a piece: its spans without defaults, and its zones."""
    return {
        **pick(piece, "piece", "unit", "sovereign", "district", "ring", "accuracy_m", "basis", "km2"),
        "spans": [{key: value for key, value in span.items() if value not in (None, False)} for span in piece["spans"]],
        "zones": [{key: value for key, value in zone.items() if value is not None} for zone in piece["zones"]],
    }


def line_properties(line: Feature) -> dict[str, Any]:
    """What the browser needs of a line."""
    names = ("zone", "line", "names", "since", "until", "basis", "accuracy_m", "km", "note", "guards")
    return pick(line, *names)


def zone_areas(ground: Ground) -> list[tuple[BaseGeometry, dict[str, Any]]]:
    """Each area layer as the union of its pieces, once for every stretch of time in which the pieces stay the same."""
    found = []
    for layer in catalogue():
        if layer.draw == "area":
            found += [
                (geometry, {"zone": layer.id, **dates, "pieces": members})
                for geometry, dates, members in _stretches(ground, layer.id)
            ]
    return found


def _stretches(ground: Ground, zone_id: str) -> list[tuple[BaseGeometry, dict[str, str], list[str]]]:
    members = [(piece, zone) for piece in ground.pieces for zone in piece["zones"] if zone["zone"] == zone_id]
    days = sorted({day for _, zone in members for day in (zone["since"] or "", zone["until"] or "9999")})
    stretches = []
    for since, until in pairwise(days):
        inside = [piece for piece, zone in members if holds(zone, since or "0")]
        if inside:
            union = shapely.coverage_union_all([piece.geometry for piece in inside])
            dates = {"since": since, "until": until if until != "9999" else ""}
            stretches.append(
                (union, {key: day for key, day in dates.items() if day}, [piece["piece"] for piece in inside])
            )
    return stretches

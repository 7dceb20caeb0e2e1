"""All geometry of the map once, as a topology: every shared border is one arc.

The form is TopoJSON's (arcs of quantised differences, a ring is a list of arc numbers, ``~n`` is arc n backwards), with
each arc flattened to ``[x0, y0, dx1, dy1, ...]``.  Coordinates are WGS84 longitude and latitude on a grid of
:data:`GRID` steps over the whole extent; that is about 7 m, far below the accuracy of any line here.
"""

from __future__ import annotations

from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.control import plain_json
from geodata.features import zone_periods
from geodata.ground import Ground
from geodata.parts import Line, Piece, iso
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


def pick(shape: object, *names: str) -> dict[str, Any]:
    """Some fields of a shape as JSON values, without those that are empty."""
    values = {name: plain_json(getattr(shape, name)) for name in names}
    return {name: value for name, value in values.items() if value is not None}


def piece_properties(piece: Piece) -> dict[str, Any]:
    """What the browser needs of a piece: its spans without defaults, and its zones."""
    return {
        "piece": piece.id,
        **pick(piece, "unit", "sovereign", "district", "ring", "accuracy_m", "basis", "km2"),
        "spans": [_without(span.as_json(), None, False) for span in piece.spans],
        "zones": [_without(zone.as_json(), None) for zone in piece.zones],
    }


def _without(values: dict[str, Any], *left_out: object) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in left_out}


def line_properties(line: Line) -> dict[str, Any]:
    """What the browser needs of a line."""
    names = ("zone", "names", "since", "until", "basis", "accuracy_m", "km", "note", "guards")
    return {"line": line.id, **pick(line, *names)}


def zone_areas(ground: Ground) -> list[tuple[BaseGeometry, dict[str, Any]]]:
    """Each area layer as the union of its pieces, once for every period in which the pieces stay the same."""
    found = []
    for layer in catalogue():
        if layer.draw == "area":
            for since, until, members in zone_periods(ground, layer.id):
                pieces = [piece for piece, _ in members]
                dates = {"since": iso(since), "until": iso(until)}
                properties = {"zone": layer.id, **_without(dates, None), "pieces": [piece.id for piece in pieces]}
                found.append((shapely.coverage_union_all([piece.geometry for piece in pieces]), properties))
    return found

"""All geometry of the map once, as a topology: every shared border is one arc.

The form is TopoJSON's (arcs of quantised differences, a ring is a list of arc numbers, ``~n`` is arc n backwards), with
each arc flattened to ``[x0, y0, dx1, dy1, ...]``.  Coordinates are WGS84 longitude and latitude on the grid of the shapes
themselves, :data:`GRID` lines a degree (about 1 m), so the browser has the very coordinates that Python has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.features import zone_periods
from geodata.ground import Ground
from geodata.parts import Line, Piece, iso, plain_json
from layers.catalogue import catalogue, line_dash

GRID = 100_000
"""Grid lines to a degree, as in ``geodata.build.arrangement``."""


def topology(ground: Ground) -> dict[str, Any]:
    """The topology of everything that is drawn.

    Returns
    -------
    dict
        ``grid`` (lines a degree), ``arcs``, and ``objects``: name -> list of
        ``[kind, arcs, properties]`` with kind ``"a"`` (polygons: list of lists of rings) or ``"l"`` (list of arc lists).
        Objects are ``pieces``, ``zones`` (unions of pieces), ``edges``, ``lines`` and ``base``.
    """
    parts = {
        "pieces": [(piece.geometry, piece_properties(piece)) for piece in ground.pieces],
        "zones": zone_areas(ground),
        "edges": [
            (edge.geometry, pick(edge, "left", "right", "divides", "follows", "accuracy_m")) for edge in ground.edges
        ],
        "lines": [(line.geometry, line_properties(line)) for line in ground.lines],
        "base": [(shape.geometry, pick(shape, "kind", "name")) for shape in ground.base],
    }
    geometries = [geometry for items in parts.values() for geometry, _ in items]
    lines = [_rings(geometry) for geometry in geometries]
    arcs = Arcs(line for polygons in lines for rings in polygons for line in rings)
    cut = iter([[[arcs.numbers(line) for line in rings] for rings in polygons] for polygons in lines])
    objects = {
        name: [_object(geometry, next(cut), properties) for geometry, properties in items]
        for name, items in parts.items()
    }
    return {"grid": GRID, "arcs": arcs.flat(), "objects": objects}


Path = list[tuple[int, int]]
"""A line or a ring in whole grid steps; a ring ends where it begins."""


def _rings(geometry: BaseGeometry) -> list[list[Path]]:
    """The rings of each polygon, or the lines as those of one."""
    parts = shapely.get_parts(shapely.transform(geometry, lambda xy: np.round(xy * GRID)))
    if geometry.geom_type.endswith("Polygon"):
        return [[_path(ring) for ring in (part.exterior, *part.interiors)] for part in parts]
    if geometry.geom_type.endswith("LineString"):
        return [[_path(part) for part in parts]]
    raise ValueError(f"The map can't draw a {geometry.geom_type}: areas and lines only.")


def _path(line: BaseGeometry) -> Path:
    points = [(int(x), int(y)) for x, y in shapely.get_coordinates(line)]
    return [point for i, point in enumerate(points) if not i or point != points[i - 1]]


def _object(geometry: BaseGeometry, arcs: list[list[list[int]]], properties: dict[str, Any]) -> list[Any]:
    return ["a", arcs, properties] if geometry.geom_type.endswith("Polygon") else ["l", arcs[0], properties]


class Arcs:
    """Lines cut where they meet or part, each piece of a line kept once.

    A point is a junction when the lines through it lead to more or fewer than two neighbours, or when an open line ends
    there; between two junctions all lines that run there run together.
    """

    def __init__(self, lines: Iterable[Path]) -> None:
        neighbours: defaultdict[tuple[int, int], set[tuple[int, int]]] = defaultdict(set)
        self._junctions: set[tuple[int, int]] = set()
        for line in lines:
            for one, other in pairwise(line):
                neighbours[one].add(other)
                neighbours[other].add(one)
            if line[0] != line[-1]:
                self._junctions |= {line[0], line[-1]}
        self._junctions |= {point for point, others in neighbours.items() if len(others) != 2}
        self._known: dict[tuple[tuple[int, int], ...], int] = {}

    def numbers(self, line: Path) -> list[int]:
        """The arcs that make up a line, each by its number; ``~n`` is arc n backwards."""
        return [self._number(arc) for arc in self._cut(self._turned(line))]

    def _turned(self, line: Path) -> Path:
        """A ring turned so that it begins at a junction, or at its least point where it has none."""
        if line[0] != line[-1]:
            return line
        ring = line[:-1]
        start = min(range(len(ring)), key=lambda i: (ring[i] not in self._junctions, ring[i]))
        return [*ring[start:], *ring[: start + 1]]

    def _cut(self, line: Path) -> Iterator[Path]:
        arc = line[:1]
        for point in line[1:]:
            arc.append(point)
            if point in self._junctions:
                yield arc
                arc = [point]
        if len(arc) > 1:
            yield arc

    def _number(self, arc: Path) -> int:
        forwards, backwards = tuple(arc), tuple(reversed(arc))
        if backwards in self._known:
            return ~self._known[backwards]
        return self._known.setdefault(forwards, len(self._known))

    def flat(self) -> list[list[int]]:
        """Every arc as its first point and the steps from point to point."""
        return [np.diff(np.array(arc), axis=0, prepend=0).ravel().tolist() for arc in self._known]


def pick(shape: object, *names: str) -> dict[str, Any]:
    """Some fields of a shape as JSON values, without those that are empty."""
    values = {name: plain_json(getattr(shape, name)) for name in names}
    return {name: value for name, value in values.items() if value is not None}


def piece_properties(piece: Piece) -> dict[str, Any]:
    """What the browser needs of a piece: its spans without defaults, and its zones."""
    return {
        "piece": piece.id,
        **pick(piece, "unit", "sovereign", "district", "ring", "accuracy_m", "basis", "km2", "source"),
        "spans": [_without(span.as_json(), None, False) for span in piece.spans],
        "zones": [_without(zone.as_json(), None) for zone in piece.zones],
    }


def _without(values: dict[str, Any], *left_out: object) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in left_out}


def line_properties(line: Line) -> dict[str, Any]:
    """What the browser needs of a line."""
    names = ("zone", "names", "since", "until", "basis", "accuracy_m", "km", "note", "guards")
    dash = line_dash(line.zone, line.accuracy_m, governed=bool(line.clauses))
    return {"line": line.id, **pick(line, *names), **_without({"dash": dash}, "")}


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

"""Pieces and their edges: what the arrangement says, with history, zones, accuracy and provenance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import shapely

from geodata.build import line2020
from geodata.build.arrangement import FIXED, GRID, Arrangement, PieceKey
from geodata.build.line2020 import Site
from geodata.build.southwest import BORDER
from geodata.crs import to_metres
from geodata.history import compile_spans
from geodata.measures import km, km2
from geodata.model import Doubtful
from geodata.parts import Divides, Span, ZoneMembership
from geodata.record_events import Event
from geodata.record_ground import Unit, Zone

ODBL = "ODbL-1.0"
ACCURACY = {
    "border": 100,
    "oblast": 1500,
    "line-of-contact-1994": 2000,
    "district": 1500,
    "corridor": 1500,
    "circle": 600,
}
"""Metres by which an edge may be off, by what it follows (docs/method-ground.md has the reasons)."""
SOURCES = {
    "border": "OpenStreetMap (geo-maps)",
    "oblast": "Natural Earth, moved onto OpenStreetMap borders",
    "line-of-contact-1994": "Natural Earth, moved onto OpenStreetMap borders",
    "district": "Natural Earth, moved onto OpenStreetMap borders",
    "corridor": "chain of GeoNames and Wikipedia points",
    "circle": "distance from a published point",
    "line-2020-11-10": "midway between settlements with a known side (GeoNames, Wikipedia)",
    "sector": "midway between dated places (GeoNames, Wikipedia)",
}
BASIS = {
    "border": "mapped",
    "oblast": "adjusted",
    "line-of-contact-1994": "adjusted",
    "district": "adjusted",
    "corridor": "chain of places",
    "circle": "schematic",
    "line-2020-11-10": "chain of places",
    "sector": "chain of places",
}
CAPTURED = {"talish", "sugovushan", "hadrut", "shusha", "villages-9-november"}
UNHELD = {"azerbaijan", "oblast-azerbaijani-held"}


@dataclass(frozen=True)
class Edge:
    """A side shared by two pieces (or the outside, None), in degrees, with what it follows."""

    left: PieceKey | None
    right: PieceKey | None
    geometry: Any
    divides: Divides
    follows: str
    accuracy_m: int
    between: tuple[str, ...] = ()
    disputed: bool = False

    @property
    def properties(self) -> dict[str, Any]:
        """Properties as edges.geojson has them."""
        return {
            "left": self.left and self.left.piece,
            "right": self.right and self.right.piece,
            "divides": self.divides,
            "follows": self.follows,
            "accuracy_m": self.accuracy_m,
            "basis": "schematic" if {self.unit(self.left), self.unit(self.right)} & {"karki"} else BASIS[self.follows],
            "between": list(self.between),
            "disputed": self.disputed,
            "source": SOURCES[self.follows],
            "licence": ODBL,
        }

    @staticmethod
    def unit(key: PieceKey | None) -> str:
        """Unit of a side, or "outside"."""
        return key.unit if key else "outside"


def follows(one: PieceKey | None, other: PieceKey | None, ground: Arrangement) -> str:
    """Which line the edge between two pieces belongs to."""
    if one is None or other is None or {one.unit, other.unit} & FIXED:
        return "border"
    units = {one.unit, other.unit}
    if one.unit == other.unit and one.oblast == other.oblast and {one.ring, other.ring} == {"town", "beyond"}:
        return "circle"
    if one.oblast != other.oblast:
        return "oblast"
    if units & set(ground.discs):
        return "circle" if len(units) > 1 else "district"
    if len(units & UNHELD) == 1:
        return "line-of-contact-1994"
    if one.oblast:
        return "sector" if units <= CAPTURED or not units & CAPTURED else "line-2020-11-10"
    if "lachin-corridor" in units:
        return "corridor"
    if one.district == other.district and units & ground.beside_armenia:
        return "line-2020-11-10"
    return "sector" if units == {"zangilan", "aghband"} else "district"


def divides(one: PieceKey | None, other: PieceKey | None, sovereign: Mapping[str, str]) -> Divides:
    """What an edge divides whatever the day; ``sovereign`` is the republic of each unit."""
    if one is None or other is None:
        return "outside"
    return "inner" if sovereign[one.unit] == sovereign[other.unit] else "republics"


def edges(pieces: dict[PieceKey, Any], ground: Arrangement, units: list[Unit]) -> list[Edge]:
    """Every side between two pieces, and every side to the outside, once."""
    sovereign = {unit.id: unit.sovereign for unit in units}
    keys, shapes = list(pieces), list(pieces.values())
    tree = shapely.STRtree(shapes)
    found: list[Edge] = []
    pairs = sorted({(int(a), int(b)) for a, b in tree.query(shapes, predicate="intersects").T if a < b})
    for a, b in pairs:
        shared = _lines(shapely.shared_paths(shapes[a].boundary, shapes[b].boundary))
        for line in shared:
            found += _edge(keys[a], keys[b], line, ground, divides(keys[a], keys[b], sovereign))
    outline = shapely.coverage_union_all(shapes).boundary
    for key, shape in zip(keys, shapes, strict=True):
        for line in _lines(shapely.shared_paths(shape.boundary, outline)):
            found += _edge(key, None, line, ground, "outside")
    return found


def _lines(paths: Any) -> list[Any]:
    """Merged lines of a shared path, in a fixed order and direction."""
    parts = [line for line in shapely.get_parts(shapely.get_parts(paths)) if line.length > 0]
    merged = shapely.line_merge(shapely.union_all(parts)) if parts else shapely.GeometryCollection()
    return sorted((shapely.normalize(line) for line in shapely.get_parts(merged)), key=lambda line: line.wkt)


def _edge(one: PieceKey, other: PieceKey | None, line: Any, ground: Arrangement, parts: Divides) -> list[Edge]:
    kind = follows(one, other, ground)
    degrees = shapely.transform(line, lambda xy: xy / GRID)
    sites = ground.sites if one.oblast else ground.southwest
    if kind == "line-2020-11-10":
        return [
            _stretch(one, other, parts, *stretch) for stretch in line2020.stretches(to_metres(degrees), sites, degrees)
        ]
    if kind == "sector":
        return [Edge(one, other, degrees, parts, kind, _half_gap(degrees, sites))]
    return [Edge(one, other, degrees, parts, kind, _accuracy(kind, one, other, ground))]


def _accuracy(kind: str, one: PieceKey, other: PieceKey | None, ground: Arrangement) -> int:
    """Metres by which an edge that follows a line of a source, or a circle, may be off."""
    units = {one.unit, other.unit if other else ""}
    if "karki" in units:
        return 1500
    radii = [ground.discs[unit].radius for unit in sorted(units & set(ground.discs))]
    if kind == "circle" and radii:
        return max(radii)
    if kind == "line-of-contact-1994":
        return max(
            [ACCURACY[kind], *(ground.line_1994_errors.get(key.district or "", 0) for key in (one, other) if key)]
        )
    return ACCURACY[kind]


def _stretch(
    one: PieceKey, other: PieceKey | None, parts: Divides, degrees: Any, here: Site, there: Site, error: int
) -> Edge:
    disputed = here.disputed or there.disputed
    between = () if BORDER in {here.place, there.place} else (here.place, there.place)
    return Edge(one, other, degrees, parts, "line-2020-11-10", error, between, disputed)


def _half_gap(degrees: Any, sites: list[Site]) -> int:
    """Half the distance between the two settlements nearest to the middle of a line, in whole metres."""
    middle = to_metres(degrees.interpolate(0.5, normalized=True))
    near = sorted(sites, key=lambda site: middle.distance(shapely.Point(site.x, site.y)))[:2]
    (a, b) = (shapely.Point(site.x, site.y) for site in near)
    return round(float(a.distance(b)) / 2)


def accuracy(key: PieceKey, all_edges: Iterable[Edge]) -> int:
    """Mean error of a piece's edges weighted by their length, in metres rounded to ten."""
    mine = [(km(edge.geometry), edge.accuracy_m) for edge in all_edges if key in (edge.left, edge.right)]
    total = sum(length for length, _ in mine)
    return round(sum(length * error for length, error in mine) / total / 10) * 10


def histories(
    pieces: Iterable[PieceKey], units: list[Unit], events: list[Event], sector_dates: Doubtful | None
) -> dict[str, tuple[Span, ...]]:
    """Who held each piece when, by its id."""
    by_id = {unit.id: unit for unit in units}
    return {key.piece: compile_spans(by_id[key.unit], events, key.ring, sector_dates) for key in pieces}


def rows(
    pieces: dict[PieceKey, Any],
    all_edges: list[Edge],
    units: list[Unit],
    zones: list[Zone],
    spans: Mapping[str, tuple[Span, ...]],
) -> list[tuple[dict[str, Any], Any]]:
    """Features of pieces.geojson, in the order of the ids."""
    by_id = {unit.id: unit for unit in units}
    result = []
    for key, shape in pieces.items():
        unit = by_id[key.unit]
        degrees = shapely.transform(shape, lambda xy: xy / GRID)
        properties = {
            "piece": key.piece,
            "unit": key.unit,
            "sovereign": unit.sovereign,
            "zones": _zones(key.unit, zones),
            "district": key.district,
            "oblast": key.oblast,
            "accuracy_m": accuracy(key, all_edges),
            "basis": "residual" if key.residual else unit.basis,
            "km2": round(km2(degrees), 3),
            "ring": key.ring,
            "spans": [span.as_json() for span in spans[key.piece]],
            "source": "; ".join(unit.sources),
            "licence": ODBL,
        }
        result.append((properties, degrees))
    return result


def _zones(unit: str, zones: list[Zone]) -> list[dict[str, Any]]:
    return [
        ZoneMembership(zone.id, member.since, member.until, tuple(zone.clauses)).as_json()
        for zone in zones
        for member in zone.members
        if member.unit == unit
    ]


def check(pieces: dict[PieceKey, Any]) -> None:
    """Raise ValueError unless the pieces tile without gap or overlap and carry distinct ids."""
    names = [key.piece for key in pieces]
    twice = sorted({name for name, other in combinations(names, 2) if name == other})
    if twice:
        raise ValueError(f"pieces with the same id: {', '.join(twice)}.")
    if not shapely.coverage_is_valid(list(pieces.values())):
        raise ValueError("the pieces overlap or leave a gap.")

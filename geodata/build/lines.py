"""Lines: the two lines of contact and the districts from the pieces' edges; roads, link and railways as schemes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import shapely
import shapely.ops
import yaml

from geodata.build.arrangement import SEVEN, Arrangement, PieceKey
from geodata.build.assemble import RULES, Points
from geodata.build.pieces import BASIS, ODBL, SOURCES, Edge
from geodata.crs import to_degrees, to_metres
from geodata.measures import km
from geodata.parts import Span, iso, valid_on
from geodata.record_ground import Place, Zone

Rows = list[tuple[dict[str, Any], Any]]
HELD_BY_ARMENIAN_FORCES = "armenian-forces"


def line_rows(
    ground: Arrangement, edges: list[Edge], spans: Mapping[str, Sequence[Span]], zones: list[Zone], point: Points
) -> Rows:
    """Features of lines.geojson in a fixed order."""
    by_id = {zone.id: zone for zone in zones}
    routes = yaml.safe_load(RULES.with_name("routes.yaml").read_text("utf-8"))
    rows = _front(edges, spans, by_id, "line-of-contact-1994", date(1994, 5, 12), date(2020, 11, 10))
    rows += _front(edges, spans, by_id, "line-2020-11-10", date(2020, 11, 10), None)
    rows += _districts(edges, by_id["districts"])
    rows += [_chain(entry, by_id[entry["zone"]], point) for entry in routes["chains"]]
    rows += [_along_border(entry, by_id[entry["zone"]], ground) for entry in routes["along_border"]]
    return rows


def _front(
    edges: list[Edge],
    spans: Mapping[str, Sequence[Span]],
    zones: dict[str, Zone],
    zone: str,
    since: date,
    until: date | None,
) -> Rows:
    """Edges between Azerbaijani-held ground and ground of Armenian forces on the first day, one feature per equal accuracy."""
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for edge in edges:
        sides = [edge.left, edge.right]
        if any(side is None for side in sides):
            continue
        held = {span.controller for side in sides if side for span in spans[side.piece] if valid_on(span, since)}
        if held == {"azerbaijan", HELD_BY_ARMENIAN_FORCES}:
            groups.setdefault((edge.follows, edge.between, edge.accuracy_m, edge.disputed), []).append(edge.geometry)
    rows: Rows = []
    for number, (group, parts) in enumerate(sorted(groups.items(), key=lambda item: str(item[0])), 1):
        kind, between, error, disputed = group
        line = _merged(parts)
        extra = {"follows": kind, "between": list(between), "uncertain": disputed}
        rows.append(
            (
                _properties(
                    zones[zone],
                    f"{zone}-{number:02d}",
                    iso(since),
                    iso(until),
                    BASIS[kind],
                    error,
                    line,
                    SOURCES[kind],
                    extra,
                ),
                line,
            )
        )
    return rows


def _districts(edges: list[Edge], zone: Zone) -> Rows:
    rows: Rows = []
    for name in SEVEN:

        def inside(side: PieceKey | None, name: str = name) -> bool:
            return side is not None and side.district == name and not side.residual

        line = _merged([edge.geometry for edge in edges if inside(edge.left) != inside(edge.right)])
        rows.append(
            (
                _properties(
                    zone,
                    f"district-{name}",
                    None,
                    None,
                    "adjusted",
                    1500,
                    line,
                    SOURCES["district"],
                    {"district": name},
                ),
                line,
            )
        )
    return rows


def _merged(parts: list[Any]) -> Any:
    return shapely.normalize(shapely.line_merge(shapely.union_all(parts)))


def _chain(entry: dict[str, Any], zone: Zone, point: Points) -> tuple[dict[str, Any], Any]:
    """Line through places of the record and derived points, as the route's entry lists them."""
    coords = [
        to_degrees(shapely.Point(point(step))).coords[0] if isinstance(step, str) else tuple(step)
        for step in entry["through"]
    ]
    line = _rounded(shapely.LineString(coords))
    extra = {key: entry[key] for key in ("guards", "note", "published_km") if key in entry} | {
        "through": [s for s in entry["through"] if isinstance(s, str)]
    }
    return _properties(
        zone,
        entry["line"],
        entry["since"],
        entry["until"],
        "schematic",
        entry["accuracy_m"],
        line,
        entry["source"],
        extra,
    ), line


def _along_border(entry: dict[str, Any], zone: Zone, ground: Arrangement) -> tuple[dict[str, Any], Any]:
    """Border of one land along the Araks between two points, moved inland by an offset (metres)."""
    land = ground.frame[entry["land"]]
    smooth = entry.get("smooth_m", 0)
    inner = land.buffer(-entry["offset_m"] - smooth).buffer(smooth)
    border, inland = (_between(_shell(shape), entry["between"]) for shape in (land, inner))
    line = _rounded(to_degrees(shapely.simplify(inland, 30)))
    if line.coords[0][0] > line.coords[-1][0]:
        line = line.reverse()
    extra = {
        "note": entry["note"],
        "published_km": entry["published_km"],
        "border_km": round(km(to_degrees(border)), 1),
    }
    return _properties(
        zone, entry["line"], entry["since"], None, "schematic", entry["accuracy_m"], line, SOURCES["border"], extra
    ), line


def _shell(shape: Any) -> Any:
    return max(shapely.get_parts(shape), key=lambda part: part.area).exterior


def _between(ring: Any, ends: list[list[float]]) -> Any:
    """Shorter way along a ring (metres) between the points nearest to two points in degrees."""
    first, last = sorted(ring.project(to_metres(shapely.Point(end))) for end in ends)
    inside = shapely.ops.substring(ring, first, last)
    around = [shapely.ops.substring(ring, last, ring.length), shapely.ops.substring(ring, 0, first)]
    outside = shapely.LineString([*around[0].coords, *list(around[1].coords)[1:]])
    return min((inside, outside), key=lambda line: line.length)


def _rounded(line: Any) -> Any:
    return shapely.set_precision(line, 1e-5)


def _properties(
    zone: Zone,
    line: str,
    since: str | None,
    until: str | None,
    basis: str,
    accuracy_m: int,
    geometry: Any,
    source: str,
    extra: dict[str, Any],
) -> dict[str, Any]:
    return {
        "zone": zone.id,
        "line": line,
        "names": names_of(zone),
        "since": since,
        "until": until,
        "clauses": list(zone.clauses),
        "basis": basis,
        "accuracy_m": accuracy_m,
        **extra,
        "km": round(km(geometry), 1),
        "source": source,
        "licence": ODBL,
    }


def names_of(item: Zone | Place) -> dict[str, str]:
    """Names of a zone or a place by language, without empty ones."""
    names = item.names
    return {
        key: value
        for key, value in (("neutral", names.neutral), ("az", names.az), ("hy", names.hy), ("ru", names.ru))
        if value
    }

"""The seven districts, the former oblast and the line of 1994, moved by the displacement and fitted into the frame."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.ops import nearest_points

from geodata.build.displacement import Displacement
from geodata.build.frame import TOLERANCE
from geodata.build.shapes_io import read_collection
from geodata.crs import to_metres

CODES = {
    "agdam": "AZ-AGM",
    "kalbajar": "AZ-KAL",
    "lachin": "AZ-LAN",
    "fuzuli": "AZ-FUZ",
    "jabrayil": "AZ-CAB",
    "zangilan": "AZ-ZAN",
    "gubadli": "AZ-QBI",
}
"""The seven districts in the source; it labels Lachin with Lankaran's code."""
STEPANAKERT = (46.7528, 39.8177)
CENTRES = {"lachin": (46.54977, 39.63742), "jabrayil": (47.02835, 39.39917)}
"""District centres (GeoNames) that would fall 0.5 and 1.1 km outside their own district."""
OUTSIDE_OBLAST = {"jabrayil": (47.02835, 39.39917), "tartar": (46.93161, 40.34201)}
"""Towns outside the oblast (GeoNames) that its moved outline would take in by 0.3 and 0.8 km."""
CENTRE_RADIUS = 1200.0
"""Radius in metres of the disc that a centre keeps for itself."""
REACH = 8000.0
"""How far a line that ends on the source's country border is carried on to meet the frame, in metres."""


def read_districts(path: Path, move: Displacement, country: Any) -> dict[str, Any]:
    """Polygons in metres of the seven districts and ``other``, the rest of the country: a coverage of ``country``."""
    rows = read_collection(path)
    by_code: dict[str, list[Any]] = {}
    for row, geometry in rows:
        by_code.setdefault(row["iso"], []).append(to_metres(geometry))
    seven = {name: shapely.union_all(by_code[code]) for name, code in CODES.items()}
    land = shapely.union_all([part for parts in by_code.values() for part in parts])
    inner = shapely.union_all([shape.boundary for shape in seven.values()]).difference(land.boundary.buffer(30))
    lines = [carry_on(move.move(line), country) for line in _merged(inner)]
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all([country.boundary, *lines])]))
    moved = {name: move.move(shape) for name, shape in seven.items()}
    rest = move.move(
        shapely.union_all([part for code, parts in by_code.items() if code not in CODES.values() for part in parts])
    )
    found: dict[str, list[Any]] = {name: [] for name in [*CODES, "other"]}
    for face in faces:
        point = face.representative_point()
        if country.contains(point):
            found[min([*moved, "other"], key=lambda name: ({**moved, "other": rest})[name].distance(point))].append(
                face
            )
    whole = {name: shapely.union_all(parts) for name, parts in found.items()}
    for name, centre in CENTRES.items():
        _give(whole, name, to_metres(shapely.Point(centre)))
    simple = shapely.coverage_simplify(list(whole.values()), TOLERANCE * 1.5, simplify_boundary=False)
    return dict(zip(whole, simple, strict=True))


def _give(districts: dict[str, Any], name: str, centre: Any) -> None:
    """Give a district the disc around its centre, if the centre lies outside, and what lies between."""
    if districts[name].contains(centre.buffer(CENTRE_RADIUS / 2)):
        return
    disc = centre.buffer(CENTRE_RADIUS)
    joined = shapely.union_all([disc, districts[name]])
    if joined.geom_type == "MultiPolygon":
        joined = joined.union(shapely.LineString(nearest_points(disc, districts[name])).buffer(CENTRE_RADIUS / 2))
    country = shapely.union_all(list(districts.values()))
    added = joined.difference(districts[name]).intersection(country)
    for other, shape in districts.items():
        districts[other] = shape.union(added) if other == name else shape.difference(added)


def _merged(lines: Any) -> list[Any]:
    return [
        line
        for line in shapely.get_parts(shapely.line_merge(lines))
        if line.geom_type == "LineString" and line.length > 100
    ]


def carry_on(line: Any, country: Any, reach: float = REACH) -> Any:
    """Carry on each end that lies near the country's border until it has crossed it; other ends stay."""
    border = country.boundary
    points = shapely.get_coordinates(line)
    if line.is_closed:
        return line
    for end, before in ((0, 1), (-1, -2)):
        tip = shapely.Point(points[end])
        if border.distance(tip) > reach / 2 or not country.contains(tip):
            continue
        step = points[end] - points[before]
        far = points[end] + step / np.hypot(*step) * reach
        ray = shapely.LineString([points[end], far])
        if ray.intersects(border):
            points = np.vstack([far, points]) if end == 0 else np.vstack([points, far])
    return shapely.LineString(points)


def read_oblast_and_line(path: Path, move: Displacement, country: Any) -> tuple[Any, Any, Any]:
    """Former oblast (polygon), the 1994 line and the land that was held behind it, in metres.

    The oblast comes as four arcs with gaps of 3 to 244 m at their ends; they are joined in order by straight lines.
    Two towns that are known to lie outside it keep a disc of 1.2 km.
    """
    rows = read_collection(path)
    arcs = [to_metres(geometry) for row, geometry in rows if row["name"].startswith("Former")]
    ring = _joined(list(shapely.get_parts(shapely.line_merge(shapely.union_all(arcs)))))
    oblast = shapely.coverage_simplify([shapely.make_valid(move.move(shapely.Polygon(ring)))], TOLERANCE * 1.5)[0]
    for town in OUTSIDE_OBLAST.values():
        oblast = _largest(oblast.difference(to_metres(shapely.Point(town)).buffer(CENTRE_RADIUS)))
    pieces = [to_metres(geometry) for row, geometry in rows if row["name"].startswith("Ceasefire")]
    line = shapely.line_merge(shapely.union_all(pieces))
    line = shapely.simplify(carry_on(move.move(line), country), 30)
    sides = shapely.get_parts(shapely.polygonize([shapely.union_all([country.boundary, line])]))
    capital = to_metres(shapely.Point(STEPANAKERT))
    held = next(side for side in sides if side.contains(capital))
    return oblast, line, held


def _largest(shape: Any) -> Any:
    return max(shapely.get_parts(shape), key=lambda part: part.area)


def _joined(arcs: list[Any]) -> list[tuple[float, float]]:
    """Chain arcs into one ring, each time taking the arc whose end is nearest."""
    ring = list(arcs[0].coords)
    rest = arcs[1:]
    while rest:
        tip = shapely.Point(ring[-1])
        best = min(
            rest,
            key=lambda arc: min(
                tip.distance(shapely.Point(arc.coords[0])), tip.distance(shapely.Point(arc.coords[-1]))
            ),
        )
        coords = list(best.coords)
        near_start = tip.distance(shapely.Point(coords[0])) <= tip.distance(shapely.Point(coords[-1]))
        ring += coords if near_start else coords[::-1]
        rest.remove(best)
    return ring

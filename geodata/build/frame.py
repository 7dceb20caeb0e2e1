"""The frame: the land of Armenia and Azerbaijan with their exclaves, from OpenStreetMap's country borders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shapely

from geodata.build.shapes_io import read_collection
from geodata.crs import to_metres

TOLERANCE = 60.0
"""Of the simplification, in metres: a vertex goes when the triangle that it spans is smaller than this squared."""
SMALLEST_ISLAND = 1e6
"""Islands of the Caspian below this many square metres are left out."""
EXCLAVES = {
    "yukhari-askipara": (45.0263, 41.0641),
    "barkhudarli": (45.2256, 40.9936),
    "artsvashen": (45.5255, 40.6402),
    "nakhchivan": (45.41222, 39.20889),
}
"""A point (longitude, latitude) inside each exclave that has an outline; Barkhudarli and Sofulu are one polygon."""
KARKI = (44.9467, 39.7866)
KARKI_RADIUS = 1500.0
"""No package has the outline of Karki / Tigranashen: a disc around the published point stands for it."""


def read_frame(path: Path, tolerance: float = TOLERANCE) -> dict[str, Any]:
    """Outlines in metres by name: armenia, azerbaijan, the exclaves, islands, and lake (Sevan).

    All but the lake form a coverage: shared borders have the same vertices after simplification.
    """
    lands = {row["a3"]: to_metres(shapely.make_valid(land)) for row, land in read_collection(path)}
    armenia, azerbaijan = _parts(lands["ARM"]), _parts(lands["AZE"])
    outlines = {name: _part_at(azerbaijan + armenia[1:], point) for name, point in EXCLAVES.items()}
    inner = shapely.union_all([outlines["yukhari-askipara"], outlines["barkhudarli"]])
    outlines["armenia"] = armenia[0].difference(inner)
    outlines["azerbaijan"] = azerbaijan[0].difference(outlines["artsvashen"])
    _close_border_lakes(outlines)
    taken = shapely.union_all(list(outlines.values()))
    islands = [
        part
        for part in azerbaijan
        if part.area >= SMALLEST_ISLAND and not taken.intersects(part.representative_point())
    ]
    names = [*sorted(outlines), *(f"island-{index:02d}" for index in range(len(islands)))]
    coverage = [*(outlines[name] for name in sorted(outlines)), *islands]
    simple = dict(zip(names, shapely.coverage_simplify(coverage, tolerance), strict=True))
    disc = to_metres(shapely.Point(KARKI)).buffer(KARKI_RADIUS, quad_segs=10)
    simple["karki"] = disc
    simple["armenia"] = simple["armenia"].difference(disc)
    water = [
        shapely.Polygon(ring) for ring in max(shapely.get_parts(lands["ARM"]), key=lambda part: part.area).interiors
    ]
    simple["lake"] = _without_steps(max(water, key=lambda ring: ring.area)).simplify(tolerance)
    return simple


STEP = 1900.0
"""Metres; half the tiles of about 3.7 km along which the source cuts Lake Sevan's shore into steps."""


def _without_steps(lake: Any) -> Any:
    """The lake with the steps of the source's tiles rounded off: a closing and an opening with a disc of one step.

    Serra, J. (1982), Image Analysis and Mathematical Morphology.  The lake is context and bounds no piece.
    """
    closed = lake.buffer(STEP).buffer(-STEP)
    return max(shapely.get_parts(closed.buffer(-STEP).buffer(STEP)), key=lambda part: part.area)


def _close_border_lakes(outlines: dict[str, Any]) -> None:
    """Give the water on the common border, which the source cuts out, to the two sides of a straight line across it."""
    names = ("armenia", "azerbaijan")
    both = shapely.union_all(list(outlines.values()))
    for ring in (ring for part in shapely.get_parts(both) for ring in part.interiors):
        shore = shapely.line_merge(shapely.shared_paths(ring, outlines["armenia"].boundary))
        ends = shapely.get_coordinates(
            shapely.line_merge(shapely.union_all(shapely.get_parts(shapely.get_parts(shore))))
        )[[0, -1]]
        for part in shapely.get_parts(shapely.polygonize([shapely.union_all([ring, shapely.LineString(ends)])])):
            side = max(names, key=lambda name: part.boundary.intersection(outlines[name].boundary).length)
            outlines[side] = outlines[side].union(part)


def _parts(land: Any) -> list[Any]:
    """Parts with the holes that water leaves filled, largest first."""
    filled = [shapely.Polygon(part.exterior) for part in shapely.get_parts(land) if part.geom_type == "Polygon"]
    return sorted(shapely.get_parts(shapely.union_all(filled)), key=lambda part: -part.area)


def _part_at(parts: list[Any], point: tuple[float, float]) -> Any:
    here = to_metres(shapely.Point(point))
    return min((part for part in parts if part.contains(here)), key=lambda part: part.area)

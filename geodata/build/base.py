"""The base under the pieces: the neighbours' outlines, brought up to the frame, and Lake Sevan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shapely

from geodata.build.arrangement import Arrangement
from geodata.build.pieces import ODBL
from geodata.build.shapes_io import Row, read_collection
from geodata.crs import to_degrees

REACH = 0.06
"""Degrees up to which a gap between a neighbour (Natural Earth) and the frame (OpenStreetMap) is closed."""
UNDERLAP = 0.003
"""Degrees by which a neighbour reaches under the frame, so that no gap shows."""
COARSE = 0.002
"""Tolerance in degrees of the neighbours' outlines."""


def base_rows(sources: Path, ground: Arrangement, pieces: list[Any]) -> list[Row]:
    """Features of base.geojson.

    Parameters
    ----------
    sources, ground
        Folder of the extracts, and the ground for the lake.
    pieces
        The pieces in degrees; together they are the frame.
    """
    frame = shapely.simplify(shapely.coverage_union_all(pieces), COARSE)
    near, core = frame.buffer(REACH, quad_segs=2), frame.buffer(-UNDERLAP, quad_segs=1)
    outlines = read_collection(sources / "neighbours-natural-earth.geojson")
    rows: list[Row] = []
    for index, (row, outline) in enumerate(outlines):
        others = shapely.union_all([other for number, (_, other) in enumerate(outlines) if number != index])
        grown = outline.union(outline.buffer(REACH, quad_segs=2).intersection(near)).difference(others)
        simple = shapely.simplify(grown.difference(core), COARSE)
        rows.append(
            (
                _properties("neighbour", row["country"], "Natural Earth, extended to OpenStreetMap borders"),
                _polygons(simple),
            )
        )
    lake = shapely.set_precision(to_degrees(ground.frame["lake"]), 1e-5)
    rows.append(({**_properties("lake", "armenia", "OpenStreetMap (geo-maps)"), "name": "Sevan"}, lake))
    return rows


def _polygons(shape: Any) -> Any:
    """Polygons of at least about a square kilometre, on a grid of 0.0001 degrees."""
    snapped = shapely.set_precision(shape, 1e-4)
    kept = [part for part in shapely.get_parts(snapped) if part.geom_type == "Polygon" and part.area > 1e-4]
    return shapely.normalize(shapely.MultiPolygon(kept))


def _properties(kind: str, country: str, source: str) -> dict[str, Any]:
    return {"kind": kind, "country": country, "source": source, "licence": ODBL}

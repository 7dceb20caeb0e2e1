"""The map position that brings a clause's areas into sight."""

from __future__ import annotations

from functools import lru_cache
from math import cos, floor, log2, radians

import shapely

from layers.atlas import atlas_data

SIDE = 360
"""Pixels that the areas may take in either direction; less than the map has, also on a phone held upright."""
CLOSEST = 10
"""Zoom for what has no extent."""


@lru_cache(maxsize=16)
def clause_extent(number: int) -> tuple[float, float, float] | None:
    """Latitude, longitude and zoom that show every area and line of a clause; None where it has none."""
    ground = atlas_data().ground
    shapes = [piece.geometry for piece in ground.pieces if any(number in zone.clauses for zone in piece.zones)]
    shapes += [line.geometry for line in ground.lines if number in line.clauses]
    shapes += [symbol.geometry for symbol in ground.points if number in symbol.clauses]
    if not shapes:
        return None
    west, south, east, north = (float(side) for side in shapely.total_bounds(shapes))
    lat, lon = (south + north) / 2, (west + east) / 2
    extent = max(east - west, (north - south) / cos(radians(lat)))
    zoom = min(CLOSEST, floor(4 * log2(360 * SIDE / (256 * extent))) / 4) if extent else CLOSEST
    return round(lat, 4), round(lon, 4), float(zoom)

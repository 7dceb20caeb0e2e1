"""The two coordinate systems of the build: WGS84 degrees at its edges, UTM zone 38N metres inside."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from pyproj import Geod, Transformer

METRIC = 32638
"""EPSG code of UTM zone 38N (WGS84): metres, scale within 0.1 % over the area where the lines of this atlas lie."""
GEOD = Geod(ellps="WGS84")
_TO_METRES = Transformer.from_crs(4326, METRIC, always_xy=True)
_TO_DEGREES = Transformer.from_crs(METRIC, 4326, always_xy=True)


def to_metres(geometry: Any) -> Any:
    """Longitude and latitude (degrees) to EPSG:32638 (metres)."""
    return shapely.transform(geometry, lambda xy: np.column_stack(_TO_METRES.transform(xy[:, 0], xy[:, 1])))


def to_degrees(geometry: Any) -> Any:
    """EPSG:32638 (metres) to longitude and latitude (degrees)."""
    return shapely.transform(geometry, lambda xy: np.column_stack(_TO_DEGREES.transform(xy[:, 0], xy[:, 1])))


def km2(geometry: Any) -> float:
    """Geodesic area on WGS84 of a geometry in degrees, in km2; holes count as holes whatever their direction."""
    if geometry.is_empty:
        return 0.0
    return abs(float(GEOD.geometry_area_perimeter(shapely.orient_polygons(geometry))[0])) / 1e6


def km(geometry: Any) -> float:
    """Geodesic length on WGS84 of a line in degrees, in km."""
    return float(GEOD.geometry_length(geometry)) / 1e3

"""The two coordinate systems: WGS84 degrees in every file, UTM zone 38N metres where the ground is built and printed."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from pyproj import Transformer

METRIC = 32638
"""EPSG code of UTM zone 38N (WGS84): metres, scale within 0.1 % over the area where the lines of this atlas lie."""
_TO_METRES = Transformer.from_crs(4326, METRIC, always_xy=True)
_TO_DEGREES = Transformer.from_crs(METRIC, 4326, always_xy=True)


def forward(xy: Any) -> Any:
    """An array of longitudes and latitudes, shape (n, 2), as metres east and north."""
    return np.column_stack(_TO_METRES.transform(xy[:, 0], xy[:, 1]))


def backward(xy: Any) -> Any:
    """Metres east and north, shape (n, 2), as longitudes and latitudes."""
    return np.column_stack(_TO_DEGREES.transform(xy[:, 0], xy[:, 1]))


def to_metres(geometry: Any) -> Any:
    """Longitude and latitude (degrees) to EPSG:32638 (metres)."""
    return shapely.transform(geometry, forward)


def to_degrees(geometry: Any) -> Any:
    """EPSG:32638 (metres) to longitude and latitude (degrees)."""
    return shapely.transform(geometry, backward)

"""The shaded relief, bent from the web map's projection to the sheet's projection."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import numpy as np
from PIL import Image

from geodata.crs import backward
from geodata.ground import SHAPES
from layers.sheet.projection import MapExtent

COLUMNS = 900
"""Width of the bent picture in pixels; the elevations are about 0.8 km apart, so more would show nothing more."""
STRENGTH = 0.55
"""Opacity of the darkest slope against level ground."""


def shade(frame: MapExtent) -> Any:
    """The relief of a frame as an array of red, green, blue and opacity; None where none has been built."""
    source = _picture()
    if source is None:
        return None
    grey, (south, west, north, east) = source
    rows = round(COLUMNS * frame.box.h / frame.box.w)
    x, y = np.meshgrid(np.linspace(frame.west, frame.east, COLUMNS), np.linspace(frame.north, frame.south, rows))
    lonlat = backward(np.column_stack([x.ravel(), y.ravel()]))
    column = (lonlat[:, 0] - west) / (east - west) * (grey.shape[1] - 1)
    row = (_mercator(north) - _mercator(lonlat[:, 1])) / (_mercator(north) - _mercator(south)) * (grey.shape[0] - 1)
    inside = (column >= 0) & (row >= 0) & (column <= grey.shape[1] - 1) & (row <= grey.shape[0] - 1)
    value = grey[np.clip(row, 0, grey.shape[0] - 1).astype(int), np.clip(column, 0, grey.shape[1] - 1).astype(int)]
    darker = np.where(inside, np.median(grey) - value, 0.0)
    picture = np.zeros((rows * COLUMNS, 4), dtype=np.uint8)
    picture[:, :3] = np.where(darker > 0, 0, 255)[:, None]
    picture[:, 3] = np.clip(np.abs(darker) * STRENGTH, 0, 255)
    return picture.reshape(rows, COLUMNS, 4)


def _mercator(lat: Any) -> Any:
    """Latitude in degrees as the web map's northing; the picture is stretched to it."""
    return np.arcsinh(np.tan(np.radians(lat)))


@lru_cache(maxsize=1)
def _picture() -> tuple[Any, tuple[float, float, float, float]] | None:
    path = SHAPES / "relief.webp"
    if not path.exists():
        return None
    (south, west), (north, east) = json.loads((SHAPES / "relief.json").read_text(encoding="utf-8"))["bounds"]
    with Image.open(path) as image:
        return np.asarray(image.convert("L"), dtype=float), (south, west, north, east)

"""The shaded relief, bent from the web map's projection to the sheet's projection."""

from __future__ import annotations

import io
import json
from functools import lru_cache
from typing import Any

import numpy as np
from PIL import Image

from geodata.crs import backward
from geodata.ground import SHAPES
from layers.sheet.projection import MapExtent

COLUMNS = 700
"""Width of the bent picture in pixels; the elevations are about 0.8 km apart, so more would show nothing more."""
LEVEL = 238
"""Grey of level ground."""
STRENGTH = 1.5
"""How much darker a slope is than in the web map's picture: it lies under the colours here."""


@lru_cache(maxsize=32)
def shade(frame: MapExtent) -> bytes | None:
    """The relief of a frame as a grey JPEG; None where none has been built."""
    source = _picture()
    if source is None:
        return None
    grey, (south, west, north, east) = source
    rows = round(COLUMNS * frame.h / frame.w)
    column, row = _places(frame, rows, grey.shape, (south, west, north, east))
    inside = (column >= 0) & (row >= 0) & (column <= grey.shape[1] - 1) & (row <= grey.shape[0] - 1)
    value = grey[np.clip(row, 0, grey.shape[0] - 1).astype(int), np.clip(column, 0, grey.shape[1] - 1).astype(int)]
    shaded = np.where(inside, LEVEL + (value - np.median(grey)) * STRENGTH, LEVEL)
    picture = Image.fromarray(np.clip(shaded, 70, 255).astype(np.uint8).reshape(rows, COLUMNS))
    stream = io.BytesIO()
    picture.save(stream, "jpeg", quality=82)
    return stream.getvalue()


def _places(frame: MapExtent, rows: int, shape: tuple[int, ...], bounds: tuple[float, ...]) -> tuple[Any, Any]:
    """Column and row of the source for every pixel.

    The projections bend so little within a frame that every 20th pixel is computed and the rest lie between.
    """
    south, west, north, east = bounds
    nodes = 41
    x, y = np.meshgrid(np.linspace(frame.west, frame.east, nodes), np.linspace(frame.north, frame.south, nodes))
    lonlat = backward(np.column_stack([x.ravel(), y.ravel()]))
    column = (lonlat[:, 0] - west) / (east - west) * (shape[1] - 1)
    row = (_mercator(north) - _mercator(lonlat[:, 1])) / (_mercator(north) - _mercator(south)) * (shape[0] - 1)
    columns, lines = (_between(values.reshape(nodes, nodes), rows, COLUMNS).ravel() for values in (column, row))
    return columns, lines


def _between(nodes: Any, rows: int, columns: int) -> Any:
    """A grid of values spread over more rows and columns, linearly."""
    known = np.linspace(0, 1, len(nodes))
    tall = np.array([np.interp(np.linspace(0, 1, rows), known, line) for line in nodes.T])
    return np.array([np.interp(np.linspace(0, 1, columns), known, line) for line in tall.T])


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

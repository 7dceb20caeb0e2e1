"""The shaded relief, bent from the web map's projection to the sheet's projection."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from PIL import Image

from geodata.crs import backward
from geodata.ground import SHAPES
from layers.sheet.projection import MapExtent

PPI = 200
"""Pixels an inch of the bent picture: as fine as print shows a shade."""
CELLS = 20
"""The projections bend so little within a frame that the corners of so many cells a side are computed."""
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
    picture, bounds = source
    size = round(frame.w / 25.4 * PPI), round(frame.h / 25.4 * PPI)
    bent = picture.transform(
        size,
        Image.Transform.MESH,
        list(_mesh(frame, size, picture.size, bounds)),
        Image.Resampling.BICUBIC,
        fillcolor=LEVEL,
    )
    stream = io.BytesIO()
    bent.save(stream, "jpeg", quality=82)
    return stream.getvalue()


def _mesh(
    frame: MapExtent, bent: tuple[int, int], size: tuple[int, int], bounds: tuple[float, ...]
) -> Iterator[tuple[Any, Any]]:
    """Rectangles of the bent picture and where their corners lie in the source; between them it is bent linearly."""
    south, west, north, east = bounds
    across, down = (np.linspace(0, side, CELLS + 1).astype(int) for side in bent)
    x, y = np.meshgrid(
        frame.west + across / bent[0] * (frame.east - frame.west),
        frame.north - down / bent[1] * (frame.north - frame.south),
    )
    lonlat = backward(np.column_stack([x.ravel(), y.ravel()]))
    column = (lonlat[:, 0] - west) / (east - west) * size[0]
    row = (_mercator(north) - _mercator(lonlat[:, 1])) / (_mercator(north) - _mercator(south)) * size[1]
    at = np.stack([column, row], axis=1).reshape(CELLS + 1, CELLS + 1, 2)
    for line in range(CELLS):
        for cell in range(CELLS):
            box = (across[cell], down[line], across[cell + 1], down[line + 1])
            corners = (at[line, cell], at[line + 1, cell], at[line + 1, cell + 1], at[line, cell + 1])
            yield tuple(map(int, box)), tuple(np.concatenate(corners).tolist())


def _mercator(lat: Any) -> Any:
    """Latitude in degrees as the web map's northing; the picture is stretched to it."""
    return np.arcsinh(np.tan(np.radians(lat)))


@lru_cache(maxsize=1)
def _picture() -> tuple[Any, tuple[float, float, float, float]] | None:
    """The web map's picture, darkened for paper, and its bounds in degrees."""
    path = SHAPES / "relief.webp"
    if not path.exists():
        return None
    (south, west), (north, east) = json.loads((SHAPES / "relief.json").read_text(encoding="utf-8"))["bounds"]
    with Image.open(path) as image:
        grey = np.asarray(image.convert("L"), dtype=float)
    shaded = np.clip(LEVEL + (grey - np.median(grey)) * STRENGTH, 70, 255).astype(np.uint8)
    return Image.fromarray(shaded), (south, west, north, east)

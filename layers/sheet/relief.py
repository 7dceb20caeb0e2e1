"""The shaded relief, bent from longitude and latitude to the sheet's projection."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import numpy as np
from PIL import Image

from geodata.ground import SHAPES
from layers.sheet.metric import Frame, backward

COLUMNS = 900
"""Width of the bent picture in pixels; the elevations are about 0.8 km apart, so more would show nothing more."""
STRENGTH = 0.5


def shade(frame: Frame) -> Any:
    """The relief of a frame as an array of red, green, blue and opacity; None where none has been built."""
    source = _picture()
    if source is None:
        return None
    grey, (south, west, north, east) = source
    rows = round(COLUMNS * frame.box.h / frame.box.w)
    x, y = np.meshgrid(np.linspace(frame.west, frame.east, COLUMNS), np.linspace(frame.north, frame.south, rows))
    lonlat = backward(np.column_stack([x.ravel(), y.ravel()]))
    column = (lonlat[:, 0] - west) / (east - west) * (grey.shape[1] - 1)
    row = (north - lonlat[:, 1]) / (north - south) * (grey.shape[0] - 1)
    inside = (column >= 0) & (row >= 0) & (column <= grey.shape[1] - 1) & (row <= grey.shape[0] - 1)
    value = grey[np.clip(row, 0, grey.shape[0] - 1).astype(int), np.clip(column, 0, grey.shape[1] - 1).astype(int)]
    picture = np.zeros((rows * COLUMNS, 4), dtype=np.uint8)
    picture[:, 3] = np.where(inside, (255 - value[:, 0]) * value[:, 1] / 255 * STRENGTH, 0)
    return picture.reshape(rows, COLUMNS, 4)


@lru_cache(maxsize=1)
def _picture() -> tuple[Any, tuple[float, float, float, float]] | None:
    path = SHAPES / "relief.webp"
    if not path.exists():
        return None
    (south, west), (north, east) = json.loads((SHAPES / "relief.json").read_text(encoding="utf-8"))["bounds"]
    with Image.open(path) as image:
        return np.asarray(image.convert("LA")), (south, west, north, east)

"""A hillshade of the area from NOAA GLOBE heights, as one WebP whose rows are those of Web Mercator.

Multi-directional Lambert shading: the mean over four suns (225, 270, 315 and 360 degrees, 45 degrees high) of the cosine
between the ground's normal and the sun, with heights exaggerated threefold, weighted to the north-west.  Flat ground comes
out as a light grey, so that colours laid over it stay readable.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from geodata.atomic_write import write_whole, written_beside

Array = npt.NDArray[np.float64]
CELLS = 120
"""Cells to a degree in the source."""
SCALE = 2
"""Pixels to a cell."""
EXAGGERATION = 3.0
SUNS = ((225.0, 0.15), (270.0, 0.25), (315.0, 0.4), (360.0, 0.2))
"""Azimuth in degrees and weight."""
ALTITUDE = 45.0
BRIGHTEST = 0.85
"""Shade that is drawn white; flat ground has 0.71."""
QUALITY = 55
WIDTH = 960
"""Columns of the picture: the source has as many cells, and a slow line has little room for more."""


def hillshade(heights: Array, south: float, north: float) -> Array:
    """Shade between 0 and 1 of a grid of heights (m), rows from north to south, ``CELLS * SCALE`` cells to a degree."""
    latitude = np.radians(np.linspace(north, south, heights.shape[0]))[:, None]
    step = 111_320.0 / (CELLS * SCALE)
    down, right = np.gradient(heights * EXAGGERATION)
    east, north_up = right / (step * np.cos(latitude)), -down / step
    length = np.sqrt(east**2 + north_up**2 + 1)
    shade = np.zeros_like(heights)
    high = np.radians(ALTITUDE)
    for azimuth, weight in SUNS:
        sun = np.radians(azimuth)
        light = (-east * np.sin(sun) - north_up * np.cos(sun)) * np.cos(high) + np.sin(high)
        shade += weight * np.clip(light / length, 0, 1)
    return shade


def mercator_rows(image: Array, south: float, north: float) -> Array:
    """Resample rows of equal latitude to rows of equal Web Mercator height."""

    def height(latitude: float) -> float:
        return float(np.log(np.tan(np.pi / 4 + np.radians(latitude) / 2)))

    rows = image.shape[0]
    levels = np.linspace(height(north), height(south), rows + 1)
    latitude = np.degrees(2 * np.arctan(np.exp((levels[:-1] + levels[1:]) / 2)) - np.pi / 2)
    at = np.clip((north - latitude) / (north - south) * rows - 0.5, 0, rows - 1.000001)
    low = at.astype(int)
    share = (at - low)[:, None]
    return np.asarray(image[low] * (1 - share) + image[low + 1] * share)


def enlarge(heights: Array) -> Array:
    """Bilinear enlargement by ``SCALE``."""
    for axis in (0, 1):
        count = heights.shape[axis]
        at = np.clip((np.arange(count * SCALE) + 0.5) / SCALE - 0.5, 0, count - 1.000001)
        low = at.astype(int)
        share = (at - low).reshape((-1, 1) if axis == 0 else (1, -1))
        heights = np.take(heights, low, axis) * (1 - share) + np.take(heights, low + 1, axis) * share
    return heights


def build(source: Path, out: Path) -> None:
    """Write relief.webp and relief.json (bounds as Leaflet wants them, credit, method)."""
    with np.load(source) as clip:
        heights, box = clip["heights"].astype(float), [float(side) for side in clip["box"]]
    west, south, east, north = box
    shade = mercator_rows(hillshade(enlarge(heights), south, north), south, north)
    pixels = np.clip(np.round(255 * (0.2 + 0.8 * shade / BRIGHTEST)), 0, 255).astype(np.uint8)
    picture = Image.fromarray(pixels).resize(
        (WIDTH, round(WIDTH * pixels.shape[0] / pixels.shape[1])), Image.Resampling.LANCZOS
    )
    with written_beside(out / "relief.webp") as beside:
        picture.save(beside, "WEBP", quality=QUALITY, method=6)
    about = {
        "file": "relief.webp",
        "bounds": [[south, west], [north, east]],
        "projection": "EPSG:3857",
        "width": picture.width,
        "height": picture.height,
        "credit": "Relief: NOAA GLOBE (1999)",
        "licence": "public domain",
        "method": "Lambert shading from four suns at 45 degrees, heights threefold, from 30 arc second heights",
    }
    write_whole(out / "relief.json", (json.dumps(about, indent=1) + "\n").encode())

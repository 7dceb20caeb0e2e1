"""How much of each of many discs lies in each piece, counted on points that are spread evenly over the disc."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from geodata.attribution.crossed_cells import crossed_cells
from geodata.attribution.piece_raster import CELL, MIXED, exact, piece_raster
from geodata.control import METRES_PER_DEGREE
from geodata.ground import Ground

Floats = NDArray[np.float64]
SAMPLE = 1024
"""Points of a disc, along a spiral: a part of a disc comes out within 0.01 of its area (``make bench`` holds it to that)."""
SPLITS = 6
"""Times that the points are halved into patches that lie together; one look at the raster answers for most patches."""
BLOCK = 2_048
"""Discs that are sampled together."""
_ROUNDING = 1 + 1e-9


@dataclass(frozen=True, eq=False)
class _Spiral:
    """Points of the unit disc, ``[patch, point]``, and the middle and half sides of the box of each patch, ``[patch]``."""

    x: Floats
    y: Floats
    middle_x: Floats
    middle_y: Floats
    half_x: Floats
    half_y: Floats


@cache
def _spiral() -> _Spiral:
    number = np.arange(SAMPLE)
    out, turn = np.sqrt((number + 0.5) / SAMPLE), number * np.pi * (3 - np.sqrt(5))
    points = np.stack([out * np.cos(turn), out * np.sin(turn)])[:, None]
    for split in range(SPLITS):
        order = np.argsort(points[split % 2], axis=-1, kind="stable")
        points = np.take_along_axis(points, order[None], axis=-1).reshape(2, 2 << split, -1)
    low, high = points.min(axis=-1), points.max(axis=-1)
    return _Spiral(*points, *(low + high) / 2, *(high - low) / 2)


def disc_parts(ground: Ground, lat: Floats, lon: Floats, radius_m: Floats) -> NDArray[np.float32]:
    """Share of each disc that lies in each piece, ``[disc, piece]``; the last is what no piece holds.

    All are whole 1024ths, so that single precision holds them and their sums exactly.

    Parameters
    ----------
    lat, lon
        Middles, WGS84 decimal degrees.
    radius_m
        Metres, on a plane that touches the sphere at the middle's latitude.
    """
    width = len(ground.pieces) + 1
    found = np.zeros((len(lat), width), np.float32)
    for start in range(0, len(lat), BLOCK):
        some = slice(start, start + BLOCK)
        up = radius_m[some] / METRES_PER_DEGREE
        found[some] = _counted(ground, lat[some], lon[some], up, up / np.cos(np.radians(lat[some])), width)
    found /= SAMPLE
    return found


def _counted(ground: Ground, lat: Floats, lon: Floats, up: Floats, aside: Floats, width: int) -> NDArray[np.intp]:
    """How many points of each disc lie in each piece; ``up`` and ``aside`` are its radius in degrees."""
    spiral, raster = _spiral(), piece_raster(ground)
    cell = raster.nearest_cells(
        lat[:, None] + up[:, None] * spiral.middle_y, lon[:, None] + aside[:, None] * spiral.middle_x
    )
    reach = np.maximum(up[:, None] * spiral.half_y, aside[:, None] * spiral.half_x)
    alike = reach * (_ROUNDING / CELL) <= raster.alike.take(cell)
    first = np.arange(1, len(lat) * width, width)[:, None]  # of each disc's counts, after one for what no piece holds
    count = np.bincount((first + raster.code.take(cell))[alike], minlength=len(lat) * width) * spiral.x.shape[1]
    disc, patch = np.nonzero(~alike)
    y = (lat[disc, None] + up[disc, None] * spiral.y[patch]).ravel()
    x = (lon[disc, None] + aside[disc, None] * spiral.x[patch]).ravel()
    own = crossed_cells(ground).at(y, x)
    open_ = own == MIXED
    own[open_] = exact(ground, y[open_], x[open_])
    count += np.bincount((first[disc] + own.reshape(len(disc), -1)).ravel(), minlength=len(lat) * width)
    return np.asarray(np.roll(count.reshape(-1, width), -1, axis=1))

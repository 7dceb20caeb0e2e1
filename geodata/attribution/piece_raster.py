"""In which piece each of many points lies: a raster answers for all cells that no boundary crosses, geometry for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.ground import Ground

CELL = 0.01
"""Side of a cell, degrees (about 1 km): some 270 000 cells, a few per cent of them crossed by a boundary."""
PARTS = 8
"""Parts of each side of a crossed cell, where many points are asked in it."""
Floats = NDArray[np.float64]
OUTSIDE = -1
MIXED = -2
WIDEST = 64
"""Cells around one that are looked at for another piece."""
_HAIR = 1e-9


@dataclass(frozen=True, eq=False)
class PieceRaster:
    """Raster over the bounds of the pieces, rows from the south, ``code[row, column]`` a piece, OUTSIDE or MIXED."""

    west: float
    south: float
    code: NDArray[np.int16]

    @cached_property
    def alike(self) -> NDArray[np.int16]:
        """How many cells around each one on all sides, in powers of two, surely have its code; beyond the raster is OUTSIDE."""
        least = most = self.code
        found, around = np.zeros_like(self.code), 1
        while around <= WIDEST:
            step = max(1, around // 2)  # from a window to the next: twice as wide
            for axis in (0, 1):
                least, most = _widened(np.minimum, least, step, axis), _widened(np.maximum, most, step, axis)
            found[least == most] = around
            around *= 2
        return found

    def cells(self, lat: Floats, lon: Floats) -> NDArray[np.intp]:
        """Flat index of each point's cell; -1 beyond the raster."""
        row: NDArray[np.intp] = np.floor((lat - self.south) / CELL).astype(np.intp)
        column: NDArray[np.intp] = np.floor((lon - self.west) / CELL).astype(np.intp)
        rows, columns = self.code.shape
        beyond = (row < 0) | (row >= rows) | (column < 0) | (column >= columns)
        flat: NDArray[np.intp] = row * columns + column
        flat[beyond] = -1
        return flat


def _widened(pick: np.ufunc, code: NDArray[np.int16], step: int, axis: int) -> NDArray[np.int16]:
    """The least or most of each cell and those so many steps away on either side along an axis."""
    wide = np.pad(code, [(step, step) if at == axis else (0, 0) for at in (0, 1)], constant_values=OUTSIDE)
    below, above = (wide.take(range(first, first + code.shape[axis]), axis) for first in (0, 2 * step))
    return np.asarray(pick(pick(code, below), above))


@lru_cache(maxsize=2)
def piece_raster(ground: Ground) -> PieceRaster:
    """The raster of a ground."""
    geometries = np.array([piece.geometry for piece in ground.pieces])
    west, south, east, north = shapely.total_bounds(geometries)
    west, south = west - CELL, south - CELL
    shape = (int((north - south) / CELL) + 2, int((east - west) / CELL) + 2)
    mixed = _crossed(geometries, west, south, shape, CELL)
    code = np.full(shape, OUTSIDE, np.int16)
    for number in range(len(geometries) - 1, -1, -1):
        _fill(code, geometries[number], number, west, south)
    code[mixed] = MIXED
    return PieceRaster(west, south, code)


def _crossed(
    geometries: NDArray[np.object_], west: float, south: float, shape: tuple[int, int], cell: float
) -> NDArray[np.bool_]:
    """Cells that the boxes of all boundary segments, cut shorter than a cell, touch: a few too many, never one too few."""
    boundary = shapely.segmentize(shapely.boundary(geometries), 0.99 * cell)
    coordinates, line = shapely.get_coordinates(shapely.get_parts(boundary), return_index=True)
    joined = line[:-1] == line[1:]
    a, b = coordinates[:-1][joined], coordinates[1:][joined]
    origin = np.array([west, south])
    low = np.floor((np.minimum(a, b) - origin - _HAIR) / cell).astype(int)
    high = np.floor((np.maximum(a, b) - origin + _HAIR) / cell).astype(int)
    mixed = np.zeros(shape, bool)
    for x in (low, high):
        for y in (low, high):
            mixed[y[:, 1], x[:, 0]] = True
    return mixed


@dataclass(frozen=True, eq=False)
class _Crossed:
    """The crossed cells of a raster, each divided: ``code[number[cell], row, column]``."""

    number: NDArray[np.intp]
    code: NDArray[np.int16]


@lru_cache(maxsize=2)
def _crossed_cells(ground: Ground) -> _Crossed:
    raster = piece_raster(ground)
    rows, columns = raster.code.shape
    geometries = np.array([piece.geometry for piece in ground.pieces])
    shape = (rows * PARTS, columns * PARTS)
    open_ = _crossed(geometries, raster.west, raster.south, shape, CELL / PARTS)
    row, column = np.nonzero(raster.code == MIXED)
    number = np.full(raster.code.size, -1, np.intp)
    number[row * columns + column] = np.arange(len(row))
    code = np.full((len(row), PARTS, PARTS), MIXED, np.int16)
    which, up, aside = np.nonzero(~open_.reshape(rows, PARTS, columns, PARTS)[row, :, column, :])
    lat = raster.south + (row[which] + (up + 0.5) / PARTS) * CELL
    lon = raster.west + (column[which] + (aside + 0.5) / PARTS) * CELL
    code[which, up, aside] = _exact(ground, lat, lon)
    return _Crossed(number, code)


def _fill(code: NDArray[np.int16], piece: shapely.Geometry, number: int, west: float, south: float) -> None:
    """Give the cells whose middle lies in a piece its number."""
    bounds = np.array(shapely.bounds(piece))
    left, bottom = ((bounds[:2] - [west, south]) / CELL).astype(int)
    right, top = ((bounds[2:] - [west, south]) / CELL).astype(int) + 1
    x, y = np.meshgrid(west + (np.arange(left, right) + 0.5) * CELL, south + (np.arange(bottom, top) + 0.5) * CELL)
    shapely.prepare(piece)
    code[bottom:top, left:right][shapely.intersects_xy(piece, x, y)] = number


def pieces_at(ground: Ground, lat: Floats, lon: Floats, *, densely: bool = False) -> NDArray[np.int16]:
    """Number of the piece that holds each point, or OUTSIDE; on a shared edge the first of the two.

    ``densely`` says that many points are asked: then the cells that a boundary crosses are divided once more, which pays.
    """
    raster = piece_raster(ground)
    flat = raster.cells(lat, lon)
    result = raster.code.ravel()[flat]
    result[flat < 0] = OUTSIDE
    open_ = np.flatnonzero(result == MIXED)
    if len(open_) and densely:
        cells, place = _crossed_cells(ground), flat[open_]
        columns = raster.code.shape[1]
        up = np.floor((lat[open_] - raster.south) / (CELL / PARTS)).astype(np.intp) - place // columns * PARTS
        aside = np.floor((lon[open_] - raster.west) / (CELL / PARTS)).astype(np.intp) - place % columns * PARTS
        within = (up >= 0) & (up < PARTS) & (aside >= 0) & (aside < PARTS)  # rounding may place it beside its cell
        result[open_] = np.where(within, cells.code[cells.number[place], up % PARTS, aside % PARTS], MIXED)
        open_ = open_[result[open_] == MIXED]
    if len(open_):
        result[open_] = _exact(ground, lat[open_], lon[open_])
    return result


def _exact(ground: Ground, lat: Floats, lon: Floats) -> NDArray[np.int16]:
    result = np.full(len(lat), OUTSIDE, np.int16)
    bounds = shapely.bounds(np.array([piece.geometry for piece in ground.pieces]))
    for number in range(len(ground.pieces) - 1, -1, -1):
        west, south, east, north = bounds[number]
        near = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
        if len(near):
            inside = shapely.intersects_xy(ground.pieces[number].geometry, lon[near], lat[near])
            result[near[inside]] = number
    return result

"""In which piece each of many points lies: a raster answers for all cells that no boundary crosses, geometry for the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.ground import Ground

CELL = 0.01
"""Side of a cell, degrees (about 1 km): some 270 000 cells, a few per cent of them crossed by a boundary."""
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
        """How many cells around each one on all sides surely have its code, -1 of a crossed one; beyond the raster is OUTSIDE."""
        # Between two codes there is always a crossed cell, so the nearest of those says it.
        near, found = self.code == MIXED, np.full_like(self.code, WIDEST)
        found[near] = -1
        for around in range(WIDEST):
            wide = np.pad(near, 1)
            wide = wide[:-2] | wide[1:-1] | wide[2:]
            wide = wide[:, :-2] | wide[:, 1:-1] | wide[:, 2:]
            found[wide & ~near] = around
            near = wide
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

    def nearest_cells(self, lat: Floats, lon: Floats) -> NDArray[np.int32]:
        """Flat index of the cell that each point lies in or, beyond the raster, is nearest to."""
        rows, columns = self.code.shape
        row = np.clip((lat - self.south) / CELL, 0, rows - 1).astype(np.int32)
        column = np.clip((lon - self.west) / CELL, 0, columns - 1).astype(np.int32)
        flat: NDArray[np.int32] = row * columns + column
        return flat


@lru_cache(maxsize=2)
def piece_raster(ground: Ground) -> PieceRaster:
    """The raster of a ground."""
    geometries = np.array([piece.geometry for piece in ground.pieces])
    west, south, east, north = shapely.total_bounds(geometries)
    west, south = west - CELL, south - CELL
    shape = (int((north - south) / CELL) + 2, int((east - west) / CELL) + 2)
    code = np.full(shape, OUTSIDE, np.int16)
    for number in range(len(geometries) - 1, -1, -1):
        _fill(code, geometries[number], number, west, south)
    for row, column in crossed(geometries, west, south, CELL):
        code[row, column] = MIXED
    return PieceRaster(west, south, code)


def crossed(
    geometries: NDArray[np.object_], west: float, south: float, cell: float
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Row and column of the cells that the boxes of all boundary segments, cut shorter than a cell, touch.

    They are a few too many, never one too few.
    """
    boundary = shapely.segmentize(shapely.boundary(geometries), 0.99 * cell)
    coordinates, line = shapely.get_coordinates(shapely.get_parts(boundary), return_index=True)
    joined = line[:-1] == line[1:]
    a, b = coordinates[:-1][joined], coordinates[1:][joined]
    origin = np.array([west, south])
    low = np.floor((np.minimum(a, b) - origin - _HAIR) / cell).astype(np.intp)
    high = np.floor((np.maximum(a, b) - origin + _HAIR) / cell).astype(np.intp)
    for x in (low, high):
        for y in (low, high):
            yield y[:, 1], x[:, 0]


def _fill(code: NDArray[np.int16], piece: shapely.Geometry, number: int, west: float, south: float) -> None:
    """Give the cells whose middle lies in a piece its number."""
    bounds = np.array(shapely.bounds(piece))
    left, bottom = ((bounds[:2] - [west, south]) / CELL).astype(int)
    right, top = ((bounds[2:] - [west, south]) / CELL).astype(int) + 1
    x, y = np.meshgrid(west + (np.arange(left, right) + 0.5) * CELL, south + (np.arange(bottom, top) + 0.5) * CELL)
    shapely.prepare(piece)
    code[bottom:top, left:right][shapely.intersects_xy(piece, x, y)] = number


def pieces_at(ground: Ground, lat: Floats, lon: Floats) -> NDArray[np.int16]:
    """Number of the piece that holds each point, or OUTSIDE; on a shared edge the first of the two."""
    raster = piece_raster(ground)
    flat = raster.cells(lat, lon)
    result = raster.code.ravel()[flat]
    result[flat < 0] = OUTSIDE
    open_ = np.flatnonzero(result == MIXED)
    if len(open_):
        result[open_] = exact(ground, lat[open_], lon[open_])
    return result


def exact(ground: Ground, lat: Floats, lon: Floats) -> NDArray[np.int16]:
    """The same, by the polygons alone."""
    result = np.full(len(lat), OUTSIDE, np.int16)
    bounds = shapely.bounds(np.array([piece.geometry for piece in ground.pieces]))
    for number in range(len(ground.pieces) - 1, -1, -1):
        west, south, east, north = bounds[number]
        near = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
        if len(near):
            inside = shapely.intersects_xy(ground.pieces[number].geometry, lon[near], lat[near])
            result[near[inside]] = number
    return result

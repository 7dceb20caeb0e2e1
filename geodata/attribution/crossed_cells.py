"""In which piece each of very many points lies: the cells of the raster that a boundary crosses are divided once more."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from geodata.attribution.piece_raster import CELL, MIXED, Floats, PieceRaster, crossed, exact, piece_raster
from geodata.ground import Ground

PARTS = 32
"""Parts of each side of a crossed cell, some 35 m: one point of fifty in such a cell is left to geometry."""


@dataclass(frozen=True, eq=False)
class CrossedCells:
    """``code[number[cell], part]`` of the crossed cells of a raster; cells and parts are flat, ``number`` is -1 for other cells."""

    raster: PieceRaster
    number: NDArray[np.int32]
    code: NDArray[np.int16]

    def at(self, lat: Floats, lon: Floats) -> NDArray[np.int16]:
        """The piece of each point, OUTSIDE, or MIXED where geometry has to say it."""
        rows, columns = self.raster.code.shape
        # The outermost parts lie beyond all pieces, so they answer for what lies beyond the raster too.
        row = np.clip((lat - self.raster.south) * (PARTS / CELL), 0, rows * PARTS - 1).astype(np.int32)
        column = np.clip((lon - self.raster.west) * (PARTS / CELL), 0, columns * PARTS - 1).astype(np.int32)
        cell = row // PARTS * columns + column // PARTS
        found: NDArray[np.int16] = self.raster.code.ravel().take(cell)
        open_ = np.flatnonzero(found == MIXED)
        part = row[open_] % PARTS * PARTS + column[open_] % PARTS
        found[open_] = self.code[self.number[cell[open_]], part]
        return found


@lru_cache(maxsize=2)
def crossed_cells(ground: Ground) -> CrossedCells:
    """The crossed cells of a ground's raster."""
    raster = piece_raster(ground)
    columns = raster.code.shape[1]
    cell = np.flatnonzero(raster.code == MIXED)
    number = np.full(raster.code.size, -1, np.int32)
    number[cell] = np.arange(len(cell))
    code = np.zeros((len(cell), PARTS, PARTS), np.int16)
    geometries = np.array([piece.geometry for piece in ground.pieces])
    for row, column in crossed(geometries, raster.west, raster.south, CELL / PARTS):
        code[number[row // PARTS * columns + column // PARTS], row % PARTS, column % PARTS] = MIXED
    # Parts side by side without a boundary lie in one piece: the first of them is asked.
    open_ = code != MIXED
    first = open_.copy()
    first[:, :, 1:] &= ~open_[:, :, :-1]
    which, up, aside = np.nonzero(first)
    lat = raster.south + (cell[which] // columns + (up + 0.5) / PARTS) * CELL
    lon = raster.west + (cell[which] % columns + (aside + 0.5) / PARTS) * CELL
    code[open_] = exact(ground, lat, lon)[np.cumsum(first)[open_.ravel()] - 1]
    return CrossedCells(raster, number, code.reshape(len(cell), -1))

"""Settlements whose holder is known, and points that cast doubt, around many rows at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.attribution.piece_raster import OUTSIDE
from geodata.attribution.time_slices import NONE, TimeSlices
from geodata.control import METRES_PER_DEGREE
from geodata.ground import Ground
from geodata.parts import Anchor, Symbol, valid_on

Floats = NDArray[np.float64]


def _within(
    lat: Floats, lon: Floats, centre: Symbol | Anchor, rows: NDArray[np.intp], more_m: Floats
) -> NDArray[np.intp]:
    """Those of some rows that lie no farther from a point feature than its accuracy and so many metres more."""
    point, reach = centre.geometry, centre.accuracy_m + more_m[rows]
    near = np.abs(lat[rows] - point.y) * METRES_PER_DEGREE <= reach * 1.000001
    rows, reach = rows[near], reach[near]
    east = (lon[rows] - point.x) * np.cos(np.radians(lat[rows]))
    close: NDArray[np.bool_] = np.hypot(east, lat[rows] - point.y) * METRES_PER_DEGREE <= reach
    found: NDArray[np.intp] = rows[close]
    return found


def anchored(
    ground: Ground,
    table: TimeSlices,
    controller: NDArray[np.int8],
    lat: Floats,
    lon: Floats,
    state: NDArray[np.int16],
    radius_m: Floats | None = None,
) -> NDArray[np.bool_]:
    """Whether each row, with its disc, lies at a settlement that is known to be its controller's in its state."""
    found = np.zeros(len(lat), bool)
    every = np.arange(len(lat))
    less = np.zeros(len(lat)) if radius_m is None else -radius_m
    for anchor in ground.anchors:
        near = _within(lat, lon, anchor, every, less)
        if len(near):
            in_force = np.array([valid_on(anchor, day) for day in table.days])
            same = controller[near] == table.names["controller"].index(anchor.holder)
            found[near] |= same & in_force[state[near]]
    return found


def doubted_by(
    ground: Ground,
    table: TimeSlices,
    piece: NDArray[np.int16],
    lat: Floats,
    lon: Floats,
    state: NDArray[np.int16],
    radius_m: Floats | None = None,
    beyond: NDArray[np.bool_] | None = None,
) -> NDArray[np.int16]:
    """Who else may hold each row (number of a controller), by the first point of doubt in force around it; else none.

    A disc is doubted where the two discs meet, if its middle lies in the unit of the doubt or it reaches ``beyond`` its own
    ground.
    """
    found = np.full(len(lat), NONE, np.int16)
    more = np.zeros(len(lat)) if radius_m is None else radius_m
    for point in ground.points:
        doubt = point.doubt
        if doubt is None or doubt.unit not in table.names["unit"]:
            continue
        concerned = (table.unit[piece] == table.names["unit"].index(doubt.unit)) & (piece != OUTSIDE)
        if beyond is not None:
            concerned |= beyond
        near = _within(lat, lon, point, np.flatnonzero(concerned & (found == NONE)), more)
        in_force = np.array([valid_on(point, day) for day in table.days])
        found[near[in_force[state[near]]]] = table.names["controller"].index(doubt.other)
    return found

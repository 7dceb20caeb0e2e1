"""Who held each of many points on its day: :func:`geodata.control.control_at`, for whole arrays of rows at once.

A row may also stand for a disc and a span of days: see :mod:`geodata.attribution.extent`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.attribution.extent import Extents, asked_of, settle
from geodata.attribution.nearest_edge import Best, nearest_edges
from geodata.attribution.piece_raster import OUTSIDE, pieces_at
from geodata.attribution.point_features import anchored, doubted_by
from geodata.attribution.time_slices import NONE, TimeSlices, time_slices
from geodata.ground import Ground

Floats = NDArray[np.float64]
Days = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Answer:
    """What is known about each row; codes point into ``names`` (see :class:`geodata.attribution.time_slices.TimeSlices`).

    Attributes
    ----------
    piece
        Number of the piece; -1 outside the mapped area.
    controller, sovereign, unit, zones, clauses
        Codes, for the point itself on the last day; -1 for none.
    possible
        Who may have held it, a bit for each controller; the point's own controller and others.
    certain
        Whether the answer is sure, see :func:`geodata.control.control_at`; of a disc and a span only where it is the same and sure at
        every point on every day.  Outside it says nothing, but for a disc that reaches into the mapped area.
    edge_m
        Distance to the line of control that leaves the least room, metres; infinite without one, NaN outside.
    accuracy_m
        Accuracy of that line, metres; of the piece where there is no line.
    border_m, border_accuracy_m
        The same for the border of a republic; infinite and 0 without one, NaN outside.
    near_border
        Whether the point lies within that border's error, outside too.
    as_of
        Day number of the state given.
    extents
        Of the rows that stand for more than a point and a day.
    """

    piece: NDArray[np.int16]
    controller: NDArray[np.int8]
    sovereign: NDArray[np.int8]
    unit: NDArray[np.int16]
    zones: NDArray[np.int16]
    clauses: NDArray[np.int16]
    possible: NDArray[np.int32]
    certain: NDArray[np.bool_]
    edge_m: Floats
    accuracy_m: NDArray[np.int32]
    border_m: Floats
    border_accuracy_m: NDArray[np.int32]
    near_border: NDArray[np.bool_]
    as_of: Days
    extents: Extents
    names: dict[str, list[str]]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Rows for which ``certain`` says something."""
        return np.asarray((self.piece != OUTSIDE) | (self.possible != 0))


def attribute(
    ground: Ground, lat: Floats, lon: Floats, first: Days, last: Days, radius_m: Floats | None = None
) -> Answer:
    """Answer for rows whose positions are possible and whose dates end within or after the record.

    Parameters
    ----------
    lat, lon
        WGS84 decimal degrees.
    first, last
        Day numbers (days since 1970-01-01), equal for a row that is dated to the day.  A span counts from its last
        day; a first day before the record makes the answer uncertain.
    radius_m
        Radius of the disc in which the place lies, metres; 0 for the point itself, as everywhere without it.
    """
    table = time_slices(ground)
    piece = pieces_at(ground, lat, lon)
    state = table.at(last)
    inside = piece != OUTSIDE
    line = nearest_edges(ground, "line-of-control", lat, lon, state, inside)
    border = nearest_edges(ground, "border", lat, lon, np.zeros_like(state), np.ones_like(inside))
    edge_m = np.where(inside, line.metres, np.nan)
    certain = _certain(ground, table, line, piece, lat, lon, state)
    doubted = doubted_by(ground, table, piece, lat, lon, state)
    certain[doubted != NONE] = False
    possible = table.possible[piece, state] | np.where(doubted == NONE, 0, 1 << np.maximum(doubted, 0))
    extents = asked_of(first, last, radius_m)
    if len(extents.rows):
        extents = settle(ground, extents, lat, lon, piece, certain, possible)
    return Answer(
        piece=piece,
        controller=table.controller[piece, state],
        sovereign=table.sovereign[piece],
        unit=table.unit[piece],
        zones=table.zones[piece, state],
        clauses=table.clauses[piece, state],
        possible=possible,
        certain=certain,
        edge_m=edge_m,
        accuracy_m=np.where(np.isposinf(edge_m), table.accuracy_m[piece], line.accuracy).astype(np.int32),
        border_m=np.where(inside, border.metres, np.nan),
        border_accuracy_m=border.accuracy.astype(np.int32),
        near_border=border.room < 0,
        as_of=np.minimum(last, table.end).astype(np.int32),
        extents=extents,
        names=table.names,
    )


def _certain(
    ground: Ground,
    table: TimeSlices,
    line: Best,
    piece: NDArray[np.int16],
    lat: Floats,
    lon: Floats,
    state: NDArray[np.int16],
) -> NDArray[np.bool_]:
    """Whether the span is certain, and the point beyond the error of every edge where the holder changes or at an anchor."""
    certain = table.certain[piece, state]
    other = nearest_edges(ground, "other-change", lat, lon, state, piece != OUTSIDE)
    rows = np.flatnonzero(((line.room < 0) | (other.room < 0)) & (piece != OUTSIDE) & certain)
    controller = table.controller[piece[rows], state[rows]]
    certain[rows] = anchored(ground, table, controller, lat[rows], lon[rows], state[rows])
    return certain

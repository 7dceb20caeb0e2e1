"""Who held each of many points on its day: :func:`geodata.control.control_at`, for whole arrays of rows at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.attribution.nearest_edge import Best, nearest_edges
from geodata.attribution.piece_raster import OUTSIDE, pieces_at
from geodata.attribution.time_slices import NONE, TimeSlices, time_slices
from geodata.control import METRES_PER_DEGREE
from geodata.ground import Ground
from geodata.parts import Anchor, Symbol, valid_on

Floats = NDArray[np.float64]
Days = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Answer:
    """What is known about each row; codes point into ``names`` (see :class:`geodata.attribution.time_slices.TimeSlices`).

    Attributes
    ----------
    piece
        Number of the piece; -1 outside the mapped area.
    controller, other, sovereign, unit, zones, clauses
        Codes; -1 for none.
    certain
        Whether the answer is sure, see :func:`geodata.control.control_at`; also False where it differs between the first and
        the last day of a split date.  Says nothing outside.
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
    """

    piece: NDArray[np.int16]
    controller: NDArray[np.int8]
    other: NDArray[np.int8]
    sovereign: NDArray[np.int8]
    unit: NDArray[np.int16]
    zones: NDArray[np.int16]
    clauses: NDArray[np.int16]
    certain: NDArray[np.bool_]
    edge_m: Floats
    accuracy_m: NDArray[np.int32]
    border_m: Floats
    border_accuracy_m: NDArray[np.int32]
    near_border: NDArray[np.bool_]
    as_of: Days
    names: dict[str, list[str]]


def attribute(ground: Ground, lat: Floats, lon: Floats, first: Days, last: Days) -> Answer:
    """Answer for rows whose positions are possible and whose dates end within or after the record.

    Parameters
    ----------
    lat, lon
        WGS84 decimal degrees.
    first, last
        Day numbers (days since 1970-01-01), equal for a row that is dated to the day.  A split date counts from its last
        day; a first day before the record makes the answer uncertain.
    """
    table = time_slices(ground)
    piece = pieces_at(ground, lat, lon)
    state = table.at(last)
    inside = piece != OUTSIDE
    line = nearest_edges(ground, "line-of-control", lat, lon, state, inside)
    border = nearest_edges(ground, "border", lat, lon, np.zeros_like(state), np.ones_like(inside))
    edge_m = np.where(inside, line.metres, np.nan)
    certain = _certain(ground, table, line, piece, lat, lon, state)
    other = table.other[piece, state]
    doubted = _doubted(ground, table, piece, lat, lon, state)
    certain[doubted != NONE] = False
    other = np.where(other == NONE, doubted, other)
    answer = Answer(
        piece=piece,
        controller=table.controller[piece, state],
        other=other,
        sovereign=table.sovereign[piece],
        unit=table.unit[piece],
        zones=table.zones[piece, state],
        clauses=table.clauses[piece, state],
        certain=certain,
        edge_m=edge_m,
        accuracy_m=np.where(np.isposinf(edge_m), table.accuracy_m[piece], line.accuracy).astype(np.int32),
        border_m=np.where(inside, border.metres, np.nan),
        border_accuracy_m=border.accuracy.astype(np.int32),
        near_border=border.room < 0,
        as_of=np.minimum(last, table.end).astype(np.int32),
        names=table.names,
    )
    _straddle(ground, table, answer, lat, lon, first, state)
    return answer


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
    certain[rows] = _anchored(ground, table, controller, lat[rows], lon[rows], state[rows])
    return certain


def _within(lat: Floats, lon: Floats, centre: Symbol | Anchor, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """Those of some rows that lie no farther from a point feature than its accuracy."""
    point, radius = centre.geometry, centre.accuracy_m / METRES_PER_DEGREE
    near = rows[np.abs(lat[rows] - point.y) <= radius * 1.000001]
    east = (lon[near] - point.x) * np.cos(np.radians(lat[near]))
    close: NDArray[np.bool_] = np.hypot(east, lat[near] - point.y) * METRES_PER_DEGREE <= centre.accuracy_m
    found: NDArray[np.intp] = near[close]
    return found


def _anchored(
    ground: Ground,
    table: TimeSlices,
    controller: NDArray[np.int8],
    lat: Floats,
    lon: Floats,
    state: NDArray[np.int16],
) -> NDArray[np.bool_]:
    """Whether each row lies at a settlement that is known to be its controller's in its state."""
    anchored = np.zeros(len(lat), bool)
    every = np.arange(len(lat))
    for anchor in ground.anchors:
        near = _within(lat, lon, anchor, every)
        if len(near):
            in_force = np.array([valid_on(anchor, day) for day in table.days])
            same = controller[near] == table.names["controller"].index(anchor.holder)
            anchored[near] |= same & in_force[state[near]]
    return anchored


def _doubted(
    ground: Ground, table: TimeSlices, piece: NDArray[np.int16], lat: Floats, lon: Floats, state: NDArray[np.int16]
) -> NDArray[np.int16]:
    """Who else may hold each row (number of a controller), by the first point of doubt in force around it; else none."""
    doubted = np.full(len(lat), NONE, np.int16)
    for point in ground.points:
        doubt = point.doubt
        if doubt is None or doubt.unit not in table.names["unit"]:
            continue
        rows = np.flatnonzero(
            (table.unit[piece] == table.names["unit"].index(doubt.unit)) & (piece != OUTSIDE) & (doubted == NONE)
        )
        near = _within(lat, lon, point, rows)
        in_force = np.array([valid_on(point, day) for day in table.days])
        doubted[near[in_force[state[near]]]] = table.names["controller"].index(doubt.other)
    return doubted


def _straddle(
    ground: Ground, table: TimeSlices, answer: Answer, lat: Floats, lon: Floats, first: Days, state: NDArray[np.int16]
) -> None:
    """Doubt the rows whose date reaches back into a state with another answer, or before the record (in place)."""
    begin = table.at(first)
    answer.certain[(first < table.start) & (answer.piece != OUTSIDE)] = False
    for number in range(len(table.days)):
        rows = np.flatnonzero((begin <= number) & (number < state) & (answer.piece != OUTSIDE))
        if not len(rows):
            continue
        piece = answer.piece[rows]
        then = np.full(len(rows), number, np.int16)
        line = nearest_edges(ground, "line-of-control", lat[rows], lon[rows], then, piece != OUTSIDE)
        certain = _certain(ground, table, line, piece, lat[rows], lon[rows], then)
        same = (
            (table.controller[piece, number] == answer.controller[rows])
            & (table.zones[piece, number] == answer.zones[rows])
            & (table.clauses[piece, number] == answer.clauses[rows])
        )
        doubted = _doubted(ground, table, piece, lat[rows], lon[rows], then)
        answer.certain[rows[~(certain & same) | (doubted != NONE)]] = False
        moved = rows[(table.controller[piece, number] != answer.controller[rows]) & (answer.other[rows] == NONE)]
        answer.other[moved] = table.controller[answer.piece[moved], number]

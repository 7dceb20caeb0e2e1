"""Who held each of many points on its day: :func:`geodata.control.at`, for whole arrays of rows at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.attribution.nearest_edge import nearest_edges
from geodata.attribution.piece_raster import OUTSIDE, pieces_at
from geodata.attribution.time_slices import NONE, TimeSlices, time_slices
from geodata.control import METRES_PER_DEGREE, holds
from geodata.ground import Ground

Floats = NDArray[np.float64]
Days = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Answer:
    """What is known about each row; codes point into ``names`` (see :class:`geodata.attribution.time_slices.TimeSlices`).

    Attributes
    ----------
    piece
        Number of the piece; -1 outside Armenia and Azerbaijan.
    controller, other, sovereign, unit, zones, clauses
        Codes; -1 for none.
    certain
        False nearer to a line of control than it is accurate, where the record itself is in doubt, and where the
        answer differs between the first and the last day of a split date.
    edge_m
        Distance to the line of control that leaves the least room, metres; infinite without one, NaN outside.
    accuracy_m
        Accuracy of that line, metres; of the piece where there is no line.
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
    inside = np.flatnonzero(piece != OUTSIDE)
    certain, edge_m, accuracy_m = _certain(ground, table, piece, lat, lon, state, inside)
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
        accuracy_m=np.where(np.isposinf(edge_m), table.accuracy_m[piece], accuracy_m).astype(np.int32),
        as_of=np.minimum(last, table.end).astype(np.int32),
        names=table.names,
    )
    _straddle(ground, table, answer, lat, lon, first, state)
    return answer


def _certain(
    ground: Ground,
    table: TimeSlices,
    piece: NDArray[np.int16],
    lat: Floats,
    lon: Floats,
    state: NDArray[np.int16],
    inside: NDArray[np.intp],
) -> tuple[NDArray[np.bool_], Floats, NDArray[np.int32]]:
    """Whether span and nearest line leave no doubt; distance to that line; its accuracy."""
    edge_m, accuracy_m = np.full(len(lat), np.nan), np.zeros(len(lat), np.int32)
    edge_m[inside], accuracy_m[inside] = nearest_edges(ground, lat[inside], lon[inside], state[inside])
    return table.certain[piece, state] & ~(edge_m < accuracy_m), edge_m, accuracy_m


def _doubted(
    ground: Ground, table: TimeSlices, piece: NDArray[np.int16], lat: Floats, lon: Floats, state: NDArray[np.int16]
) -> NDArray[np.int16]:
    """Who else may hold each row (number of a controller), by the first point of doubt in force around it; else none."""
    doubted = np.full(len(lat), NONE, np.int16)
    for point in ground.points:
        doubt = point.properties.get("doubt_control")
        if not doubt or doubt["unit"] not in table.names["unit"]:
            continue
        rows = np.flatnonzero(
            (table.unit[piece] == table.names["unit"].index(doubt["unit"])) & (piece != OUTSIDE) & (doubted == NONE)
        )
        radius = point["accuracy_m"] / METRES_PER_DEGREE
        near = rows[np.abs(lat[rows] - point.geometry.y) <= radius * 1.000001]
        east = (lon[near] - point.geometry.x) * np.cos(np.radians(lat[near]))
        near = near[np.hypot(east, lat[near] - point.geometry.y) * METRES_PER_DEGREE <= point["accuracy_m"]]
        in_force = np.array([holds(point.properties, day) for day in table.days])
        doubted[near[in_force[state[near]]]] = table.names["controller"].index(doubt["or"])
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
        certain, _, _ = _certain(ground, table, piece, lat[rows], lon[rows], then, np.arange(len(rows)))
        same = (
            (table.controller[piece, number] == answer.controller[rows])
            & (table.zones[piece, number] == answer.zones[rows])
            & (table.clauses[piece, number] == answer.clauses[rows])
        )
        doubted = _doubted(ground, table, piece, lat[rows], lon[rows], then)
        answer.certain[rows[~(certain & same) | (doubted != NONE)]] = False
        moved = rows[(table.controller[piece, number] != answer.controller[rows]) & (answer.other[rows] == NONE)]
        answer.other[moved] = table.controller[answer.piece[moved], number]

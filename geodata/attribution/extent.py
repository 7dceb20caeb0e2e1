"""Rows that stand for a disc and a span of days: whether they have one answer everywhere, who may have held them, and how much.

A row is certain only if every point of its disc on every day of its span has one holder, one set of zones and of clauses, all
sure: no edge across which the answer changes lies within the radius, none across which the holder changes lies within the
radius and its own error (unless the whole disc lies at a settlement whose holder is known), and the record is in no doubt.
Both are exact, since the distance to the nearest such edge is.  So is the list of possible holders: those whose ground, or
ground that they may hold, lies within the radius.  How much of disc and span each held is counted on the points of
:mod:`geodata.attribution.disc_parts`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from geodata.attribution.disc_parts import disc_parts
from geodata.attribution.edge_segments import aims, segments_of
from geodata.attribution.nearest_edge import nearest_edges, reached_from_afar, reaches
from geodata.attribution.piece_raster import OUTSIDE
from geodata.attribution.point_features import anchored, doubted_by
from geodata.attribution.segment_quadtree import REACH
from geodata.attribution.time_slices import NONE, TimeSlices, time_slices
from geodata.control import METRES_PER_DEGREE
from geodata.ground import Ground

Floats = NDArray[np.float64]
Days = NDArray[np.int32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Extents:
    """The rows that stand for more than a point and a day.

    Attributes
    ----------
    rows
        Their numbers among all rows.
    first, last
        Day numbers.
    radius_m
        Metres; 0 for a point.
    share
        ``[row, holder]``, how much of disc and span each controller held, from 0 to 1; the last is what is not mapped.
    """

    rows: NDArray[np.intp]
    first: Days
    last: Days
    radius_m: Floats
    share: Floats


def asked_of(first: Days, last: Days, radius_m: Floats | None) -> Extents:
    """The rows whose span or radius is more than one day and 0 m; their shares are still to be found."""
    wide = first < last
    if radius_m is not None:
        wide |= radius_m > 0
    rows = np.flatnonzero(wide)
    radius = np.zeros(len(rows)) if radius_m is None else radius_m[rows]
    return Extents(rows, first[rows], last[rows], radius, np.zeros((len(rows), 0)))


@dataclass(frozen=True, eq=False)
class _Rows:
    """Different places and spans, each once."""

    lat: Floats
    lon: Floats
    first: Days
    last: Days
    radius: Floats
    piece: NDArray[np.int16]
    far: NDArray[np.intp]
    """Number among the places that lie too far out for the index of edges; -1 for the others."""

    def only(self, kept: NDArray[np.intp]) -> _Rows:
        """Some of them."""
        return _Rows(*(getattr(self, name)[kept] for name in self.__dataclass_fields__))


def settle(
    ground: Ground,
    extents: Extents,
    lat: Floats,
    lon: Floats,
    piece: NDArray[np.int16],
    certain: Flags,
    possible: NDArray[np.int32],
) -> Extents:
    """The extents with their shares; what was said of the points alone is corrected (``certain`` and ``possible`` of all rows)."""
    table = time_slices(ground)
    at = extents.rows
    nowhere = np.full(len(at), -1, np.intp)
    # A single day is answered as the first of its state, so that each place is asked once a state.
    single, begun = extents.first == extents.last, _starts(table)[table.at(extents.last)]
    first, last = (np.where(single, begun, day) for day in (extents.first, extents.last))
    every = _Rows(lat[at], lon[at], first, last, extents.radius_m, piece[at], nowhere)
    kept, where = _different(every.lat, every.lon, every.radius, every.first, every.last)
    rows = every.only(kept)
    near = _near(ground, rows)
    far = np.flatnonzero((rows.piece == OUTSIDE) & (rows.radius > REACH) & near)
    rows.far[far] = np.arange(len(far))
    edges = reached_from_afar(ground, rows.lat[far], rows.lon[far], rows.radius[far])
    sure, may = certain[at[kept]], possible[at[kept]]
    sure &= (rows.first >= table.start) | (rows.piece == OUTSIDE)
    begin, end = table.at(rows.first), table.at(rows.last)
    beyond = _look(ground, table, rows, edges, end, end, sure, may, near & (rows.radius > 0))
    for number in range(len(table.days)):
        asked = near & (begin <= number) & (number < end)
        if asked.any():
            state = np.full(len(end), number, np.int16)
            beyond |= _look(ground, table, rows, edges, state, end, sure, may, asked)
    share = _shares(ground, table, rows, np.flatnonzero(beyond & near))
    certain[at], possible[at] = sure[where], may[where]
    return replace(extents, share=share[where])


def _starts(table: TimeSlices) -> Days:
    """Day number of the first day of each state."""
    return np.array(table.days, "datetime64[D]").astype(np.int32)


def _different(*columns: NDArray[np.generic]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """One row of each kind, and which of them each row is of: lists repeat the middles of districts."""
    keys = np.stack([np.asarray(column, np.float64) for column in columns], 1).view(np.uint64)
    mixed = np.zeros(len(keys), np.uint64)
    for part in keys.T:
        mixed = (mixed ^ part) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    _, kept, where = np.unique(mixed, return_index=True, return_inverse=True)
    if not np.array_equal(keys[kept[where]], keys):  # two kinds with one hash
        _, kept, where = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    return kept, where.reshape(-1)


def _look(
    ground: Ground,
    table: TimeSlices,
    rows: _Rows,
    edges: Flags,
    state: NDArray[np.int16],
    end: NDArray[np.int16],
    sure: Flags,
    may: NDArray[np.int32],
    asked: Flags,
) -> Flags:
    """Ask one state of each row (``sure`` and ``may`` in place); returns which discs reach beyond ground of one answer.

    ``edges`` says of the places far out which groups of edges their discs reach.
    """
    reached = np.zeros(len(state), bool)
    which = np.flatnonzero(asked)
    some, now, last = rows.only(which), state[which], end[which]
    beyond, found = np.zeros(len(which), bool), table.possible[some.piece, now]
    discs = np.flatnonzero(some.radius > 0)
    if len(discs):
        near = reaches(ground, some.lat[discs], some.lon[discs], now[discs]) < some.radius[discs]
        far = np.flatnonzero(some.far[discs] >= 0)
        near[:, far] = _from_afar(ground, edges[some.far[discs][far]], now[discs][far]).T
        beyond[discs] = near[0]
        for holder in range(len(table.names["controller"])):
            found[discs] |= np.where(near[1 + holder], 1 << holder, 0)
    doubt = doubted_by(ground, table, some.piece, some.lat, some.lon, now, some.radius, beyond)
    found |= np.where(doubt == NONE, 0, 1 << np.maximum(doubt, 0))
    same = table.certain[some.piece, now] & (some.piece != OUTSIDE)
    for column in (table.controller, table.zones, table.clauses):
        same &= column[some.piece, now] == column[some.piece, last]
    still = sure[which] & same & ~beyond & (doubt == NONE)
    close = nearest_edges(ground, "change", some.lat, some.lon, now, still).room < some.radius
    left = np.flatnonzero(still & close)
    still[left] = anchored(
        ground,
        table,
        table.controller[some.piece, now][left],
        some.lat[left],
        some.lon[left],
        now[left],
        some.radius[left],
    )
    sure[which] = still
    may[which] |= found
    reached[which] = beyond
    return reached


def _from_afar(ground: Ground, edges: Flags, state: NDArray[np.int16]) -> Flags:
    """Which aims discs reach in a state each, by the groups of edges that they reach: ``[row, aim]``."""
    kinds = aims(ground)
    active = segments_of(ground, "reach").active
    active = active.reshape(len(active), -1, kinds)[:, state]
    return np.asarray((edges.T[:, :, None] & active).any(axis=0))


def _near(ground: Ground, rows: _Rows) -> Flags:
    """Rows that lie in the mapped area, or whose disc may reach it."""
    west, south, east, north = ground.bounds
    up = rows.radius / METRES_PER_DEGREE
    aside = up / np.cos(np.radians(np.clip(rows.lat, -89, 89)))
    inside = rows.piece != OUTSIDE
    box = (rows.lat + up >= south) & (rows.lat - up <= north) & (rows.lon + aside >= west) & (rows.lon - aside <= east)
    return np.asarray(inside | (box & (rows.radius > 0)))


def _shares(ground: Ground, table: TimeSlices, rows: _Rows, sampled: NDArray[np.intp]) -> Floats:
    """How much of disc and span each controller held; the last column is what is not mapped.

    The discs of ``sampled`` lie in several pieces, all others in the one of their middle.
    """
    kept, disc = _different(rows.lat[sampled], rows.lon[sampled], rows.radius[sampled])
    discs = rows.only(sampled[kept])
    parts = disc_parts(ground, discs.lat, discs.lon, discs.radius)
    of = np.full(len(rows.lat), -1, np.intp)
    of[sampled] = disc
    first, last = (np.clip(day, table.start, table.end) for day in (rows.first, rows.last))
    begin, end, days = table.at(first), table.at(last), last - first + 1
    starts = np.append(_starts(table), table.end + 1)
    share = np.zeros((len(rows.lat), len(table.names["controller"]) + 1))
    for number in range(int(begin.min(initial=0)), int(end.max(initial=-1)) + 1):
        within = np.flatnonzero((begin <= number) & (number <= end))
        if not len(within):
            continue
        lasted = np.minimum(last[within] + 1, starts[number + 1]) - np.maximum(first[within], starts[number])
        holds = np.eye(share.shape[1], dtype=np.float32)[table.controller[:, number]]
        held = holds[rows.piece[within]]
        several = np.flatnonzero(of[within] >= 0)
        held[several] = parts[of[within[several]]] @ holds
        share[within] += held * (lasted / days[within])[:, None]
    return share

"""The line of control and the border nearest to each of many points, exactly.

The rule is that of :class:`geodata.control.Near`: among the edges of a kind the one counts that leaves the least room
(distance less accuracy), on a plane that touches the sphere at the point's latitude.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.attribution.edge_segments import Floats, Question, aims, segments_of
from geodata.attribution.segment_quadtree import nearest_points, segment_quadtree
from geodata.control import METRES_PER_DEGREE
from geodata.ground import Ground


@dataclass(frozen=True, eq=False)
class Best:
    """The edge of a kind that leaves each point the least room; all in metres, infinite (accuracy 0) without one."""

    room: Floats
    metres: Floats
    accuracy: Floats


def nearest_edges(
    ground: Ground, question: Question, lat: Floats, lon: Floats, state: NDArray[np.int16], asked: NDArray[np.bool_]
) -> Best:
    """The edge that answers a question and leaves each point the least room.

    Parameters
    ----------
    question
        See :data:`geodata.attribution.edge_segments.Question`.
    lat, lon
        WGS84 decimal degrees.  Far outside the pieces nothing is found.
    state
        Number of a state, see :mod:`geodata.attribution.time_slices`; 0 for the border.
    asked
        Rows that are to be answered; nothing is found for the others.
    """
    segments = segments_of(ground, question)
    states = segments.active.shape[1]
    rows, found = np.flatnonzero(asked), Best(*(np.full(len(asked), fill) for fill in (np.inf, np.inf, 0.0)))
    room, accuracy = np.full(len(rows), np.inf), np.zeros(len(rows))
    order, candidates = _candidates(ground, question, lat[rows], lon[rows])
    own = state[rows[order]].astype(np.intp)
    for segment, metres in candidates:
        some, error = len(segment), segments.accuracy.take(segment)
        left = metres - error
        better = left < room[:some]
        better &= segments.states.take(segment * states + own[:some])
        np.copyto(room[:some], left, where=better)
        np.copyto(accuracy[:some], error, where=better)
    rows = rows[order]
    found.room[rows], found.metres[rows], found.accuracy[rows] = room, room + accuracy, accuracy
    return found


def reaches(ground: Ground, lat: Floats, lon: Floats, state: NDArray[np.int16]) -> Floats:
    """Metres from each point to each aim of its state, ``[aim, row]``; infinite without one.

    See :func:`geodata.attribution.edge_segments.aims`.
    """
    segments, kinds = segments_of(ground, "reach"), aims(ground)
    states = segments.active.shape[1]
    order, candidates = _candidates(ground, "reach", lat, lon)
    own = state[order].astype(np.intp) * kinds
    best = np.full((kinds, len(lat)), np.inf)
    for segment, metres in candidates:
        some = len(segment)
        place = segment * states + own[:some]
        for kind in range(kinds):
            better = metres < best[kind, :some]
            better &= segments.states.take(place + kind)
            np.copyto(best[kind, :some], metres, where=better)
    found = np.empty_like(best)
    found[:, order] = best
    return found


def reached_from_afar(ground: Ground, lat: Floats, lon: Floats, radius: Floats) -> NDArray[np.bool_]:
    """Whether each disc reaches the edges of each group of ``reach``, ``[row, group]``, asked of every segment.

    For places farther out than the index answers for; each different disc is asked once.
    """
    discs, where = np.unique(np.stack([lat, lon, radius], 1), axis=0, return_inverse=True)
    segments = segments_of(ground, "reach")
    starts = np.flatnonzero(np.diff(segments.group, prepend=-1))
    found = np.zeros((len(discs), len(starts)), bool)
    for row, (north, east, reach) in enumerate(discs.tolist()):
        scale = np.cos(np.radians(north))
        x, y = nearest_points((segments.ax - east) * scale, segments.ay - north, segments.dx * scale, segments.dy)
        metres = np.sqrt(x * x + y * y) * METRES_PER_DEGREE
        found[row] = np.minimum.reduceat(metres, starts) < reach
    return found[where.reshape(-1)]


def _candidates(
    ground: Ground, question: Question, lat: Floats, lon: Floats
) -> tuple[NDArray[np.intp], Iterator[tuple[NDArray[np.intp], Floats]]]:
    """An order of the points, and step by step the next segment of the first of them with its distance in metres.

    Points with many segments in front: step n then works on the first points only, without a mask.
    """
    index, segments = segment_quadtree(ground, question), segments_of(ground, question)
    leaf = index.leaves(lat, lon)
    order = np.argsort(leaf)
    leaf, lat, lon = leaf[order], lat[order], lon[order]
    first = index.start.take(leaf)
    count = index.start.take(leaf + 1) - first
    stretch = np.cos(np.radians(lat))
    having = len(lat) - np.cumsum(np.bincount(count))  # how many points have more than 0, 1, 2, … segments

    def steps() -> Iterator[tuple[NDArray[np.intp], Floats]]:
        for number, some in enumerate(having[having > 0].tolist()):
            segment, scale = index.ids.take(first[:some] + number), stretch[:some]
            x, y = nearest_points(
                (segments.ax.take(segment) - lon[:some]) * scale,
                segments.ay.take(segment) - lat[:some],
                segments.dx.take(segment) * scale,
                segments.dy.take(segment),
            )
            yield segment, np.sqrt(x * x + y * y) * METRES_PER_DEGREE

    return order, steps()

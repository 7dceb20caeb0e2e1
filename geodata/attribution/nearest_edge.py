"""The line of control and the border nearest to each of many points, exactly.

The rule is that of :class:`geodata.control.Near`: among the edges of a kind the one counts that leaves the least room
(distance less accuracy), on a plane that touches the sphere at the point's latitude.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.attribution.edge_segments import Floats, Question, segments_of
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
    index, segments = segment_quadtree(ground, question), segments_of(ground, question)
    states = segments.active.shape[1]
    rows = np.flatnonzero(asked)
    leaf = index.leaves(lat[rows], lon[rows])
    # Rows with many segments in front: step n then works on the first rows only, without a mask.
    order = np.argsort(leaf)
    rows, leaf = rows[order], leaf[order]
    first = index.start.take(leaf)
    count = index.start.take(leaf + 1) - first
    lat, lon, own = lat[rows], lon[rows], state[rows].astype(np.intp)
    stretch = np.cos(np.radians(lat))
    room, accuracy = np.full(len(rows), np.inf), np.zeros(len(rows))
    having = len(rows) - np.cumsum(np.bincount(count))  # how many rows have more than 0, 1, 2, … segments
    for number, some in enumerate(having[having > 0].tolist()):
        segment = index.ids.take(first[:some] + number)
        scale, error = stretch[:some], segments.accuracy.take(segment)
        x, y = nearest_points(
            (segments.ax.take(segment) - lon[:some]) * scale,
            segments.ay.take(segment) - lat[:some],
            segments.dx.take(segment) * scale,
            segments.dy.take(segment),
        )
        left = np.sqrt(x * x + y * y) * METRES_PER_DEGREE - error
        better = left < room[:some]
        better &= segments.states.take(segment * states + own[:some])
        np.copyto(room[:some], left, where=better)
        np.copyto(accuracy[:some], error, where=better)
    found = Best(np.full(len(asked), np.inf), np.full(len(asked), np.inf), np.zeros(len(asked)))
    found.room[rows], found.metres[rows], found.accuracy[rows] = room, room + accuracy, accuracy
    return found

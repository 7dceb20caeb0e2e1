"""The line of control and the border nearest to each of many points, exactly.

The rule is that of :class:`geodata.control.Near`: among the edges of a kind the one counts that leaves the least room
(distance less accuracy), on a plane that touches the sphere at the point's latitude.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.attribution.segment_quadtree import Floats, Question, Segments, segment_quadtree, segments_of, squared
from geodata.control import METRES_PER_DEGREE
from geodata.ground import Ground


@dataclass(frozen=True, eq=False)
class Best:
    """The edge of a kind that leaves each point the least room; all in metres, infinite (accuracy 0) without one."""

    room: Floats
    metres: Floats
    accuracy: Floats

    @classmethod
    def none(cls, rows: int) -> Best:
        """Nothing found yet."""
        return cls(np.full(rows, np.inf), np.full(rows, np.inf), np.zeros(rows))


def nearest_edges(ground: Ground, question: Question, lat: Floats, lon: Floats, state: NDArray[np.int16]) -> Best:
    """The edge that answers a question and leaves each point the least room.

    Parameters
    ----------
    question
        See :data:`geodata.attribution.segment_quadtree.Question`.
    lat, lon
        WGS84 decimal degrees.  Far outside the pieces nothing is found.
    state
        Number of a state, see :mod:`geodata.attribution.time_slices`; 0 for the border.
    """
    found = Best.none(len(lat))
    if not len(segments_of(ground, question).ax):
        return found
    index = segment_quadtree(ground, question)
    leaf = index.leaves(lat, lon)
    first = index.start.take(leaf)
    count = (index.start.take(leaf + 1) - first).astype(np.uint16)
    # Rows with many segments in front: step n then works on the first rows only, without a mask.
    order = np.argsort(~count, kind="stable")[: np.count_nonzero(count)]
    lat, lon, first = lat[order], lon[order], first[order]
    own = state[order].astype(np.intp)
    stretch = np.cos(np.radians(lat))
    best = Best.none(len(order))
    having = len(count) - np.cumsum(np.bincount(count))  # how many rows have more than 0, 1, 2, … segments
    for number, rows in enumerate(having[having > 0].tolist()):
        segment = index.ids.take(first[:rows] + number)
        point = (lat[:rows], lon[:rows], stretch[:rows], own[:rows])
        _step(index.segments, segment, point, (best.room[:rows], best.metres[:rows], best.accuracy[:rows]))
    for name in ("room", "metres", "accuracy"):
        getattr(found, name)[order] = getattr(best, name)
    return found


def _step(
    table: Segments,
    segment: NDArray[np.intp],
    point: tuple[Floats, Floats, Floats, NDArray[np.intp]],
    best: tuple[Floats, Floats, Floats],
) -> None:
    """Let one segment per point compete with the best so far (views that are changed in place)."""
    lat, lon, stretch, state = point
    room, metres, accuracy = best
    ax, ay, dx, dy, own = table.lines.take(segment, axis=0).T
    distance = np.sqrt(squared((ax - lon) * stretch, ay - lat, dx * stretch, dy)) * METRES_PER_DEGREE
    left = distance - own
    better = left < room
    better &= table.active_flat.take(table.group.take(segment) * table.active.shape[1] + state)
    np.copyto(room, left, where=better)
    np.copyto(metres, distance, where=better)
    np.copyto(accuracy, own, where=better)

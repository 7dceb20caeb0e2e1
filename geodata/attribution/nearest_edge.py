"""The line of control nearest to each of many points, exactly.

The rule is that of :func:`geodata.control.nearest_line_of_control`: among the edges that divide two controllers on
a day, the one counts that leaves the least room (distance less accuracy), on a plane that touches the sphere at the
point's latitude.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.attribution.segment_quadtree import Floats, Segments, segment_quadtree, segments_of, squared
from geodata.control import METRES_PER_DEGREE
from geodata.ground import Ground


def nearest_edges(
    ground: Ground, lat: Floats, lon: Floats, state: NDArray[np.int16]
) -> tuple[Floats, NDArray[np.int32]]:
    """Distance (m) to the line of control that leaves the least room in each point's state, and its accuracy (m).

    Parameters
    ----------
    lat, lon
        WGS84 decimal degrees, within the bounds of the pieces.
    state
        Number of a state, see :mod:`geodata.attribution.time_slices`.

    Returns
    -------
    tuple
        Infinity and 0 where no line divides controllers in that state.
    """
    if not len(segments_of(ground).ax):
        return np.full(len(lat), np.inf), np.zeros(len(lat), np.int32)
    index = segment_quadtree(ground)
    leaf = index.leaves(lat, lon)
    first = index.start.take(leaf)
    count = (index.start.take(leaf + 1) - first).astype(np.uint16)
    order = np.argsort(~count, kind="stable")
    lat, lon, first = lat[order], lon[order], first[order]
    own = state[order].astype(np.intp)
    stretch = np.cos(np.radians(lat))
    room, metres, accuracy = np.full(len(lat), np.inf), np.full(len(lat), np.inf), np.zeros(len(lat))
    having = len(count) - np.cumsum(np.bincount(count))  # rows with more than 0, 1, 2, … segments: they stand in front
    for number, rows in enumerate(having[having > 0].tolist()):
        segment = index.ids.take(first[:rows] + number)
        point = (lat[:rows], lon[:rows], stretch[:rows], own[:rows])
        _step(index.segments, segment, point, (room[:rows], metres[:rows], accuracy[:rows]))
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    return metres[back], accuracy[back].astype(np.int32)


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

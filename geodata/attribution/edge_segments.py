"""The segments of all edges that answer a question in some state."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.attribution.time_slices import time_slices
from geodata.edges import edges_on
from geodata.ground import Ground

Floats = NDArray[np.float64]
Question = Literal["line-of-control", "border", "other-change"]
"""What is asked of the edges: the line between the sides in a state, the border of a republic (which has one state only),
or the other edges across which the holder changes in a state.  The last is asked only for edges within whose own error
a point lies."""


@dataclass(frozen=True, eq=False)
class Segments:
    """Segments from ``a``, going ``d`` (degrees), each with its edge's accuracy (m), in the order of their groups.

    The edges of a group answer in the same states, ``active[group, state]``.
    """

    ax: Floats
    ay: Floats
    dx: Floats
    dy: Floats
    accuracy: Floats
    group: NDArray[np.intp]
    active: NDArray[np.bool_]

    @cached_property
    def states(self) -> NDArray[np.bool_]:
        """Whether each segment answers in each state, at ``segment * states + state``."""
        return self.active[self.group].ravel()


@lru_cache(maxsize=6)
def segments_of(ground: Ground, question: Question) -> Segments:
    """The segments of all edges that answer a question in some state; those without length are left out."""
    answers = _answers(ground, question)
    kept = np.flatnonzero(answers.any(axis=1))
    active, group = np.unique(answers[kept], axis=0, return_inverse=True)
    order = np.argsort(group.reshape(-1), kind="stable")
    kept, group = kept[order], group.reshape(-1)[order]
    parts, edge = shapely.get_parts([ground.edges[i].geometry for i in kept], return_index=True)
    coordinates, part = shapely.get_coordinates(parts, return_index=True)
    step = np.diff(coordinates, axis=0)
    segment = np.flatnonzero((part[:-1] == part[1:]) & step.any(axis=1))
    a, d, of = coordinates[segment], step[segment], edge[part[segment]]
    return Segments(
        ax=np.ascontiguousarray(a[:, 0]),
        ay=np.ascontiguousarray(a[:, 1]),
        dx=np.ascontiguousarray(d[:, 0]),
        dy=np.ascontiguousarray(d[:, 1]),
        accuracy=np.array([ground.edges[i].accuracy_m for i in kept], np.float64)[of],
        group=group[of].astype(np.intp),
        active=active,
    )


def _answers(ground: Ground, question: Question) -> NDArray[np.bool_]:
    """In which states each edge answers a question, ``[edge, state]``."""
    if question == "border":
        return np.array([[edge.is_border] for edge in ground.edges], bool).reshape(-1, 1)
    days = time_slices(ground).days
    answers = np.zeros((len(ground.edges), len(days)), bool)
    for column, day in enumerate(days):
        for row, (_, kind, changes) in enumerate(edges_on(ground, day)):
            line = kind == "line-of-control"
            answers[row, column] = line if question == "line-of-control" else changes and not line
    return answers

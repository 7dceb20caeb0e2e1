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
Question = Literal["line-of-control", "border", "other-change", "change", "reach"]
"""What is asked of the edges: the line between the sides in a state, the border of a republic (which has one state only),
or the other edges across which the holder changes in a state.  The last is asked only for edges within whose own error
a point lies; ``change`` asks for all edges across which the holder changes, however far away.  ``reach`` asks how far it is
to other ground, without regard to errors, for each of the :func:`aims` of each state: state ``s``, aim ``n`` is ``s * aims + n``."""


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


@lru_cache(maxsize=10)
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
        accuracy=np.array([0 if question == "reach" else ground.edges[i].accuracy_m for i in kept], np.float64)[of],
        group=group[of].astype(np.intp),
        active=active,
    )


def _answers(ground: Ground, question: Question) -> NDArray[np.bool_]:
    """In which states each edge answers a question, ``[edge, state]``."""
    if question == "border":
        return np.array([[edge.is_border] for edge in ground.edges], bool).reshape(-1, 1)
    if question == "reach":
        return _reach(ground)
    days = time_slices(ground).days
    answers = np.zeros((len(ground.edges), len(days)), bool)
    for column, day in enumerate(days):
        for row, (_, kind, changes) in enumerate(edges_on(ground, day)):
            line = kind == "line-of-control"
            answers[row, column] = {"line-of-control": line, "change": changes}.get(question, changes and not line)
    return answers


def aims(ground: Ground) -> int:
    """How many kinds of ground ``reach`` looks for in each state.

    Ground with another answer (0), ground that a controller holds or may hold (1 and its number), and what is not mapped
    (the last); a point within such ground looks for its end.
    """
    return len(time_slices(ground).names["controller"]) + 2


def _reach(ground: Ground) -> NDArray[np.bool_]:
    """Across which edges each aim of each state begins or ends, ``[edge, state * aims + aim]``."""
    table = time_slices(ground)
    number = {piece.id: row for row, piece in enumerate(ground.pieces)} | {None: -1}
    left = np.array([number[edge.left] for edge in ground.edges], np.intp)
    right = np.array([number.get(edge.right, -1) for edge in ground.edges], np.intp)
    answers = np.zeros((len(ground.edges), len(table.days), aims(ground)), bool)
    for column in (table.controller, table.other, table.zones, table.clauses, table.certain):
        answers[:, :, 0] |= column[left] != column[right]
    for holder in range(len(table.names["controller"])):
        possible = (table.controller == holder) | (table.other == holder)
        answers[:, :, 1 + holder] = possible[left] != possible[right]
    answers[:, :, -1] = (right < 0)[:, None]
    return answers.reshape(len(ground.edges), -1)

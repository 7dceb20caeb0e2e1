"""A quadtree of the few segments of edges that can matter to the points of each leaf.

A leaf keeps a segment *w* unless, for every point of the leaf, another one leaves less room.  One point *q*
of a line that is active whenever *w* is, and no more accurate, suffices for that if it is nearer than *w* from all four
corners: ``|p-q|² - |p-w|²`` is the maximum of convex functions of *p*, so over the leaf it is greatest at a corner.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.attribution.piece_raster import CELL, OUTSIDE, piece_raster
from geodata.attribution.time_slices import time_slices
from geodata.control import METRES_PER_DEGREE
from geodata.edges import edges_on
from geodata.ground import Ground

Floats = NDArray[np.float64]
Question = Literal["line-of-control", "border", "other-change"]
"""What is asked of the edges: the line between the sides in a state, the border of a republic (which has one state only),
or the other edges across which the holder changes in a state.  The last is asked only for edges within whose own error
a point lies; its tree leaves out what is farther."""
LEAF = 2 * CELL
"""Side of the smallest leaf, degrees."""
LEVELS = 5
"""The root cells are 2**LEVELS leaves wide."""
FEW = 4
"""A cell with no more segments than this is not split."""


@dataclass(frozen=True, eq=False)
class Segments:
    """Segments of all edges that answer a question in some state (degrees), and their groups.

    A group has one accuracy (m) and one set of states in which it answers, ``active[group, state]``.
    """

    ax: Floats
    ay: Floats
    dx: Floats
    dy: Floats
    group: NDArray[np.intp]
    active: NDArray[np.bool_]
    accuracy: NDArray[np.int32]

    @cached_property
    def lines(self) -> Floats:
        """``ax, ay, dx, dy`` and accuracy of each segment in one row, for one reach into memory instead of five."""
        return np.column_stack([self.ax, self.ay, self.dx, self.dy, self.accuracy[self.group]])

    @cached_property
    def active_flat(self) -> NDArray[np.bool_]:
        """``active`` as one row, at ``group * states + state``."""
        return np.ascontiguousarray(self.active).ravel()


@dataclass(frozen=True, eq=False)
class SegmentQuadtree:
    """``leaf[row, column]`` of the finest cells, rows from the south; a leaf's segments are ``ids[start[l]:start[l+1]]``."""

    west: float
    south: float
    leaf: NDArray[np.int32]
    start: NDArray[np.intp]
    ids: NDArray[np.intp]
    segments: Segments

    def leaves(self, lat: Floats, lon: Floats) -> NDArray[np.int32]:
        """Leaf of each point; 0, the empty leaf, far outside the pieces."""
        row = ((lat - self.south) / LEAF).astype(np.intp)
        column = ((lon - self.west) / LEAF).astype(np.intp)
        rows, columns = self.leaf.shape
        beyond = (lat < self.south) | (row >= rows) | (lon < self.west) | (column >= columns)
        row[beyond] = column[beyond] = 0
        found = self.leaf[row, column]
        found[beyond] = 0
        return found


def squared(ax: Floats, ay: Floats, dx: Floats, dy: Floats) -> Floats:
    """Squared distance from the origin to the segments that start at ``a`` and go ``d``."""
    along = _along(ax, ay, dx, dy)
    x, y = ax + along * dx, ay + along * dy
    return np.asarray(x * x + y * y)


def _along(ax: Floats, ay: Floats, dx: Floats, dy: Floats) -> Floats:
    """Share of the way along each segment at which it is nearest to the origin."""
    length = dx * dx + dy * dy
    along = -(ax * dx + ay * dy) / np.where(length > 0, length, 1.0)
    return np.asarray(np.clip(along, 0.0, 1.0, out=along))


@lru_cache(maxsize=6)
def segments_of(ground: Ground, question: Question) -> Segments:
    """The segments of all edges that answer a question in some state."""
    divides = _active(ground, question)
    kept = np.flatnonzero(divides.any(axis=1))
    if not len(kept):
        none = np.zeros(0)
        return Segments(none, none, none, none, none.astype(np.intp), divides[:0], none.astype(np.int32))
    accuracy = np.array([edge.accuracy_m for edge in ground.edges], np.int64)
    kinds, group = np.unique(np.column_stack([accuracy, divides])[kept], axis=0, return_inverse=True)
    parts, edge = shapely.get_parts([ground.edges[i].geometry for i in kept], return_index=True)
    coordinates, part = shapely.get_coordinates(parts, return_index=True)
    joined = part[:-1] == part[1:]
    a, d = coordinates[:-1][joined], np.diff(coordinates, axis=0)[joined]
    return Segments(
        ax=np.ascontiguousarray(a[:, 0]),
        ay=np.ascontiguousarray(a[:, 1]),
        dx=np.ascontiguousarray(d[:, 0]),
        dy=np.ascontiguousarray(d[:, 1]),
        group=group.reshape(-1)[edge[part[:-1][joined]]].astype(np.intp),
        active=kinds[:, 1:].astype(bool),
        accuracy=kinds[:, 0].astype(np.int32),
    )


def _active(ground: Ground, question: Question) -> NDArray[np.bool_]:
    """In which states each edge answers a question, ``[edge, state]``."""
    if question == "border":
        return np.array([[edge.is_border] for edge in ground.edges], bool).reshape(-1, 1)
    days = time_slices(ground).days
    active = np.zeros((len(ground.edges), len(days)), bool)
    for column, day in enumerate(days):
        for row, (_, kind, changes) in enumerate(edges_on(ground, day)):
            line = kind == "line-of-control"
            active[row, column] = line if question == "line-of-control" else changes and not line
    return active


@lru_cache(maxsize=6)
def segment_quadtree(ground: Ground, question: Question) -> SegmentQuadtree:
    """The quadtree over the bounds of the pieces."""
    segments = segments_of(ground, question)
    west, south, east, north = shapely.total_bounds(np.array([piece.geometry for piece in ground.pieces]))
    margin = _margin(ground, north)
    west, south = west - LEAF * (1 + margin), south - LEAF * (1 + margin)
    width = 2**LEVELS
    rows, columns = (
        int(side / LEAF / width) + 1
        for side in (north - south + LEAF * (1 + margin), east - west + LEAF * (1 + margin))
    )
    leaf = np.zeros((rows * width, columns * width), np.int32)
    inside = _inside(ground, leaf.shape, margin)
    cells = np.stack(np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij"), -1).reshape(-1, 2) * width
    lists = _Lists(np.repeat(np.arange(len(cells)), len(segments.ax)), np.tile(np.arange(len(segments.ax)), len(cells)))
    starts, ids, made = [np.zeros(2, np.int64)], [], 1  # leaf 0 is empty
    while len(cells):
        lists = _prune(segments, lists, cells, width, west, south, touching=question == "other-change")
        size = np.bincount(lists.cell, minlength=len(cells))
        done = (size <= FEW) | (width == 1)
        for (row, column), number in zip(cells[done].tolist(), np.arange(done.sum()) + made, strict=True):
            leaf[row : row + width, column : column + width] = number
        ids.append(lists.segment[done[lists.cell]])
        starts.append(size[done])
        made += int(done.sum())
        cells, lists = _split(cells, lists, ~done, width)
        width //= 2
        if len(cells):
            cells, lists = _only_inside(cells, lists, inside, width)
    return SegmentQuadtree(west, south, leaf, np.cumsum(np.concatenate(starts)),
                np.concatenate(ids), segments)  # fmt: skip


def _margin(ground: Ground, north: float) -> int:
    """How many leaves beyond the pieces a point may lie and still be within some border's error."""
    error = max((edge.accuracy_m for edge in ground.edges if edge.is_border), default=0)
    return int(error / (LEAF * METRES_PER_DEGREE * np.cos(np.radians(north + 1)))) + 1


def _inside(ground: Ground, shape: tuple[int, int], margin: int) -> NDArray[np.bool_]:
    """Finest cells that may hold a point of some piece or lie no more than ``margin`` cells from such a one.

    From the raster of pieces, whose cells are half as wide and shifted by one.
    """
    code = piece_raster(ground).code != OUTSIDE
    padded = np.zeros((2 * shape[0] + 4, 2 * shape[1] + 4), bool)
    start = 2 + 2 * margin
    padded[start : start + code.shape[0], start : start + code.shape[1]] = code
    # Finest cell n covers the raster's cells 2n-1 to 2n; one more on each side for rounding.
    wide = np.lib.stride_tricks.sliding_window_view(padded, (4, 4))[::2, ::2].any(axis=(2, 3))
    around = np.pad(np.asarray(wide)[: shape[0], : shape[1]], margin)
    reach = 2 * margin + 1
    return np.asarray(np.lib.stride_tricks.sliding_window_view(around, (reach, reach)).any(axis=(2, 3)))


def _only_inside(
    cells: NDArray[np.intp], lists: _Lists, inside: NDArray[np.bool_], width: int
) -> tuple[NDArray[np.intp], _Lists]:
    """Leave out the cells in which no piece lies."""
    blocks: NDArray[np.bool_] = np.any(
        inside.reshape(inside.shape[0] // width, width, inside.shape[1] // width, width), axis=(1, 3)
    )
    kept = blocks[cells[:, 0] // width, cells[:, 1] // width]
    pair = kept[lists.cell]
    return cells[kept], _Lists((np.cumsum(kept) - 1)[lists.cell[pair]], lists.segment[pair])


@dataclass(frozen=True)
class _Lists:
    """Segments that may matter to each cell, as pairs sorted by cell."""

    cell: NDArray[np.intp]
    segment: NDArray[np.intp]


def _split(
    cells: NDArray[np.intp], lists: _Lists, open_: NDArray[np.bool_], width: int
) -> tuple[NDArray[np.intp], _Lists]:
    """The four quarters of the open cells, each with the whole list of its cell."""
    half = width // 2
    quarters = np.array([[0, 0], [0, half], [half, 0], [half, half]])
    renumbered = np.cumsum(open_) - 1
    pair = open_[lists.cell]
    cell, segment = renumbered[lists.cell[pair]], lists.segment[pair]
    count = int(open_.sum())
    children = (cells[open_][None] + quarters[:, None]).reshape(-1, 2)
    return children, _Lists(np.concatenate([cell + count * i for i in range(4)]), np.tile(segment, 4))


def _prune(
    segments: Segments,
    lists: _Lists,
    cells: NDArray[np.intp],
    width: int,
    west: float,
    south: float,
    *,
    touching: bool,
) -> _Lists:
    """Leave out the segments that can't be the one that leaves the least room anywhere in their cell.

    With ``touching``, also those within whose error no point of the cell lies.
    """
    half = width * LEAF / 2
    x: Floats = np.asarray(west + cells[:, 1] * LEAF + half, np.float64)
    y: Floats = np.asarray(south + cells[:, 0] * LEAF + half, np.float64)
    stretch = np.cos(np.radians(y))
    bounds = np.cos(np.radians(np.stack([y - half, y + half]))) ** 2 / stretch**2
    slack = float(np.abs(bounds - 1).max()) + 1e-9  # squares in a point's own metric differ by no more than this share
    group = segments.group[lists.segment]
    near = _Relative.of(segments, lists, x, y, stretch)
    covers: NDArray[np.bool_] = np.all(
        segments.active[:, None] | ~segments.active[None], axis=-1
    )  # [v, w]: v is active whenever w is
    keep = _within_reach(
        segments,
        lists.cell,
        group,
        near.distance,
        covers,
        np.hypot(half * stretch, half),
        slack,
        touching=touching,
    )
    lists, group, near = _Lists(lists.cell[keep], lists.segment[keep]), group[keep], near.only(keep)
    covers &= segments.accuracy[:, None] >= segments.accuracy[None]
    keep = ~_behind(lists.cell, group, near, covers, np.stack([half * stretch, np.full_like(y, half)]), slack)
    return _Lists(lists.cell[keep], lists.segment[keep])


@dataclass(frozen=True)
class _Relative:
    """Segments as seen from the middle of their cell, on the plane of that middle; ``fx``, ``fy``: the nearest point."""

    ax: Floats
    ay: Floats
    dx: Floats
    dy: Floats
    fx: Floats
    fy: Floats
    distance: Floats

    @classmethod
    def of(cls, segments: Segments, lists: _Lists, x: Floats, y: Floats, stretch: Floats) -> _Relative:
        k = stretch[lists.cell]
        ax = (segments.ax[lists.segment] - x[lists.cell]) * k
        ay = segments.ay[lists.segment] - y[lists.cell]
        dx, dy = segments.dx[lists.segment] * k, segments.dy[lists.segment]
        along = _along(ax, ay, dx, dy)
        fx, fy = ax + along * dx, ay + along * dy
        return cls(ax, ay, dx, dy, fx, fy, np.hypot(fx, fy))

    def only(self, keep: NDArray[np.bool_]) -> _Relative:
        return _Relative(*(getattr(self, name)[keep] for name in self.__dataclass_fields__))


@dataclass(frozen=True, eq=False)
class _Pairs:
    """The groups that are in each cell, and which of them stand beside which.

    Attributes
    ----------
    of
        Pair (of cell and group) of each segment in the lists.
    nearest
        The segment of each pair that is nearest to the middle of its cell, as its place in the lists.
    group
        Group of each pair.
    left, right
        Every pair with every pair of the same cell, sorted by ``left``; ``start`` is where each ``left`` begins.
    """

    of: NDArray[np.intp]
    nearest: NDArray[np.intp]
    group: NDArray[np.intp]
    left: NDArray[np.intp]
    right: NDArray[np.intp]
    start: NDArray[np.intp]

    @classmethod
    def among(cls, cell: NDArray[np.intp], group: NDArray[np.intp], distance: Floats) -> _Pairs:
        key = cell * (int(group.max(initial=0)) + 1) + group
        order = np.argsort(key, kind="stable")  # nearly sorted already: the lists go by cell
        fresh = np.flatnonzero(np.diff(key[order], prepend=-1))
        of = np.empty(len(order), np.intp)
        of[order] = np.repeat(np.arange(len(fresh)), np.diff(fresh, append=len(order)))
        least = np.minimum.reduceat(distance[order], fresh) if len(order) else np.zeros(0)
        found = np.flatnonzero(distance == least[of])
        nearest = np.zeros(len(fresh), np.intp)
        nearest[of[found[::-1]]] = found[::-1]  # the first of equals is written last
        own = cell[nearest]
        first, size = (np.searchsorted(own, own, side) for side in ("left", "right"))
        beside = size - first  # pairs in the same cell
        start = np.cumsum(beside) - beside
        left = np.repeat(np.arange(len(nearest)), beside)
        right = first[left] + np.arange(len(left)) - start[left]
        return cls(of, nearest, group[nearest], left, right, start)

    def least(self, value: Floats, covers: NDArray[np.bool_]) -> tuple[Floats, NDArray[np.intp]]:
        """For each pair the least value among the pairs beside it whose group covers its own, and which pair that is."""
        beside = np.where(covers[self.group[self.right], self.group[self.left]], value[self.right], np.inf)
        least = np.minimum.reduceat(beside, self.start) if len(beside) else np.zeros(0)
        found = np.flatnonzero(beside == least[self.left])
        which = np.zeros(len(least), np.intp)
        which[self.left[found[::-1]]] = self.right[found[::-1]]  # the first of equals is written last
        return least, which


def _within_reach(
    segments: Segments,
    cell: NDArray[np.intp],
    group: NDArray[np.intp],
    distance: Floats,
    covers: NDArray[np.bool_],
    radius: Floats,
    slack: float,
    *,
    touching: bool,
) -> NDArray[np.bool_]:
    """Whether a segment's least possible room in its cell is below the greatest that some covering line leaves."""
    accuracy = segments.accuracy / METRES_PER_DEGREE
    pairs = _Pairs.among(cell, group, distance)
    room, _ = pairs.least(distance[pairs.nearest] * (1 + slack) - accuracy[pairs.group], covers)
    reach = radius[cell]
    least = (distance - reach) * (1 - slack) - accuracy[group]
    most = room[pairs.of] + reach * (1 + slack)
    return np.asarray(least <= (np.minimum(most, 0) if touching else most))


def _behind(
    cell: NDArray[np.intp],
    group: NDArray[np.intp],
    near: _Relative,
    covers: NDArray[np.bool_],
    half: Floats,
    slack: float,
) -> NDArray[np.bool_]:
    """Whether one point of a covering line is nearer than the segment from all four corners of the cell."""
    pairs = _Pairs.among(cell, group, near.distance)
    _, chosen = pairs.least(near.distance[pairs.nearest], covers)
    rival = pairs.nearest[chosen[pairs.of]]
    qx, qy = near.fx[rival], near.fy[rival]
    behind: NDArray[np.bool_] = np.ones(len(cell), bool)
    for east, north in ((-1, -1), (-1, 1), (1, -1), (1, 1)):
        x, y = east * half[0][cell], north * half[1][cell]
        own = squared(near.ax - x, near.ay - y, near.dx, near.dy)
        behind &= ((qx - x) ** 2 + (qy - y) ** 2) * (1 + slack) < own * (1 - slack)
    return behind

"""A quadtree of the few segments of edges that can matter to the points of each leaf.

A cell keeps a segment *w* of accuracy *a* unless, for every point *p* of the cell, a rival leaves less room: one point *q*
of a line of accuracy *b* that is active whenever *w* is.  Two tests find most of the segments that have such a rival:

- by the circle around the cell: ``|p-w| - a`` and ``|p-q| - b`` differ from their values in the middle by no more than the
  radius;
- by the corners: ``|p-q|² - |p-w|²`` is the maximum of convex functions of *p*, so over the cell it is greatest at a corner.
  Where it is no more than *M*, ``|p-q| - |p-w|`` is no more than ``M / (|p-q| + |p-w|)``, which is to be less than ``b - a``.

A segment that is the best at some point of a cell is never left out, since its rival would have to be better there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.attribution.edge_segments import Floats, Question, Segments, segments_of
from geodata.attribution.piece_raster import CELL, OUTSIDE, piece_raster
from geodata.control import METRES_PER_DEGREE
from geodata.ground import Ground

Numbers = NDArray[np.intp]
Flags = NDArray[np.bool_]
LEAF = 2 * CELL
"""Side of the smallest leaf, degrees."""
LEVELS = 7
"""The root cells are 2**LEVELS leaves wide."""
BLOCK = 16_384
"""Pairs of cell and segment that are looked at together."""
REACH = 26_000
"""Metres beyond the pieces for which the index of ``reach`` answers."""
FEW = 4
"""A cell with no more segments than this is not split."""


@dataclass(frozen=True, eq=False)
class SegmentQuadtree:
    """``leaf[row, column]`` of the finest cells, rows from the south; a leaf's segments are ``ids[start[l]:start[l+1]]``.

    Leaves are numbered from the one with the most segments to the one with none.
    """

    west: float
    south: float
    leaf: NDArray[np.int32]
    start: Numbers
    ids: Numbers

    def leaves(self, lat: Floats, lon: Floats) -> NDArray[np.int32]:
        """Leaf of each point; the empty one far outside the pieces."""
        row = ((lat - self.south) / LEAF).astype(np.intp)
        column = ((lon - self.west) / LEAF).astype(np.intp)
        rows, columns = self.leaf.shape
        beyond = (lat < self.south) | (row >= rows) | (lon < self.west) | (column >= columns)
        row[beyond] = column[beyond] = 0
        found = self.leaf[row, column]
        found[beyond] = len(self.start) - 2
        return found


@lru_cache(maxsize=10)
def segment_quadtree(ground: Ground, question: Question) -> SegmentQuadtree:
    """The quadtree over the bounds of the pieces.

    That of ``other-change`` also leaves out the segments within whose error no point of a cell lies.
    """
    segments = segments_of(ground, question)
    # covers[v, w]: group v is active whenever w is.
    covers: Flags = np.all(segments.active[:, None] | ~segments.active[None], axis=-1)
    west, south, east, north = shapely.total_bounds(np.array([piece.geometry for piece in ground.pieces]))
    margin = _margin(ground, north, REACH if question == "reach" else 0)
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
    sizes, ids, made = [np.zeros(1, np.intp)], [], 1  # leaf 0 is empty
    while len(cells):
        bounds = _Cells.of(cells, width, west, south)
        lists = _pruned(segments, covers, lists, bounds, touching=question == "other-change")
        size = np.bincount(lists.cell, minlength=len(cells))
        done = (size <= FEW) | (width == 1)
        ended = cells[done] // width
        blocks = leaf.reshape(leaf.shape[0] // width, width, leaf.shape[1] // width, width).swapaxes(1, 2)
        blocks[ended[:, 0], ended[:, 1]] = np.arange(made, made + len(ended))[:, None, None]
        ids.append(lists.segment[done[lists.cell]])
        sizes.append(size[done])
        made += len(ended)
        cells, lists = _split(cells, lists, ~done, width)
        width //= 2
        if len(cells):
            cells, lists = _only_inside(cells, lists, inside, width)
    return _longest_first(SegmentQuadtree(west, south, leaf, _starts(np.concatenate(sizes)), np.concatenate(ids)))


def _starts(sizes: Numbers) -> Numbers:
    """Where each list begins, and the last one ends."""
    return np.concatenate([[0], np.cumsum(sizes)])


def _longest_first(tree: SegmentQuadtree) -> SegmentQuadtree:
    """The same tree with its leaves in the order of their numbers of segments."""
    size = np.diff(tree.start)
    order = np.argsort(-size, kind="stable")
    number = np.empty(len(order), np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    start = _starts(size[order])
    ids = np.arange(start[-1]) + np.repeat(tree.start[order] - start[:-1], size[order])
    return SegmentQuadtree(tree.west, tree.south, number[tree.leaf], start, tree.ids[ids])


def _margin(ground: Ground, north: float, least: float) -> int:
    """How many leaves beyond the pieces a point may lie and still be within some border's error, or so many metres."""
    error = max((least, *(edge.accuracy_m for edge in ground.edges if edge.is_border)))
    return int(error / (LEAF * METRES_PER_DEGREE * np.cos(np.radians(north + 1)))) + 1


def _inside(ground: Ground, shape: tuple[int, int], margin: int) -> Flags:
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


@dataclass(frozen=True)
class _Lists:
    """Segments that may matter to each cell, as pairs sorted by cell and segment."""

    cell: Numbers
    segment: Numbers

    def only(self, kept: Flags) -> _Lists:
        """Some of the pairs."""
        return _Lists(self.cell[kept], self.segment[kept])

    def blocks(self) -> Iterator[_Lists]:
        """All pairs, in blocks of whole cells that the processor's cache can hold."""
        cuts = np.unique(np.searchsorted(self.cell, self.cell[BLOCK::BLOCK]))
        for first, last in pairwise([0, *cuts.tolist(), len(self.cell)]):
            yield _Lists(self.cell[first:last], self.segment[first:last])


def _split(cells: Numbers, lists: _Lists, open_: Flags, width: int) -> tuple[Numbers, _Lists]:
    """The four quarters of the open cells, each with the whole list of its cell."""
    half = width // 2
    quarters = np.array([[0, 0], [0, half], [half, 0], [half, half]])
    cells, lists = _of_cells(cells, lists, open_)
    children = (cells[None] + quarters[:, None]).reshape(-1, 2)
    cell = np.concatenate([lists.cell + len(cells) * quarter for quarter in range(4)])
    return children, _Lists(cell, np.tile(lists.segment, 4))


def _only_inside(cells: Numbers, lists: _Lists, inside: Flags, width: int) -> tuple[Numbers, _Lists]:
    """Leave out the cells in which no piece lies."""
    rows, columns = inside.shape
    blocks: Flags = np.any(inside.reshape(rows // width, width, columns // width, width), axis=(1, 3))
    return _of_cells(cells, lists, blocks[cells[:, 0] // width, cells[:, 1] // width])


def _of_cells(cells: Numbers, lists: _Lists, kept: Flags) -> tuple[Numbers, _Lists]:
    """Some of the cells, with their lists."""
    lists = lists.only(kept[lists.cell])
    return cells[kept], _Lists((np.cumsum(kept) - 1)[lists.cell], lists.segment)


@dataclass(frozen=True)
class _Cells:
    """Middles (degrees), and half sides and radii on the plane of the middle.

    Squares of distances in the metric of any point of a cell differ by no more than the share ``slack`` from those there.
    """

    x: Floats
    y: Floats
    stretch: Floats
    half: tuple[Floats, Floats]
    radius: Floats
    slack: float

    @classmethod
    def of(cls, cells: Numbers, width: int, west: float, south: float) -> _Cells:
        half = width * LEAF / 2
        x: Floats = np.asarray(west + cells[:, 1] * LEAF + half, np.float64)
        y: Floats = np.asarray(south + cells[:, 0] * LEAF + half, np.float64)
        stretch = np.cos(np.radians(y))
        bounds = np.cos(np.radians(np.stack([y - half, y + half]))) ** 2 / stretch**2
        slack = float(np.abs(bounds - 1).max()) + 1e-9
        return cls(x, y, stretch, (half * stretch, np.full_like(y, half)), np.hypot(half * stretch, half), slack)


@dataclass(frozen=True)
class _Relative:
    """Segments as seen from the middle of their cell, on its plane; ``fx``, ``fy``: the nearest point; all in degrees."""

    ax: Floats
    ay: Floats
    dx: Floats
    dy: Floats
    fx: Floats
    fy: Floats
    distance: Floats
    accuracy: Floats

    @classmethod
    def of(cls, segments: Segments, lists: _Lists, cells: _Cells) -> _Relative:
        stretch = cells.stretch[lists.cell]
        ax = (segments.ax[lists.segment] - cells.x[lists.cell]) * stretch
        ay = segments.ay[lists.segment] - cells.y[lists.cell]
        dx, dy = segments.dx[lists.segment] * stretch, segments.dy[lists.segment]
        fx, fy = nearest_points(ax, ay, dx, dy)
        accuracy = segments.accuracy[lists.segment] / METRES_PER_DEGREE
        return cls(ax, ay, dx, dy, fx, fy, np.sqrt(fx * fx + fy * fy), accuracy)

    def only(self, kept: Numbers) -> _Relative:
        """Some of the segments."""
        return _Relative(*(getattr(self, name)[kept] for name in self.__dataclass_fields__))


def nearest_points(ax: Floats, ay: Floats, dx: Floats, dy: Floats) -> tuple[Floats, Floats]:
    """The point of each segment, from ``a`` going ``d`` (not zero), that is nearest to the origin."""
    along = ax * dx
    along += ay * dy
    length = dx * dx
    length += dy * dy
    along /= length
    np.clip(along, -1.0, 0.0, out=along)
    return ax - along * dx, ay - along * dy


def _pruned(segments: Segments, covers: Flags, lists: _Lists, cells: _Cells, *, touching: bool) -> _Lists:
    """The segments that may be the one that leaves the least room somewhere in their cell.

    With ``touching``, only those within whose error a point of the cell may lie.
    """
    kept = [_kept(segments, covers, block, cells, touching=touching) for block in lists.blocks()]
    return lists.only(np.concatenate(kept))


def _kept(segments: Segments, covers: Flags, lists: _Lists, cells: _Cells, *, touching: bool) -> Flags:
    more, less = 1 + cells.slack, 1 - cells.slack
    near = _Relative.of(segments, lists, cells)
    room = near.distance * more - near.accuracy
    rival = _rivals(lists.cell, segments.group[lists.segment], room, covers)
    radius = cells.radius[lists.cell]
    most = room[rival] + radius * more
    kept: Flags = (near.distance - radius) * less - near.accuracy <= (np.minimum(most, 0) if touching else most)
    left = np.flatnonzero(kept)
    kept[left] = ~_behind(near.only(left), near.only(rival[left]), cells, lists.cell[left])
    return kept


def _rivals(cell: Numbers, group: Numbers, room: Floats, covers: Flags) -> Numbers:
    """For each segment the one of its cell, of a group that covers its own, that leaves the middle the least room.

    All are places in the lists, which are sorted by cell and group.
    """
    if not len(cell):
        return np.zeros(0, np.intp)
    # The best of each group in each cell …
    first = np.flatnonzero((np.diff(cell, prepend=-1) != 0) | (np.diff(group, prepend=-1) != 0))
    of = np.repeat(np.arange(len(first)), np.diff(first, append=len(cell)))
    best = _least(room, first, of)
    # … and beside each of them the best of every group in the same cell.
    own = cell[best]
    start, end = (np.searchsorted(own, own, side) for side in ("left", "right"))
    beside = np.cumsum(end - start)
    left = np.repeat(np.arange(len(own)), end - start)
    right = np.arange(len(left)) - np.repeat(beside - end, end - start)
    rooms = np.where(covers[group[best][right], group[best][left]], room[best][right], np.inf)
    chosen = right[_least(rooms, beside - end + start, left)]
    return np.asarray(best[chosen][of])


def _least(value: Floats, first: Numbers, of: Numbers) -> Numbers:
    """Where the least value of each run is; runs begin at ``first``, and ``of`` is the run of each value."""
    found = np.flatnonzero(value == np.minimum.reduceat(value, first)[of])
    where = np.empty(len(first), np.intp)
    where[of[found[::-1]]] = found[::-1]  # the first of equals is written last
    return where


def _behind(near: _Relative, rival: _Relative, cells: _Cells, cell: Numbers) -> Flags:
    """Whether a segment's rival, by its point nearest to the middle, leaves less room in all of the cell."""
    most = np.full(len(cell), -np.inf)
    half_x, half_y = (half[cell] for half in cells.half)
    for x, y in ((-half_x, -half_y), (-half_x, half_y), (half_x, -half_y), (half_x, half_y)):
        own_x, own_y = nearest_points(near.ax - x, near.ay - y, near.dx, near.dy)
        own = own_x * own_x + own_y * own_y
        other = (rival.fx - x) ** 2 + (rival.fy - y) ** 2
        np.maximum(most, other * (1 + cells.slack) - own * (1 - cells.slack), out=most)
    gain, both, radius = rival.accuracy - near.accuracy, near.distance + rival.distance, 2 * cells.radius[cell]
    least_sum, greatest_sum = (both - radius).clip(0) * (1 - cells.slack), (both + radius) * (1 + cells.slack)
    return np.asarray(most < gain * np.where(gain >= 0, least_sum, greatest_sum))

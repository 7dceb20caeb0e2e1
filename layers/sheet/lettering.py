"""Sets names on a map so that none lies on another, on a line or on a symbol: each at the first free place of several."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import asdict, dataclass, field
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import shapely

from layers.sheet.fonts import MM_PER_PT, printable, width_mm
from layers.sheet.projection import MapExtent

Box = tuple[float, float, float, float]
"""Left, top, right and lower edge in mm from the upper left corner of the map."""
Leader = Box
"""From the name to what it names, in mm."""
INK = "#1d1b20"
AIR = 0.35
"""Space in mm that a name keeps from everything."""
LEADING = 1.16
"""Distance of base lines in terms of the size of type."""
DOT = 0.7
"""Half of the room in mm that a dot takes."""
FAR = 0.05
"""A leader of such a share of the map's width is a third as bad as nobody's ground instead of the holder's own, ..."""
FAR_MM = 8.0
"""... or, on a large map, one of so many mm."""
AT_ONCE = 192
"""Places that are tried together: most names find room among the first."""
AROUND = ((1, 0), (1, -1), (1, 1), (-1, 0), (-1, -1), (-1, 1), (0, -1), (0, 1))
"""Where a name may stand beside its point: to the right first."""


@dataclass(frozen=True)
class Style:
    """How a name is set; ``badge`` is a clause in a filled field before it, ``tracking`` in terms of the size."""

    size: float
    color: str = INK
    bold: bool = False
    tracking: float = 0.0
    badge: str = ""

    @property
    def field(self) -> float:
        """Width of the badge in mm."""
        return width_mm(self.badge, self.size * 0.9, bold=True) + self.size * 0.17 if self.badge else 0.0

    def extent(self, rows: Sequence[str]) -> tuple[float, float]:
        """Width and height in mm of some lines, badge included."""
        wide = max((width_mm(row, self.size, bold=self.bold, tracking=self.tracking) for row in rows), default=0.0)
        gap = 0.7 if self.badge and rows else 0.0
        lines = max(1, len(rows))
        return self.field + gap + wide, self.size * MM_PER_PT * (1.02 + LEADING * (lines - 1))


Choice = tuple[Sequence[str], Style]
"""The lines of a name, and how they are set."""


@dataclass(frozen=True)
class Row:
    """A line of a name: where its base line begins, and the text."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Name:
    """A name that has been set: its box, its lines, and the leader to what it names."""

    box: Box
    rows: tuple[Row, ...]
    size: float
    color: str
    bold: bool
    tracking: float
    badge: str
    field: Box | None
    leader: Leader | None = None

    def told(self) -> dict[str, Any]:
        """As Typst gets it."""
        return asdict(self)


class _Spot(NamedTuple):
    """A place that was found for a name: how bad it is, which share of the candidates came before it, its box and leader."""

    badness: float
    share: float
    box: Box
    leader: Leader | None


@dataclass
class Lettering:
    """The names set so far on one map.

    Attributes
    ----------
    lines
        What no name may lie on, as lines in mm; split, so that an index finds the few that are near.
    grounds
        The ground of each holder in mm, so that a name stands on that of its place's holder.
    strange
        How bad it is that a name stands on the ground of another: nobody's is 3 (:meth:`_badness`).
    """

    frame: MapExtent
    lines: Iterable[Any] = ()
    grounds: Any = ()
    strange: float = 4.0
    names: list[Name] = field(default_factory=list)
    taken: list[Box] = field(default_factory=list)
    leaders: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.grounds = prepared(self.grounds)
        self.block(())

    def attempt(self, **other: Any) -> Lettering:
        """A copy to try names on, with other ``grounds`` or ``strange`` if need be; :meth:`adopt` takes the names over."""
        tried = copy(self)
        vars(tried).update(other)
        tried.names, tried.taken, tried.leaders = [*self.names], [*self.taken], [*self.leaders]
        return tried

    def adopt(self, tried: Lettering) -> None:
        """Take over what has been set on a copy."""
        self.names, self.taken, self.leaders = tried.names, tried.taken, tried.leaders

    def block(self, lines: Iterable[Any]) -> None:
        """Keep names off more lines, in mm."""
        self.lines = [*self.lines, *lines]
        self._tree = shapely.STRtree(_segments(self.lines))

    def reserve(self, x: float, y: float, width: float, height: float) -> None:
        """Keep names off a rectangle."""
        self.taken.append((x, y, x + width, y + height))

    def reserve_dot(self, x: float, y: float) -> None:
        """Keep names off the dot of a place; the leader of its own name may end there."""
        self.taken.append(_dot(x, y))

    def within(self, area: Any, choices: Iterable[Choice], *, near: tuple[float, float]) -> bool:
        """Set the first choice for which there is room wholly inside an area in mm, as near as can be to a place."""
        if area.is_empty:
            return False
        shapely.prepare(area)
        for rows, style in choices:
            boxes = _inside(area, near, style.extent(rows))
            for start in range(0, len(boxes), AT_ONCE):
                some = boxes[start : start + AT_ONCE]
                some = some[self._free(some)]
                found = some[shapely.contains(area, shapely.box(*some.T))]
                if len(found):
                    self._set(tuple(found[0].tolist()), rows, style)
                    return True
        return False

    def beside(
        self,
        x: float,
        y: float,
        choices: Sequence[Choice],
        *,
        gap: float = 1.2,
        led: float = 0.0,
        worst: float = math.inf,
    ) -> bool:
        """Set a name beside a point or, at most ``led`` mm away, with a leader to it; returns whether there was room.

        On the ground of the point's own holder where there is room, else on that of nobody, and only then on another's;
        nowhere as bad as ``worst`` (:meth:`_badness`).
        """
        extents = [style.extent(rows) for rows, style in choices]
        best = self._best(x, y, _around(x, y, extents, gap), worst)
        if led and (best is None or best.badness > 0):
            best = self._best(x, y, _ring(x, y, extents, led), best.badness if best else worst, leads=True) or best
        return self._set_best(best, choices)

    def led(self, x: float, y: float, choices: Sequence[Choice], *, most: float = 60) -> bool:
        """Set a name at some distance with a leader to a point, on the ground that :meth:`beside` prefers."""
        boxes = _ring(x, y, [style.extent(rows) for rows, style in choices], most)
        return self._set_best(self._best(x, y, boxes, math.inf, leads=True), choices)

    def _best(self, x: float, y: float, boxes: Any, worst: float, *, leads: bool = False) -> _Spot | None:
        """Where a name stands best of all boxes, of which each choice has as many; where equally well, the first."""
        leaders = _leaders(x, y, boxes)
        away = np.hypot(*(leaders[:, 0] - leaders[:, 1]).T) / min(FAR_MM, FAR * self.frame.w) * leads
        order = np.argsort(away, kind="stable")
        best = None
        for start in range(0, len(order), AT_ONCE):
            some = order[start : start + AT_ONCE]
            if away[some[0]] >= worst:
                break
            some = some[self._free(boxes[some])]
            badness = away[some] + self._badness(x, y, boxes[some], leaders[some] if leads else None)
            for at in np.argsort(badness, kind="stable").tolist():
                if badness[at] >= worst:
                    break
                leader = leaders[some[at]]
                if not leads or self._clear(leader, _dot(x, y)):
                    worst = float(badness[at])
                    told = tuple(leader.ravel().tolist()) if leads else None
                    best = _Spot(worst, some[at] / len(boxes), tuple(boxes[some[at]].tolist()), told)
                    break
        return best

    def _set_best(self, spot: _Spot | None, choices: Sequence[Choice]) -> bool:
        if spot:
            rows, style = choices[int(spot.share * len(choices))]
            self._set(spot.box, rows, style, leader=spot.leader)
        return spot is not None

    def _clear(self, leader: Any, own: Box) -> bool:
        """Whether a leader meets neither a name nor another leader."""
        line = shapely.LineString(leader)
        boxes = shapely.box(*np.array([box for box in self.taken if box != own] or [(0.0,) * 4]).T)
        return not shapely.intersects([*boxes, *self.leaders], line).any()

    def _badness(self, x: float, y: float, boxes: Any, leaders: Any) -> Any:
        """How badly each box stands: 0 on the ground of the point's holder, 3 on nobody's, ``strange`` on another's.

        Two more for each other holder whose ground its leader, if it has one, crosses.
        """
        away = shapely.distance(self.grounds, shapely.Point(x, y))
        if not len(boxes) or not len(away) or away.min() > DOT:
            return 0.0 * boxes[:, 0]
        own = int(away.argmin())
        shapes = shapely.box(*boxes.T)
        strange, crossed = np.zeros((2, len(boxes)), dtype=int)
        for other in np.delete(self.grounds, own):
            strange |= shapely.intersects(other, shapes)
            if leaders is not None:
                crossed += shapely.intersects(other, shapely.linestrings(leaders))
        return (
            np.where(strange, self.strange, np.where(shapely.contains(self.grounds[own], shapes), 0, 3)) + 2 * crossed
        )

    def _free(self, boxes: Any) -> Any:
        """Numbers of the boxes that lie in the frame and on nothing."""
        left, top, right, low = (boxes + np.array([-AIR, -AIR, AIR, AIR])).T[:, :, None]
        west, north, east, south = np.reshape(self.taken, (-1, 4)).T
        hidden = ((right > west) & (left < east) & (low > north) & (top < south)).any(axis=1)
        inside = (left > 0.6) & (top > 0.6) & (right < self.frame.w - 0.6) & (low < self.frame.h - 0.6)
        where = np.flatnonzero(inside[:, 0] & ~hidden)
        shapes = shapely.box(left[where, 0], top[where, 0], right[where, 0], low[where, 0])
        hit = np.isin(np.arange(len(where)), self._tree.query(shapes, predicate="intersects")[0])
        if self.leaders:
            hit |= shapely.intersects(shapes, shapely.multilinestrings(self.leaders))
        return where[~hit]

    def _set(self, box: Box, rows: Sequence[str], style: Style, leader: Leader | None = None) -> None:
        em = style.size * MM_PER_PT
        start = box[0] + style.field + (0.7 if style.badge and rows else 0.0)
        centred = len(rows) > 1 and not style.badge
        placed = []
        for number, text in enumerate(rows):
            wide = width_mm(text, style.size, bold=style.bold, tracking=style.tracking)
            x = (box[0] + box[2] - wide) / 2 if centred else start
            placed.append(Row(round(x, 3), round(box[1] + em * (0.8 + LEADING * number), 3), printable(text)))
        field = (box[0], box[1], box[0] + style.field, box[1] + em * 1.02) if style.badge else None
        kind = (style.size, style.color, style.bold, style.tracking, printable(style.badge))
        self.names.append(Name(box, tuple(placed), *kind, field, leader))
        self.taken.append((box[0] - AIR, box[1] - AIR, box[2] + AIR, box[3] + AIR))
        if leader:
            self.leaders.append(shapely.LineString([leader[:2], leader[2:]]))


def prepared(shapes: Sequence[Any]) -> Any:
    """Areas in mm, those that are not empty, ready to be asked many times."""
    found = np.array([shape for shape in shapes if not shape.is_empty], dtype=object)
    shapely.prepare(found)
    return found


def _dot(x: float, y: float) -> Box:
    return x - DOT, y - DOT, x + DOT, y + DOT


def _segments(lines: Iterable[Any]) -> Any:
    """Lines cut into pieces of two points each."""
    found = []
    for part in shapely.get_parts(shapely.get_parts(list(lines))) if lines else []:
        xy = shapely.get_coordinates(part)
        if len(xy) > 1:
            found.append(np.stack([xy[:-1], xy[1:]], axis=1))
    return shapely.linestrings(np.concatenate(found)) if found else np.array([], dtype=object)


def _inside(area: Any, near: tuple[float, float], extent: tuple[float, float]) -> Any:
    """Boxes of a size whose middles lie in an area, on a grid of 1.5 mm, the nearest to a place first."""
    width, height = extent
    west, north, east, south = area.bounds
    x = np.concatenate([[near[0]], np.arange(west + width / 2, east - width / 2 + 0.01, 1.5)])
    y = np.concatenate([[near[1]], np.arange(north + height / 2, south - height / 2 + 0.01, 1.5)])
    cx, cy = (values.ravel() for values in np.meshgrid(x, y))
    held = shapely.contains_xy(area, cx, cy)
    cx, cy = cx[held], cy[held]
    order = np.argsort((cx - near[0]) ** 2 + 3 * (cy - near[1]) ** 2, kind="stable")
    cx, cy = cx[order], cy[order]
    return np.column_stack([cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2])


def _around(x: float, y: float, extents: Sequence[tuple[float, float]], gap: float) -> Any:
    """Boxes of some sizes beside a point, the best of each size first."""
    boxes = []
    for (width, height), far, (side, level) in product(extents, (gap, gap + 1.2), AROUND):
        left = x + far if side > 0 else x - far - width if side < 0 else x - width / 2
        middle = y + level * (height * 0.6 + (far if side == 0 else 0))
        boxes.append((left, middle - height / 2, left + width, middle + height / 2))
    return np.array(boxes)


def _ring(x: float, y: float, extents: Sequence[tuple[float, float]], most: float) -> Any:
    """Boxes of some sizes all around a point."""
    half = np.array(extents)[:, None] / 2
    far, turn = np.meshgrid(np.arange(3.0, most, 1.5), np.linspace(0, 2 * math.pi, 32, endpoint=False), indexing="ij")
    way = np.column_stack([np.cos(turn).ravel(), np.sin(turn).ravel()])
    middle = (x, y) + (far.reshape(-1, 1) + half) * way
    return np.concatenate([middle - half, middle + half], axis=2).reshape(-1, 4)


def _leaders(x: float, y: float, boxes: Any) -> Any:
    """From the nearest point of each box to a point: an array of two ends each."""
    feet = np.column_stack([np.clip(x, boxes[:, 0], boxes[:, 2]), np.clip(y, boxes[:, 1], boxes[:, 3])])
    return np.stack([feet, np.broadcast_to((x, y), feet.shape)], axis=1)

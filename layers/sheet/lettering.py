"""Sets names on a map so that none lies on another, on a line or on a symbol: each at the first free place of several."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

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
FAR = 8.0
"""So many mm of a leader are a third as bad as nobody's ground instead of the holder's own."""
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


@dataclass
class Lettering:
    """The names set so far on one map.

    Attributes
    ----------
    lines
        What no name may lie on, as lines in mm; split, so that an index finds the few that are near.
    grounds
        The ground of each holder in mm, so that a name stands on that of its place's holder.
    """

    frame: MapExtent
    lines: Iterable[Any] = ()
    grounds: Sequence[Any] = ()
    names: list[Name] = field(default_factory=list)
    taken: list[Box] = field(default_factory=list)
    leaders: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        shapely.prepare(list(self.grounds))
        self.block(())

    def attempt(self) -> Lettering:
        """A copy to try names on; :meth:`adopt` takes them over."""
        tried = copy(self)
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
        for rows, style in choices:
            boxes = _inside(area, near, style.extent(rows))
            for start in range(0, len(boxes), AT_ONCE):
                some = boxes[start : start + AT_ONCE]
                if len(found := self._free(some)):
                    self._set(tuple(some[found[0]].tolist()), rows, style)
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
        return self._best(x, y, choices, partial(_around, gap=gap), led, worst)

    def led(self, x: float, y: float, choices: Sequence[Choice], *, most: float = 60) -> bool:
        """Set a name at some distance with a leader to a point, on the ground that :meth:`beside` prefers."""
        return self._best(x, y, choices, None, most)

    def _best(
        self, x: float, y: float, choices: Sequence[Choice], around: Any, led: float, worst: float = math.inf
    ) -> bool:
        """Set the choice that stands best; of those that stand equally well the first."""
        best: tuple[Box, Choice, Leader | None] | None = None
        for leads in (False, True):
            for rows, style in choices if (led if leads else around) else ():
                found = _ring(x, y, style.extent(rows), led) if leads else around(x, y, style.extent(rows))
                for start in range(0, len(found), AT_ONCE):
                    boxes = found[start : start + AT_ONCE]
                    if worst <= 0 or (leads and math.dist(*_leaders(x, y, boxes[:1])[0]) / FAR >= worst):
                        break
                    boxes = boxes[self._free(boxes)]
                    leaders = _leaders(x, y, boxes)
                    badness = self._badness(x, y, boxes, leaders, leads=leads)
                    for at in np.argsort(badness, kind="stable").tolist():
                        if badness[at] >= worst:
                            break
                        if not leads or self._clear(leaders[at], _dot(x, y)):
                            worst = float(badness[at])
                            leader = tuple(leaders[at].ravel().tolist()) if leads else None
                            best = tuple(boxes[at].tolist()), (rows, style), leader
                            break
        if best:
            box, choice, leader = best
            self._set(box, *choice, leader=leader)
        return best is not None

    def _clear(self, leader: Any, own: Box) -> bool:
        """Whether a leader meets neither a name nor another leader."""
        line = shapely.LineString(leader)
        boxes = shapely.box(*np.array([box for box in self.taken if box != own] or [(0.0,) * 4]).T)
        return not shapely.intersects([*boxes, *self.leaders], line).any()

    def _badness(self, x: float, y: float, boxes: Any, leaders: Any, *, leads: bool) -> Any:
        """How badly each box stands: 0 on the ground of the point's holder, 3 on nobody's, 4 on another holder's.

        With a leader more the longer it is, and two more where it crosses ground of another holder.
        """
        badness = np.hypot(*np.diff(leaders, axis=1)[:, 0].T) / FAR if leads else np.zeros(len(boxes))
        away = shapely.distance(list(self.grounds), shapely.Point(x, y))
        if not len(boxes) or not len(away) or away.min() > DOT:
            return badness
        own = self.grounds[int(away.argmin())]
        shapes, lines = shapely.box(*boxes.T), shapely.linestrings(leaders)
        others = [ground for ground in self.grounds if ground is not own]
        strange = np.any([shapely.intersects(other, shapes) for other in others], axis=0)
        crossed = np.any([shapely.intersects(other, lines) for other in others], axis=0)
        return badness + np.where(strange, 4, np.where(shapely.contains(own, shapes), 0, 3)) + 2 * (crossed & leads)

    def _free(self, boxes: Any) -> Any:
        """Numbers of the boxes that lie in the frame and on nothing."""
        left, top, right, low = (boxes + np.array([-AIR, -AIR, AIR, AIR])).T
        free = (left > 0.6) & (top > 0.6) & (right < self.frame.w - 0.6) & (low < self.frame.h - 0.6)
        for other in self.taken:
            free &= (right <= other[0]) | (left >= other[2]) | (low <= other[1]) | (top >= other[3])
        where = np.flatnonzero(free)
        shapes = shapely.box(left[where], top[where], right[where], low[where])
        hit = np.unique(self._tree.query(shapes, predicate="intersects")[0])
        kept = np.delete(np.arange(len(shapes)), hit)
        if self.leaders:
            crossed = shapely.intersects(shapes[kept], shapely.union_all(self.leaders))
            kept = kept[~crossed]
        return where[kept]

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
    """Boxes of a size wholly inside an area, on a grid of 1.5 mm, the nearest to a place first."""
    width, height = extent
    west, north, east, south = area.bounds
    x = np.concatenate([[near[0]], np.arange(west + width / 2, east - width / 2 + 0.01, 1.5)])
    y = np.concatenate([[near[1]], np.arange(north + height / 2, south - height / 2 + 0.01, 1.5)])
    cx, cy = (values.ravel() for values in np.meshgrid(x, y))
    shapely.prepare(area)
    held = shapely.contains_xy(area, cx, cy)
    cx, cy = cx[held], cy[held]
    order = np.argsort((cx - near[0]) ** 2 + 3 * (cy - near[1]) ** 2, kind="stable")
    cx, cy = cx[order], cy[order]
    boxes = np.column_stack([cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2])
    return boxes[shapely.contains(area, shapely.box(*boxes.T))]


def _around(x: float, y: float, extent: tuple[float, float], gap: float) -> Any:
    """Boxes of a size beside a point, the best first."""
    width, height = extent
    boxes = []
    for far in (gap, gap + 1.2):
        for side, level in AROUND:
            left = x + far if side > 0 else x - far - width if side < 0 else x - width / 2
            middle = y + level * (height * 0.6 + (far if side == 0 else 0))
            boxes.append((left, middle - height / 2, left + width, middle + height / 2))
    return np.array(boxes)


def _ring(x: float, y: float, extent: tuple[float, float], most: float) -> Any:
    """Boxes of a size all around a point, the nearest first."""
    half = np.array(extent) / 2
    far, turn = np.meshgrid(np.arange(3.0, most, 1.5), np.linspace(0, 2 * math.pi, 32, endpoint=False), indexing="ij")
    middle = np.column_stack(
        [x + (far + half[0]).ravel() * np.cos(turn).ravel(), y + (far + half[1]).ravel() * np.sin(turn).ravel()]
    )
    boxes = np.column_stack([middle - half, middle + half])
    away = np.hypot(*np.diff(_leaders(x, y, boxes), axis=1)[:, 0].T)
    return boxes[np.argsort(away, kind="stable")]


def _leaders(x: float, y: float, boxes: Any) -> Any:
    """From the nearest point of each box to a point: an array of two ends each."""
    feet = np.column_stack([np.clip(x, boxes[:, 0], boxes[:, 2]), np.clip(y, boxes[:, 1], boxes[:, 3])])
    return np.stack([feet, np.broadcast_to((x, y), feet.shape)], axis=1)

"""Sets names on a map so that none lies on another, on a line or on a symbol: each at the first free place of several."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

import numpy as np
import shapely

from layers.sheet import spots
from layers.sheet.fonts import MM_PER_PT, printable, width_mm
from layers.sheet.projection import MapExtent
from layers.sheet.spots import Box, prepared

Leader = Box
"""From the name to what it names, in mm."""
INK = "#1d1b20"
LEAST = 6.0
"""Size in points of the smallest type."""
AIR = 0.35
"""Space in mm that a name keeps from everything."""
LEADING = 1.16
"""Distance of base lines in terms of the size of type."""
FAR = 0.05
"""A leader of such a share of the map's width is a third as bad as nobody's ground instead of the holder's own, ..."""
FAR_MM = 8.0
"""... or, on a large map, one of so many mm."""
CLEAR = 1.3
"""So far in mm the name at the end of a leader stands from the dots of others, ..."""
NEARER = 0.5
"""... and so much nearer a name beside its dot stands to it than to any other."""
CUT = 4.0
"""How bad it is that a line runs between a name without a leader and its dot."""
CROSSED = 2
"""A leader lies on so many grounds at most: it crosses one line between them."""
AT_ONCE = 192
"""Places that are tried together: most names find room among the first."""


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
        return width_mm(self.badge, max(self.size * 0.9, LEAST), bold=True) + self.size * 0.17 if self.badge else 0.0

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
    """A name that has been set: its box, its lines, and the leader to what it names; ``spot`` is the point it was set for."""

    box: Box
    rows: tuple[Row, ...]
    size: float
    color: str
    bold: bool
    tracking: float
    badge: str
    field: Box | None
    leader: Leader | None = None
    spot: tuple[float, float] | None = None

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
        How bad it is that a name stands on the ground of another: nobody's is 3 (:func:`layers.sheet.spots.strangeness`).
    fences
        The borders between republics, in mm: no leader crosses one, so that no name stands in another republic than its place.
    dots
        Where places have a dot, or will have one: no name stands where it would be read as that of another's.
    """

    frame: MapExtent
    lines: Iterable[Any] = ()
    grounds: Any = ()
    strange: float = 4.0
    fences: Sequence[Any] = ()
    names: list[Name] = field(default_factory=list)
    taken: list[Box] = field(default_factory=list)
    leaders: list[Any] = field(default_factory=list)
    dots: list[tuple[float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.grounds = prepared(self.grounds)
        self.block(())

    def attempt(self, **other: Any) -> Lettering:
        """A copy to try names on, with other ``grounds`` or ``strange`` if need be; :meth:`adopt` takes the names over."""
        tried = copy(self)
        vars(tried).update(other)
        tried.names, tried.taken, tried.leaders, tried.dots = (
            [*self.names],
            [*self.taken],
            [*self.leaders],
            [*self.dots],
        )
        return tried

    def adopt(self, tried: Lettering) -> None:
        """Take over what has been set on a copy."""
        self.names, self.taken, self.leaders, self.dots = tried.names, tried.taken, tried.leaders, tried.dots

    def block(self, lines: Iterable[Any]) -> None:
        """Keep names off more lines, in mm."""
        self.lines = [*self.lines, *lines]
        self._tree = shapely.STRtree(spots.segments(self.lines))

    def reserve(self, x: float, y: float, width: float, height: float) -> None:
        """Keep names off a rectangle."""
        self.taken.append((x, y, x + width, y + height))

    def keep_off(self, name: Name, away: float) -> None:
        """Keep names some mm off a name."""
        left, top, right, low = name.box
        self.reserve(left - away, top - away, right - left + 2 * away, low - top + 2 * away)

    def add(self, name: Name) -> None:
        """Take over a name that was set on a copy."""
        self.names.append(name)
        self.keep_off(name, AIR)
        self.leaders += [shapely.LineString([name.leader[:2], name.leader[2:]])] if name.leader else []

    def reserve_dot(self, x: float, y: float) -> None:
        """Keep names off the dot of a place; the leader of its own name may end there."""
        if (x, y) not in self.dots:
            self.taken.append(spots.dot(x, y))
            self.dots.append((x, y))

    def misleads(self, x: float, y: float) -> bool:
        """Whether a name that is set would be read as that of a dot here."""
        return any(
            spots.distance(name.box, x, y) < (CLEAR if name.leader else spots.distance(name.box, *name.spot) + NEARER)
            for name in self.names
            if name.spot and name.spot != (x, y)
        )

    def within(self, area: Any, choices: Iterable[Choice], *, near: tuple[float, float]) -> bool:
        """Set the first choice for which there is room wholly inside an area in mm, as near as can be to a place."""
        if area.is_empty:
            return False
        shapely.prepare(area)
        for rows, style in choices:
            boxes = spots.inside(area, near, style.extent(rows))
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
        off: Any = None,
    ) -> bool:
        """Set a name beside a point or, at most ``led`` mm away, with a leader to it; returns whether there was room.

        On the ground of the point's own holder where there is room, else on that of nobody, and only then on another's;
        nowhere as bad as ``worst`` (:func:`layers.sheet.spots.strangeness`), and nearer to the point than to the shape ``off``.
        A leader crosses no more than one line between grounds.
        """
        extents = [style.extent(rows) for rows, style in choices]
        best = self._best(x, y, spots.around(x, y, extents, gap), worst, off=off)
        if led and (best is None or best.badness > 0):
            ring, most = spots.ring(x, y, extents, led), best.badness if best else worst
            best = self._best(x, y, ring, most, leads=True, strict=True, off=off) or best
        return self._set_best(best, choices, (x, y))

    def led(self, x: float, y: float, choices: Sequence[Choice], *, most: float = 60, worst: float = math.inf) -> bool:
        """Set a name at some distance with a leader to a point, on the ground that :meth:`beside` prefers."""
        boxes = spots.ring(x, y, [style.extent(rows) for rows, style in choices], most)
        return self._set_best(self._best(x, y, boxes, worst, leads=True), choices, (x, y))

    def _best(
        self,
        x: float,
        y: float,
        boxes: Any,
        worst: float,
        *,
        leads: bool = False,
        strict: bool = False,
        off: Any = None,
    ) -> _Spot | None:
        """Where a name stands best of all boxes, of which each choice has as many; where equally well, the first."""
        leaders = spots.leaders(x, y, boxes)
        away = np.hypot(*(leaders[:, 0] - leaders[:, 1]).T) / min(FAR_MM, FAR * self.frame.w) * leads
        order = np.argsort(away, kind="stable")
        best = None
        for start in range(0, len(order), AT_ONCE):
            some = order[start : start + AT_ONCE]
            if away[some[0]] >= worst:
                break
            some = some[self._free(boxes[some])]
            some = some[self._owned(x, y, boxes[some], leads=leads, off=off)]
            badness = away[some] + spots.strangeness(
                self.grounds, (x, y), boxes[some], leaders[some] if leads else None, self.strange
            )
            if not leads:
                badness += CUT * self._cut(leaders[some])
            for at in np.argsort(badness, kind="stable").tolist():
                if badness[at] >= worst:
                    break
                leader = leaders[some[at]]
                if not leads or self._clear(leader, spots.dot(x, y), strict=strict):
                    worst = float(badness[at])
                    told = tuple(leader.ravel().tolist()) if leads else None
                    best = _Spot(worst, some[at] / len(boxes), tuple(boxes[some[at]].tolist()), told)
                    break
        return best

    def _set_best(self, spot: _Spot | None, choices: Sequence[Choice], named: tuple[float, float]) -> bool:
        if spot:
            rows, style = choices[int(spot.share * len(choices))]
            self._set(spot.box, rows, style, leader=spot.leader, spot=named)
        return spot is not None

    def _owned(self, x: float, y: float, boxes: Any, *, leads: bool, off: Any) -> Any:
        """Which boxes are read as the name of a point: none at the dot of another or nearer to a shape."""
        away = np.hypot(*spots.offsets(boxes, x, y))
        others = np.reshape([dot for dot in self.dots if dot != (x, y)], (-1, 2))
        nearest = np.hypot(*spots.offsets(boxes[:, :, None], *others.T)).min(axis=1, initial=math.inf)
        owned = nearest >= (CLEAR if leads else away + NEARER)
        return owned if off is None else owned & (shapely.distance(off, shapely.box(*boxes.T)) > away)

    def _cut(self, leaders: Any) -> Any:
        """Between which names and their points a line runs."""
        return np.isin(
            np.arange(len(leaders)), self._tree.query(shapely.linestrings(leaders), predicate="intersects")[0]
        )

    def _clear(self, leader: Any, own: Box, *, strict: bool) -> bool:
        """Whether a leader meets neither a name nor another leader and, if ``strict``, crosses one line between grounds at most."""
        line = shapely.LineString(leader)
        if strict:
            crossed = shapely.get_parts(shapely.intersection(self.grounds, line))
            if np.count_nonzero(shapely.length(crossed)) > CROSSED:
                return False
        boxes = shapely.box(*np.array([box for box in self.taken if box != own] or [(0.0,) * 4]).T)
        return not shapely.intersects([*boxes, *self.leaders, *self.fences], line).any()

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

    def _set(
        self,
        box: Box,
        rows: Sequence[str],
        style: Style,
        leader: Leader | None = None,
        spot: tuple[float, float] | None = None,
    ) -> None:
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
        self.names.append(Name(box, tuple(placed), *kind, field, leader, spot))
        self.taken.append((box[0] - AIR, box[1] - AIR, box[2] + AIR, box[3] + AIR))
        if leader:
            self.leaders.append(shapely.LineString([leader[:2], leader[2:]]))

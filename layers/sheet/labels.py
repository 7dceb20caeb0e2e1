"""Sets names on a map so that none covers another: greedy, by rank, each name at the first free place around its point."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import shapely
from matplotlib import patheffects

from geodata.crs import to_metres
from geodata.ground import Ground
from geodata.model import Record
from layers.catalogue import style_of
from layers.sheet.page import GREY, INK, MM_PER_PT, Page, printable, width_mm
from layers.sheet.projection import MapExtent
from layers.sheet.scene import Scene
from layers.wording import Wording
from layers.wording.country_labels import labels

RANK_SCALE = ((4, 350_000), (3, 900_000), (2, 2_500_000), (1, 1e9))
"""Places of a rank are named on sheets up to this scale."""
COUNTRY_UNITS = {"l-armenia": "armenia", "l-azerbaijan": "azerbaijan", "l-nakhchivan": "nakhchivan"}
BACKGROUND = {"nkao", "captured-2020", "peacekeeping-zone"}
"""Wide zones behind others, named after them."""
SMALL_MM2 = 130.0
"""Zones smaller than this on paper are named beside, not inside."""
REGION_M = 8000
"""A place known no better than this is a region: it gets a name, but no dot."""
AROUND = ((1, 0), (1, -1), (1, 1), (-1, 0), (-1, -1), (-1, 1), (0, -1), (0, 1))
"""Where a name may stand beside its point: to the right first."""


@dataclass
class Lettering:
    """The names set so far on one map, as boxes in mm (left, top, right, bottom)."""

    page: Page
    frame: MapExtent
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def free(self, box: tuple[float, float, float, float]) -> bool:
        """Whether a box lies on the map and covers no other."""
        inside = self.frame.box
        if box[0] < inside.x + 1 or box[1] < inside.y + 1 or box[2] > inside.right - 1 or box[3] > inside.bottom - 1:
            return False
        return all(
            box[2] <= other[0] or box[0] >= other[2] or box[3] <= other[1] or box[1] >= other[3] for other in self.taken
        )

    def reserve(self, x: float, y: float, width: float, height: float) -> None:
        """Keep names off a rectangle in mm."""
        self.taken.append((x, y, x + width, y + height))

    def beside(
        self, x: float, y: float, text: str, size: float, *, weight: str = "normal", color: str = INK, gap: float = 1.3
    ) -> bool:
        """Set a name beside a point in mm; returns whether there was room."""
        width, height = width_mm(text, size, weight), size * MM_PER_PT
        for side, level in AROUND:
            left = x + gap if side > 0 else x - gap - width if side < 0 else x - width / 2
            base = y + height * 0.36 + level * (height * 0.75 + (gap if side == 0 else 0))
            if self._set(left, base, text, width, size, weight, color):
                return True
        return False

    def over(self, x: float, y: float, text: str, size: float, *, weight: str = "normal", color: str = INK) -> bool:
        """Set a name over a point in mm, or as near above or below as there is room."""
        width, height = width_mm(text, size, weight), size * MM_PER_PT
        shifts = [
            (0.0, 0.0),
            *((dx * height * 2, dy * height * 1.2) for dy in (0, 1, -1, 2, -2, 3, -3) for dx in (0, 1, -1, 2, -2)),
        ]
        return any(
            self._set(x - width / 2 + dx, y + height * 0.36 + dy, text, width, size, weight, color) for dx, dy in shifts
        )

    def inside(self, spots: Iterable[tuple[float, float]], lines: list[str], size: float, color: str) -> bool:
        """Set bold lines centred on the first spot (mm) at which they cover nothing; returns whether there was one."""
        step = size * MM_PER_PT * 1.18
        width = max(width_mm(text, size, "bold") for text in lines)
        for x, y in spots:
            top = y - step * len(lines) / 2
            box = (x - width / 2 - 0.4, top, x + width / 2 + 0.4, top + step * len(lines))
            if self.free(box):
                self.taken.append(box)
                for number, text in enumerate(lines):
                    left = x - width_mm(text, size, "bold") / 2
                    self.write(left, top + step * (number + 0.78), text, size, "bold", color)
                return True
        return False

    def fit(self, shape: Any, choices: Iterable[list[str]], size: float, color: str) -> bool:
        """Set the first choice of lines for which there is room inside an area in metres."""
        visible = shapely.intersection(shape, self.frame.area)
        if visible.is_empty:
            return False
        spots = _spots(visible, self.frame, self.frame.mm(*_middle(visible)))
        return any(self.inside(spots, lines, size, color) for lines in choices)

    def _set(self, left: float, base: float, text: str, width: float, size: float, weight: str, color: str) -> bool:
        height = size * MM_PER_PT
        box = (left - 0.4, base - height * 0.85, left + width + 0.4, base + height * 0.3)
        if not self.free(box):
            return False
        self.taken.append(box)
        self.write(left, base, text, size, weight, color)
        return True

    def write(self, left: float, base: float, text: str, size: float, weight: str, color: str) -> None:
        """A line with a pale halo; the halo is an outline of its own, so that the text on it stays text."""
        halo = [patheffects.Stroke(linewidth=size / 4.5, foreground="white", alpha=0.75)]
        for effects in (halo, []):
            self.page.axes.text(
                left, base, printable(text), fontsize=size, fontweight=weight, color=color, ha="left", va="baseline", parse_math=False,
                path_effects=effects, zorder=20 if effects else 21,
            )  # fmt: skip


def letter(lettering: Lettering, scene: Scene, record: Record, ground: Ground, wording: Wording) -> None:
    """Set all names of a map, the most important first."""
    _zones(lettering, scene, record, wording)
    places = _places_of(record, lettering.frame)
    _places(lettering, [place for place in places if place.rank == 1], wording)
    _countries(lettering, ground, wording)
    _points(lettering, scene, wording)
    _lines(lettering, scene, record, wording)
    _places(lettering, [place for place in places if place.rank > 1], wording)


def _zones(lettering: Lettering, scene: Scene, record: Record, wording: Wording) -> None:
    """Clause and name of each zone, in it where there is room, else beside it."""
    names = {zone.id: zone.names for zone in record.zones}
    for row in sorted(scene.zones, key=lambda row: row["layer"] in BACKGROUND):
        visible = shapely.intersection(row["geometry"], lettering.frame.area)
        x, y = lettering.frame.mm(*_middle(visible))
        hue, name = style_of(row["layer"])["hue"], wording.name(names[row["layer"]])
        title = f"{'/'.join(map(str, row['clauses']))} · {name}" if row["clauses"] else name
        size = 7.5 if row["layer"] in BACKGROUND else 8.5
        west, _, east, _ = visible.bounds
        half = (east - west) / lettering.frame.scale * 1000 / 2
        if visible.area / (lettering.frame.scale / 1000) ** 2 < SMALL_MM2:
            lettering.beside(x, y, title, size, weight="bold", color=hue, gap=half + 1)
            continue
        short = [title.partition(" / ")[0]]
        lettering.fit(visible, [_halves(title, size, 2 * half * 0.8), short, [title.partition(" · ")[0]]], size, hue)


def _spots(shape: Any, frame: MapExtent, middle: tuple[float, float]) -> list[tuple[float, float]]:
    """Points in mm inside an area, the middle first, then every 3 mm outwards."""
    steps = [(dx * 3.0, dy * 3.0) for dx in range(-7, 8) for dy in range(-7, 8)]
    metres = frame.scale / 1000
    centre = (frame.west + (middle[0] - frame.box.x) * metres, frame.north - (middle[1] - frame.box.y) * metres)
    inside = shapely.contains_xy(
        shape, [centre[0] + dx * metres for dx, _ in steps], [centre[1] - dy * metres for _, dy in steps]
    )
    found = [step for step, fits in zip(steps, inside, strict=True) if fits]
    found.sort(key=lambda step: (step[0] ** 2 + 4 * step[1] ** 2, step))
    return [middle, *((middle[0] + dx, middle[1] + dy) for dx, dy in found)]


def _halves(title: str, size: float, room: float) -> list[str]:
    """A double name in two lines where one line would be too wide."""
    first, slash, second = title.partition(" / ")
    return [f"{first} /", second] if slash and width_mm(title, size, "bold") > room else [title]


def _middle(shape: Any) -> tuple[float, float]:
    """The middle of the roomiest part of an area."""
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    if largest.geom_type != "Polygon":
        return float(shape.centroid.x), float(shape.centroid.y)
    middle = shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=1000), 0)
    return float(middle.x), float(middle.y)


def _places_of(record: Record, frame: MapExtent) -> list[Any]:
    rank = next(rank for rank, scale in RANK_SCALE if frame.scale <= scale)
    found = []
    for place in sorted(record.places, key=lambda place: (place.rank, place.id)):
        if place.lat is None or place.lon is None or place.rank > rank:
            continue
        point = to_metres(shapely.Point(place.lon, place.lat))
        if frame.holds(point.x, point.y):
            found.append(place)
    return found


def _position(place: Any, frame: MapExtent) -> tuple[float, float]:
    point = to_metres(shapely.Point(place.lon, place.lat))
    return frame.mm(point.x, point.y)


def _places(lettering: Lettering, places: Iterable[Any], wording: Wording) -> None:
    """Dots with names; a place whose name finds no room gets no dot either."""
    for place in places:
        x, y = _position(place, lettering.frame)
        first = place.rank == 1
        if not lettering.free((x - 0.7, y - 0.7, x + 0.7, y + 0.7)):
            continue
        if not lettering.beside(
            x, y, wording.name(place.names), 8 if first else 7, weight="bold" if first else "normal"
        ):
            continue
        lettering.reserve(x - 0.7, y - 0.7, 1.4, 1.4)
        if place.accuracy_m < REGION_M:
            _dot(lettering.page, x, y, 3.2 if first else 2.4)


def _dot(page: Page, x: float, y: float, size: float) -> None:
    page.axes.plot(
        [x],
        [y],
        marker="o",
        markersize=size,
        markerfacecolor=INK,
        markeredgecolor="white",
        markeredgewidth=0.5,
        zorder=19,
    )


def _countries(lettering: Lettering, ground: Ground, wording: Wording) -> None:
    """Countries in the roomiest part of what is seen of them, neighbours and waters where their label says."""
    frame = lettering.frame
    water = shapely.union_all([to_metres(item.geometry) for item in ground.base if item.kind == "lake"])
    for label in labels():
        unit = COUNTRY_UNITS.get(label["id"])
        point = to_metres(shapely.Point(label["lon"], label["lat"]))
        x, y = point.x, point.y
        if unit:
            parts = [to_metres(piece.geometry) for piece in ground.pieces if piece.unit == unit]
            visible = shapely.difference(shapely.intersection(shapely.union_all(parts), frame.area), water)
            if visible.area < frame.area.area * 0.03:
                continue
            x, y = _middle(visible)
        elif not frame.holds(x, y):
            continue
        color, size = ("#5f7f90", 7.5) if label["kind"] == "water" else (GREY, 10.5 if unit else 9)
        lettering.over(*frame.mm(x, y), wording.country(label["names"]), size, color=color)


def _points(lettering: Lettering, scene: Scene, wording: Wording) -> None:
    for row in scene.points:
        x, y = lettering.frame.mm(row["geometry"].centroid.x, row["geometry"].centroid.y)
        lettering.reserve(x - 1.2, y - 1.2, 2.4, 2.4)
    for row in scene.points:
        if row["layer"] == "events":
            continue
        x, y = lettering.frame.mm(row["geometry"].centroid.x, row["geometry"].centroid.y)
        names = {"neutral": row["name"], "az": row["name_az"], "hy": row["name_hy"], "ru": row["name_ru"]}
        lettering.beside(x, y, wording.name(names), 7, color=style_of(row["layer"])["hue"], gap=1.8)


def _lines(lettering: Lettering, scene: Scene, record: Record, wording: Wording) -> None:
    """A name for each line layer that a clause governs, at the middle of its longest part."""
    named = set()
    for row in scene.lines:
        if row["layer"] in named or not row["clauses"]:
            continue
        named.add(row["layer"])
        zone = next(zone for zone in record.zones if zone.id == row["layer"])
        visible = shapely.intersection(row["geometry"], lettering.frame.area)
        if visible.is_empty:
            continue
        longest = max(shapely.get_parts(visible), key=lambda part: part.length)
        middle = longest.interpolate(0.5, normalized=True)
        title = f"{'/'.join(map(str, row['clauses']))} · {wording.name(zone.names)}"
        lettering.beside(
            *lettering.frame.mm(middle.x, middle.y),
            title,
            7.5,
            weight="bold",
            color=style_of(row["layer"])["hue"],
            gap=2,
        )

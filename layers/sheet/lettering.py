"""Sets names on a map so that none covers another: greedy, by rank, each name at the first free place around its point."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import shapely
from matplotlib import patheffects

from geodata.ground import Ground
from geodata.model import Record
from layers.catalogue import style_of
from layers.labels import labels
from layers.sheet.metric import Frame, to_metric
from layers.sheet.page import GREY, INK, MM_PER_PT, Page, width_mm
from layers.sheet.scene import Scene
from layers.sheet.speech import Speech

RANK_SCALE = ((4, 350_000), (3, 900_000), (2, 2_500_000), (1, 1e9))
"""Places of a rank are named on sheets up to this scale."""
COUNTRY_UNITS = {"l-armenia": "armenia", "l-azerbaijan": "azerbaijan", "l-nakhchivan": "nakhchivan"}
AROUND = ((1, 0), (1, -1), (1, 1), (-1, 0), (-1, -1), (-1, 1), (0, -1), (0, 1))
"""Where a name may stand beside its point: to the right first."""


@dataclass
class Lettering:
    """The names set so far on one map, as boxes in mm (left, top, right, bottom)."""

    page: Page
    frame: Frame
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
        halo = [patheffects.Stroke(linewidth=size / 4, foreground="white", alpha=0.85)]
        for effects in (halo, []):
            self.page.axes.text(
                left, base, text, fontsize=size, fontweight=weight, color=color, ha="left", va="baseline", parse_math=False,
                path_effects=effects, zorder=20 if effects else 21,
            )  # fmt: skip


def letter(lettering: Lettering, scene: Scene, record: Record, ground: Ground, speech: Speech) -> None:
    """Set all names of a map, the most important first."""
    _zones(lettering, scene, record, speech)
    places = _places_of(record, lettering.frame)
    _dots(lettering, places)
    _places(lettering, [place for place in places if place.rank == 1], speech)
    _countries(lettering, ground, speech)
    _points(lettering, scene, speech)
    _lines(lettering, scene, record, speech)
    _places(lettering, [place for place in places if place.rank > 1], speech)


def _zones(lettering: Lettering, scene: Scene, record: Record, speech: Speech) -> None:
    names = {zone.id: zone.names for zone in record.zones}
    skipped = {"nkao", "captured-2020", "peacekeeping-zone"}
    for row in sorted(scene.zones, key=lambda row: row["layer"] in skipped):
        visible = shapely.intersection(row["geometry"], lettering.frame.area)
        x, y = lettering.frame.mm(*_middle(visible))
        hue, name = style_of(row["layer"])["hue"], speech.name(names[row["layer"]])
        title = f"{'/'.join(map(str, row['clauses']))} · {name}" if row["clauses"] else name
        lettering.over(x, y, title, 8.5 if row["layer"] not in skipped else 7.5, weight="bold", color=hue)


def _middle(shape: Any) -> tuple[float, float]:
    """The middle of the roomiest part of an area."""
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    if largest.geom_type != "Polygon":
        return float(shape.centroid.x), float(shape.centroid.y)
    middle = shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=1000), 0)
    return float(middle.x), float(middle.y)


def _places_of(record: Record, frame: Frame) -> list[Any]:
    rank = next(rank for rank, scale in RANK_SCALE if frame.scale <= scale)
    found = []
    for place in sorted(record.places, key=lambda place: (place.rank, place.id)):
        if place.lat is None or place.lon is None or place.rank > rank:
            continue
        point = to_metric(shapely.Point(place.lon, place.lat))
        if frame.holds(point.x, point.y):
            found.append(place)
    return found


def _position(place: Any, frame: Frame) -> tuple[float, float]:
    point = to_metric(shapely.Point(place.lon, place.lat))
    return frame.mm(point.x, point.y)


def _dots(lettering: Lettering, places: Iterable[Any]) -> None:
    for place in places:
        x, y = _position(place, lettering.frame)
        size = 3.2 if place.rank == 1 else 2.4
        lettering.page.axes.plot(
            [x],
            [y],
            marker="o",
            markersize=size,
            markerfacecolor=INK,
            markeredgecolor="white",
            markeredgewidth=0.5,
            zorder=19,
        )
        lettering.reserve(x - 0.7, y - 0.7, 1.4, 1.4)


def _places(lettering: Lettering, places: Iterable[Any], speech: Speech) -> None:
    for place in places:
        x, y = _position(place, lettering.frame)
        lettering.beside(
            x, y, speech.name(place.names), 8 if place.rank == 1 else 7, weight="bold" if place.rank == 1 else "normal"
        )


def _countries(lettering: Lettering, ground: Ground, speech: Speech) -> None:
    frame = lettering.frame
    for label in labels():
        point = to_metric(shapely.Point(label["lon"], label["lat"]))
        x, y = point.x, point.y
        if not frame.holds(x, y):
            unit = COUNTRY_UNITS.get(label["id"])
            parts = [to_metric(piece.geometry) for piece in ground.pieces if piece["unit"] == unit]
            visible = shapely.intersection(shapely.union_all(parts), frame.area) if parts else shapely.Point()
            if visible.area < frame.area.area * 0.04:
                continue
            x, y = _middle(visible)
        color, size = (
            ("#5f7f90", 7.5) if label["kind"] == "water" else (GREY, 10.5 if label["kind"] == "country" else 9)
        )
        lettering.over(*frame.mm(x, y), speech.country(label["names"]), size, color=color)


def _points(lettering: Lettering, scene: Scene, speech: Speech) -> None:
    for row in scene.points:
        x, y = lettering.frame.mm(row["geometry"].centroid.x, row["geometry"].centroid.y)
        lettering.reserve(x - 1.2, y - 1.2, 2.4, 2.4)
    for row in scene.points:
        if row["layer"] == "events":
            continue
        x, y = lettering.frame.mm(row["geometry"].centroid.x, row["geometry"].centroid.y)
        names = {"neutral": row["name"], "az": row["name_az"], "hy": row["name_hy"], "ru": row["name_ru"]}
        lettering.beside(x, y, speech.name(names), 7, color=style_of(row["layer"])["hue"], gap=1.8)


def _lines(lettering: Lettering, scene: Scene, record: Record, speech: Speech) -> None:
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
        title = f"{'/'.join(map(str, row['clauses']))} · {speech.name(zone.names)}"
        lettering.beside(
            *lettering.frame.mm(middle.x, middle.y),
            title,
            7.5,
            weight="bold",
            color=style_of(row["layer"])["hue"],
            gap=2,
        )

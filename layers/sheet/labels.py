"""Which names a map bears, the most important first: zones with their clauses, places, countries, points and lines."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import shapely

from geodata.crs import to_metres
from geodata.ground import Ground
from geodata.model import Record
from layers.catalogue import style_of
from layers.sheet.lettering import Lettering, Style
from layers.sheet.projection import MapExtent, metric
from layers.sheet.scene import Scene
from layers.wording import Wording
from layers.wording.country_labels import labels

GREY = "#5d5a54"
RANK_SCALE = ((4, 350_000), (3, 900_000), (2, 2_500_000), (1, 1e9))
"""Places of a rank are named on sheets up to this scale."""
COUNTRY_UNITS = {"l-armenia": "armenia", "l-azerbaijan": "azerbaijan", "l-nakhchivan": "nakhchivan"}
BACKGROUND = {"nkao", "captured-2020", "peacekeeping-zone", "districts"}
"""Wide zones behind others, named after them."""
LED_RANK = 2
"""Places up to this rank get a leader where there is no room beside them."""
LEADER_MM = 28
"""Longest leader of a place of the first rank; of the others half of it."""
REGION_M = 8000
"""A place known no better than this is a region: it gets a name, but no dot."""


def obstacles(scene: Scene, frame: MapExtent) -> list[Any]:
    """All lines that a name must not lie on, in mm."""
    lines = [shape for _, shape in scene.edges] + list(scene.borders)
    lines += [row["geometry"].boundary for row in scene.zones] + [row["geometry"] for row in scene.lines]
    shown = shapely.clip_by_rect(lines, frame.west, frame.south, frame.east, frame.north)
    return [line for line in frame.paper(shown) if not line.is_empty]


def letter(
    lettering: Lettering, scene: Scene, record: Record, ground: Ground, wording: Wording, *, few: bool = False
) -> list[dict[str, Any]]:
    """Set all names of a map; returns the dots of the places that are named.

    ``few``: a small map bears the clauses as badges, and places of the first rank.
    """
    frame = lettering.frame
    dots: list[dict[str, Any]] = []
    places = _places_of(record, frame)
    _keep_off_points(lettering, scene)
    first = [place for place in places if place.rank == 1]
    for place in first:
        lettering.reserve_dot(*_position(place, frame))
    if few:
        _badges(lettering, scene)
        _places(lettering, first, wording, dots, kept=True)
        return dots
    _zones(lettering, [row for row in scene.zones if row["layer"] not in BACKGROUND], record, wording)
    _places(lettering, first, wording, dots, kept=True)
    _zones(lettering, [row for row in scene.zones if row["layer"] in BACKGROUND], record, wording)
    _countries(lettering, ground, wording)
    _points(lettering, scene, wording)
    _lines(lettering, scene, record, wording)
    _places(lettering, [place for place in places if place.rank > 1], wording, dots)
    return dots


def _zones(lettering: Lettering, rows: list[Any], record: Record, wording: Wording) -> None:
    """Clause and name of each zone, in it where there is room, else at the end of a leader."""
    names = {zone.id: zone.names for zone in record.zones}
    frame = lettering.frame
    for row in rows:
        visible = frame.paper(shapely.intersection(row["geometry"], frame.area))
        if visible.is_empty:
            continue
        x, y = middle(visible)
        name = wording.name(names[row["layer"]])
        badge = "/".join(map(str, row["clauses"] or []))
        background = row["layer"] in BACKGROUND
        hue = style_of(row["layer"])["hue"]
        sizes = (7, 6.6, 6) if background else (8, 6.6, 6)
        styles = [Style(size, hue, bold=not background, badge=badge) for size in sizes]
        head, slash, tail = name.partition(" / ")
        forms = [[name]] + ([[f"{head} /", tail], [head]] if slash else [])
        if not lettering.within(visible, [(form, style) for style in styles for form in forms], near=(x, y)):
            lettering.led(x, y, forms[-1], styles[1])


def _badges(lettering: Lettering, scene: Scene) -> None:
    """The clause of each zone, without its name."""
    frame = lettering.frame
    for row in scene.zones:
        visible = frame.paper(shapely.intersection(row["geometry"], frame.area))
        if visible.is_empty or not row["clauses"] or row["layer"] in BACKGROUND:
            continue
        style = Style(6.4, style_of(row["layer"])["hue"], bold=True, badge="/".join(map(str, row["clauses"])))
        spot = middle(visible)
        if not lettering.within(visible, [([], style)], near=spot):
            lettering.led(*spot, [], style, most=20)


def middle(shape: Any, tolerance: float = 0.5) -> tuple[float, float]:
    """The middle of the roomiest part of an area."""
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    if largest.geom_type != "Polygon":
        return float(shape.centroid.x), float(shape.centroid.y)
    middle = shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=tolerance), 0)
    return float(middle.x), float(middle.y)


def _places_of(record: Record, frame: MapExtent) -> list[Any]:
    rank = next(rank for rank, scale in RANK_SCALE if frame.scale <= scale)
    found = []
    for place in sorted(record.places, key=lambda place: (place.rank, place.id)):
        if place.lat is None or place.lon is None or place.rank > rank:
            continue
        if frame.holds(*_metres(place.lon, place.lat)):
            found.append(place)
    return found


@lru_cache(maxsize=1024)
def _metres(lon: float, lat: float) -> tuple[float, float]:
    point = to_metres(shapely.Point(lon, lat))
    return float(point.x), float(point.y)


def _position(place: Any, frame: MapExtent) -> tuple[float, float]:
    return frame.mm(*_metres(place.lon, place.lat))


def _places(
    lettering: Lettering, places: Iterable[Any], wording: Wording, dots: list[dict[str, Any]], *, kept: bool = False
) -> None:
    """Dots with names; a place whose name finds no room gets no dot either.  ``kept``: their dots are reserved."""
    for place in places:
        x, y = _position(place, lettering.frame)
        first = place.rank == 1
        if not kept and any(
            box[0] < x + 0.7 and x - 0.7 < box[2] and box[1] < y + 0.7 and y - 0.7 < box[3] for box in lettering.taken
        ):
            continue
        style = Style(7.6 if first else 6.6, bold=first)
        name = wording.name(place.names)
        head, slash, tail = name.partition(" / ")
        forms = [[name]] + ([[f"{head} /", tail]] if slash else [])
        named = any(lettering.beside(x, y, form, style) for form in forms)
        most = LEADER_MM if first else LEADER_MM / 2
        if not named and place.rank <= LED_RANK:
            named = any(lettering.led(x, y, form, style, most=most) for form in forms)
        if not named:
            continue
        lettering.reserve_dot(x, y)
        if place.accuracy_m < REGION_M:
            dots.append({"x": round(x, 2), "y": round(y, 2), "r": 0.62 if first else 0.46})


def _countries(lettering: Lettering, ground: Ground, wording: Wording) -> None:
    """Countries in the roomiest part of what is seen of them, neighbours and waters where their label says."""
    frame = lettering.frame
    for label in labels():
        unit = COUNTRY_UNITS.get(label["id"])
        water = label["kind"] == "water"
        style = Style(6.8, "#4f7486") if water else Style(9 if unit else 7.8, GREY, tracking=0.08)
        text = wording.country(label["names"])
        text = text if water else text.upper()
        x, y = _metres(label["lon"], label["lat"])
        if unit:
            visible = frame.paper(shapely.intersection(_dry(ground, unit), frame.area))
            if visible.area < frame.w * frame.h * 0.03:
                continue
            near = middle(visible, 1.0)
        elif frame.holds(x, y):
            near = frame.mm(x, y)
            visible = shapely.Point(near).buffer(45 if not water else 14)
        else:
            continue
        rows = [text] if unit != "nakhchivan" else text.replace(" (", "\n(").split("\n")
        smaller = Style(7, style.color, tracking=style.tracking)
        lettering.within(visible, [(rows, style), (rows, smaller)], near=near)


@lru_cache(maxsize=8)
def _dry(ground: Ground, unit: str) -> Any:
    """Ground of a unit without the lakes, in metres."""
    land = shapely.union_all([metric(piece.geometry) for piece in ground.pieces if piece.unit == unit])
    water = shapely.union_all([metric(item.geometry) for item in ground.base if item.kind == "lake"])
    return shapely.simplify(shapely.difference(land, water), 300)


def _keep_off_points(lettering: Lettering, scene: Scene) -> None:
    for row in scene.points:
        x, y = lettering.frame.mm(row["geometry"].centroid.x, row["geometry"].centroid.y)
        lettering.reserve(x - 1.3, y - 1.3, 2.6, 2.6)


def _points(lettering: Lettering, scene: Scene, wording: Wording) -> None:
    """A name beside each symbol; a long one in lines of few words, so that it does not reach over other ground."""
    for row in scene.points:
        if row["layer"] == "events":
            continue
        x, y = lettering.frame.mm(row["geometry"].centroid.x, row["geometry"].centroid.y)
        names = {"neutral": row["name"], "az": row["name_az"], "hy": row["name_hy"], "ru": row["name_ru"]}
        style = Style(6.6, style_of(row["layer"])["hue"])
        lettering.beside(x, y, _broken(wording.name(names)), style, gap=1.9)


def _broken(text: str, most: int = 22) -> list[str]:
    """A text in lines of some letters."""
    rows = [""]
    for word in text.split():
        if rows[-1] and len(rows[-1]) + len(word) >= most:
            rows.append(word)
        else:
            rows[-1] = f"{rows[-1]} {word}".strip()
    return rows


def _lines(lettering: Lettering, scene: Scene, record: Record, wording: Wording) -> None:
    """A name for each line layer that a clause governs, beside its longest part."""
    zones = {zone.id: zone for zone in record.zones}
    named = set()
    for row in scene.lines:
        if row["layer"] in named or not row["clauses"]:
            continue
        visible = lettering.frame.paper(shapely.intersection(row["geometry"], lettering.frame.area))
        if visible.is_empty:
            continue
        named.add(row["layer"])
        longest = max(shapely.get_parts(visible), key=lambda part: part.length)
        style = Style(7, style_of(row["layer"])["hue"], bold=True, badge="/".join(map(str, row["clauses"])))
        rows = _broken(wording.name(zones[row["layer"]].names), 24)
        for share in (0.5, 0.35, 0.65, 0.2, 0.8):
            spot = longest.interpolate(share, normalized=True)
            if lettering.beside(spot.x, spot.y, rows, style, gap=1.6):
                break
        else:
            spot = longest.interpolate(0.5, normalized=True)
            lettering.led(spot.x, spot.y, rows, style)

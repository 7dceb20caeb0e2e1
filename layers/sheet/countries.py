"""Names of countries and waters on maps: the two republics alike, neighbours in the same style."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import shapely

from geodata.crs import to_metres
from geodata.ground import Ground
from layers.country_labels import labels
from layers.sheet.lettering import Lettering, Style
from layers.sheet.projection import MapExtent, metric
from layers.sheet.scene import Scene
from layers.sheet.spots import middle
from layers.wording import Wording

GREY = "#5d5a54"
REPUBLICS = {"l-armenia": "armenia", "l-azerbaijan": "azerbaijan"}
EXCLAVES = {"l-nakhchivan": "nakhchivan"}
LEAST = 0.03
"""The least part of a map on which a republic is named."""
CLEAR_MM = 3.0
"""How far a country's name stays from other names and insets where it has the room."""
WATER_MM = 14.0
"""How far from its usual place the name of a water may stand."""
SIZES = {"republic": (9.0, 7.0, 6.0), "country": (7.8, 7.0, 6.0), "water": (6.8, 6.0)}
"""Sizes in points."""


def name_countries(lettering: Lettering, scene: Scene, ground: Ground, wording: Wording, *, own: bool = False) -> None:
    """Both republics or neither, in the roomiest part of what is seen of them; neighbours and waters where they have room.

    ``own``: a small map names the republics, which are of one grey in print, and nothing else: with a leader if need be.
    """
    tried, named = lettering.attempt(), list[bool]()
    for label in labels():
        if label["id"] in REPUBLICS:
            areas = _republic(REPUBLICS[label["id"]], scene, ground, lettering.frame)
            if areas:
                named.append(_name(tried, label, areas, wording, "republic", led=own))
    if all(named):
        lettering.adopt(tried)
    for label in [] if own else labels():
        if label["id"] in EXCLAVES:
            area = _seen(_dry(ground, EXCLAVES[label["id"]]), lettering.frame)
            if area.area >= lettering.frame.w * lettering.frame.h * LEAST:
                _name(lettering, label, [area], wording, "republic")
        elif label["kind"] == "water":
            areas = [spot.buffer(WATER_MM) for spot in _spots(label, lettering.frame)]
            _name(lettering, label, areas, wording, "water")
        elif label["id"] not in REPUBLICS:
            _name(lettering, label, [_beyond(label, ground, lettering.frame)], wording, "country")


def _name(
    lettering: Lettering, label: dict[str, Any], areas: list[Any], wording: Wording, kind: str, *, led: bool = False
) -> bool:
    """Set a name in the first area that has room for it, well away from others if it can be."""
    text, water = wording.country(label["names"]), kind == "water"
    text = text if water else text.upper()
    rows = text.replace(" (", "\n(").split("\n") if label["id"] in EXCLAVES else [text]
    choices = [
        ([*rows], Style(size, "#4f7486" if water else GREY, tracking=0 if water else 0.08)) for size in SIZES[kind]
    ]
    choices = choices[led:]
    taken = shapely.union_all([shapely.box(*box) for box in lettering.taken]).buffer(CLEAR_MM)
    for area in areas:
        for clear in () if area.is_empty else (shapely.difference(area, taken), area):
            if not clear.is_empty and lettering.within(clear, choices, near=middle(clear, 1.0)):
                return True
    return bool(led and areas and lettering.led(*middle(areas[0], 1.0), choices[-1:], worst=lettering.strange))


def _republic(unit: str, scene: Scene, ground: Ground, frame: MapExtent) -> list[Any]:
    """Where a republic may be named: on ground that was never in question, else on what Azerbaijan holds of the other ground.

    No area where little of it is seen.
    """
    own = _seen(_dry(ground, unit), frame)
    held = [_seen(row.geometry, frame) for row in scene.holdings if row.certain and row.controller == "azerbaijan"]
    others = [_seen(_dry(ground, other), frame) for other in ("armenia", "nakhchivan")]
    areas = [own]
    if unit == "azerbaijan" and held:
        areas.append(shapely.union(own, shapely.difference(shapely.union_all(held), shapely.union_all(others))))
    return [area for area in areas if area.area >= frame.w * frame.h * LEAST]


def _seen(shape: Any, frame: MapExtent) -> Any:
    """What a map shows of some ground, in mm, without detail that no name needs."""
    seen = shapely.clip_by_rect(shape, *frame.area.bounds)
    return shapely.make_valid(shapely.simplify(frame.paper(seen), 0.2))


def _beyond(label: dict[str, Any], ground: Ground, frame: MapExtent) -> Any:
    """What is seen of the neighbour that has the label, in mm."""
    spots = [_point(lon, lat) for lat, lon in [(label["lat"], label["lon"]), *label.get("also", ())]]
    shapes = [metric(item.geometry) for item in ground.base if item.kind == "neighbour"]
    shapes = [shape for shape in shapes if shape.intersects(frame.area) and any(shape.contains(spot) for spot in spots)]
    return _seen(shapely.union_all(shapes), frame)


def _spots(label: dict[str, Any], frame: MapExtent) -> list[Any]:
    """The usual places of a name that are in the frame, in mm."""
    found = [_point(lon, lat) for lat, lon in [(label["lat"], label["lon"]), *label.get("also", ())]]
    return [shapely.Point(frame.mm(spot.x, spot.y)) for spot in found if frame.holds(spot.x, spot.y)]


@lru_cache(maxsize=64)
def _point(lon: float, lat: float) -> Any:
    return to_metres(shapely.Point(lon, lat))


@lru_cache(maxsize=8)
def _dry(ground: Ground, unit: str) -> Any:
    """Ground of a unit without the lakes, in metres."""
    land = shapely.union_all([metric(piece.geometry) for piece in ground.pieces if piece.unit == unit])
    water = shapely.union_all([metric(item.geometry) for item in ground.base if item.kind == "lake"])
    return shapely.simplify(shapely.difference(land, water), 300)

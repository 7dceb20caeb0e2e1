"""A whole map as Typst gets it: the drawing, its lettering, and what stands around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import shapely

from geodata.ground import Ground
from geodata.model import Record
from layers.sheet import furniture
from layers.sheet.drawing import Drawing
from layers.sheet.labels import letter, letter_badges, letter_small, lettering_of, reserve_first
from layers.sheet.lettering import Lettering
from layers.sheet.mapping import draw_base, draw_borders, draw_holding, draw_map, draw_water
from layers.sheet.paper import Size
from layers.sheet.projection import MapExtent, disputed_bounds, frame_around, frame_of_view, metric
from layers.sheet.scene import Scene, scene_of
from layers.sheet.spots import prepared
from layers.view_state import State
from layers.wording import Wording

Chart = dict[str, Any]
LOCATOR: Size = (38.0, 30.0)
DETAIL: Size = (52.0, 44.0)
DETAIL_LEAST = 1.7
"""How much larger an inset of the corridor must be than the map for it to be drawn."""
INSETS_FROM = 120.0
"""Width in mm from which a map has room for insets."""
LOCATOR_INK = "#3c3a40"
STRANGE = 9.0
"""How bad it is on small maps that a name stands on the ground of another (lettering.py): worse than any leader."""
CORRIDOR, ROUTES = "lachin-corridor", ("corridor-routes",)
"""What an inset shows at a larger scale, and lines that are then named there only."""

More = Callable[[Drawing, Lettering], dict[str, str]]
"""Draws more on a map before its usual names are set; returns the names that are set already, or the letters in their stead."""


def frame_for(state: State, record: Record, ground: Ground, size: Size) -> MapExtent:
    """The frame of the state's view, or of all ground that the clauses are about."""
    return frame_of_view(state.view, size) if state.view else frame_around(disputed_bounds(ground, record), size)


def chart(
    scene: Scene,
    frame: MapExtent,
    record: Record,
    ground: Ground,
    wording: Wording,
    *,
    insets: bool = True,
    more: More | None = None,
) -> Chart:
    """A map with names, scale, north, degrees and, in its emptiest corners, insets."""
    drawing = draw_map(scene, ground, frame)
    lettering = lettering_of(scene, frame)
    bar = furniture.scale_bar(lettering, wording, [row["geometry"] for row in scene.lines])
    placed = _insets(drawing, lettering, scene, record, ground, wording) if insets and frame.w > INSETS_FROM else []
    reserve_first(lettering, record)
    said = more(drawing, lettering) if more else {}
    set_already = [name for name, short in said.items() if not short]
    inset = ROUTES if any(one["scale"] for one in placed) else ()
    dots = letter(lettering, scene, record, ground, wording, said=set_already, elsewhere=inset)
    alt = wording.tr("Map: who held the ground on {day}.", day=wording.day(scene.day))
    return {**framed(drawing, lettering, dots, bar, alt, wording), "insets": placed, "letters": said}


def framed(
    drawing: Drawing, lettering: Lettering, dots: list[dict[str, Any]], bar: dict[str, Any], alt: str, wording: Wording
) -> Chart:
    """A lettered drawing with degrees around it and north; without insets."""
    around = {"grid": furniture.degrees(drawing.frame, wording), "north": furniture.north(drawing.frame), "insets": []}
    return {**lettered(drawing, lettering, dots, bar, alt), **around}


def pair(scenes: Sequence[Scene], frame: MapExtent, record: Record, ground: Ground, wording: Wording) -> list[Chart]:
    """Maps of several days side by side, which name the same towns: those that have room on each."""
    charts = [chart(scene, frame, record, ground, wording, insets=False) for scene in scenes]
    dots = {dot["id"] for found in charts for dot in found["dots"]}
    common = dots.intersection(*({dot["id"] for dot in found["dots"]} for found in charts))
    gone = {spot for found in charts for dot in found["dots"] if dot["id"] not in common for spot in [dot["spot"]]}
    return [
        {
            **found,
            "dots": [dot for dot in found["dots"] if dot["id"] in common],
            "names": [name for name in found["names"] if name["spot"] not in gone],
        }
        for found in charts
    ]


def lettered(
    drawing: Drawing, lettering: Lettering, dots: list[dict[str, Any]], bar: dict[str, Any] | None, alt: str
) -> Chart:
    """A drawing with its names, the dots of its places and, where it has one, its scale bar."""
    names = [name.told() for name in lettering.names]
    size = {"w": drawing.frame.w, "h": drawing.frame.h}
    return {**size, "svg": drawing.svg(), "names": names, "dots": dots, "scale": bar, "alt": alt}


def plates(scenes: list[Scene], frame: MapExtent, record: Record, ground: Ground, wording: Wording) -> list[Chart]:
    """Small maps: clauses as badges, the first places, nothing around them; no name of a place stands in a zone.

    A badge has one place on all of them that show the same zones: off the lines of each of these days.
    """
    found = []
    badges: dict[frozenset[str], Lettering] = {}
    for scene in scenes:
        shown = frozenset(row["layer"] for row in scene.zones)
        if shown not in badges:
            same = [one for one in scenes if {row["layer"] for row in one.zones} == shown]
            every = replace(
                scene, edges=tuple({edge: (edge, line) for one in same for edge, line in one.edges}.values())
            )
            badges[shown] = letter_badges(every, frame, record)
        areas = [frame.paper(shapely.intersection(row["geometry"], frame.area)) for row in scene.zones]
        bare = lettering_of(scene, frame)
        lettering = bare.attempt(grounds=prepared([*bare.grounds, *areas]), strange=STRANGE)
        lettering.adopt(badges[shown].attempt())
        dots = letter_small(lettering, scene, record, ground, wording)
        alt = wording.tr("Map: who held the ground on {day}.", day=wording.day(scene.day))
        found.append(lettered(draw_map(scene, ground, frame), lettering, dots, None, alt))
    return found


def _insets(
    drawing: Drawing, lettering: Lettering, scene: Scene, record: Record, ground: Ground, wording: Wording
) -> list[dict[str, Any]]:
    """The corridor at a larger scale, where it is shown, and the whole mapped area, each with the frame of the other map.

    They stand in the emptiest corners; names of the map keep off them.
    """
    frame = drawing.frame
    detail, locator = (_fitted(size, frame) for size in (DETAIL, LOCATOR))
    near, whole = _near(scene, frame, detail), frame_around(ground_bounds(ground), locator, margin=0.08)
    busy, used, found = _busy(ground, frame), list[str](), []
    for shown in filter(None, (near, whole)):
        used.append(furniture.emptiest((shown.w, shown.h), frame, busy, used))
        x, y = furniture.corner(used[-1], (shown.w, shown.h), frame)
        lettering.reserve(x, y, shown.w, shown.h)
        if shown is near:
            drawing.stroke(near.area.exterior, LOCATOR_INK, 0.9)
            lettering.block([frame.paper(near.area.exterior)])
            inset = _detail(scene, near, record, ground, wording)
        else:
            inset = _locator(scene, frame, whole, record, ground, wording)
        if bar := inset["scale"]:
            # It stands outside the inset, of which it would hide too much.
            lettering.reserve(x, y - 8 if y else shown.h, bar["mm"] + 14, 8)
        found.append({"x": x, "y": y, **inset})
    return found


def _fitted(size: Size, frame: MapExtent) -> Size:
    """The size of an inset, smaller on a small map."""
    share = 0.72 if size[0] > frame.w * 0.36 or size[1] > frame.h * 0.42 else 1
    return size[0] * share, size[1] * share


def _busy(ground: Ground, frame: MapExtent) -> Any:
    """What the map is about, in mm: ground that ever changed hands."""
    moved = [metric(piece.geometry) for piece in ground.pieces if len(piece.spans) > 1]
    return frame.paper(shapely.coverage_union_all(moved))


def _near(scene: Scene, frame: MapExtent, size: Size) -> MapExtent | None:
    """What the inset of the corridor shows; None where it would show little more than the map."""
    zone = next((zone for zone in scene.zones if zone["layer"] == CORRIDOR), None)
    if zone is None:
        return None
    near = frame_around(zone["geometry"].bounds, size, margin=0.35)
    return near if frame.scale / near.scale >= DETAIL_LEAST and frame.area.contains(near.area.centroid) else None


def _detail(scene: Scene, near: MapExtent, record: Record, ground: Ground, wording: Wording) -> Chart:
    lettering = lettering_of(scene, near)
    bar = furniture.scale_bar(Lettering(near), wording, north=False)
    dots = letter(lettering, scene, record, ground, wording)
    return lettered(
        draw_map(scene, ground, near), lettering, dots, bar, wording.tr("Inset: the same at a larger scale.")
    )


def _locator(
    scene: Scene, frame: MapExtent, whole: MapExtent, record: Record, ground: Ground, wording: Wording
) -> Chart:
    shown = scene_of(scene.state.with_(layers=("control",)), scene.day, record, ground, whole.area)
    drawing = Drawing(whole)
    draw_base(drawing, ground, relief=False)
    for holding in shown.holdings:
        draw_holding(drawing, holding)
    draw_water(drawing, ground)
    draw_borders(drawing, shown)
    drawing.stroke(frame.area.exterior, LOCATOR_INK, 1.6)
    return lettered(drawing, Lettering(whole), [], None, wording.tr("Inset: where the map lies."))


def ground_bounds(ground: Ground) -> tuple[float, float, float, float]:
    """Bounds in metres of the mapped area."""
    west, south, east, north = shapely.total_bounds([metric(piece.geometry) for piece in ground.pieces])
    return float(west), float(south), float(east), float(north)

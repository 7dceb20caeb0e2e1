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
from layers.sheet.labels import holders_at_first, letter, lettering_of, reserve_first
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
LOCATOR_INK = "#8a2d6b"
CORRIDOR = "lachin-corridor"

More = Callable[[Drawing, Lettering], set[str]]
"""Draws more on a map before its usual names are set; returns names that are set already."""


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
    said = more(drawing, lettering) if more else set()
    dots = letter(lettering, scene, record, ground, wording, said=said)
    return {
        **lettered(
            drawing, lettering, dots, bar, wording.tr("Map: who held the ground on {day}.", day=wording.day(scene.day))
        ),
        "grid": furniture.degrees(frame, wording),
        "north": furniture.north(frame),
        "insets": placed,
    }


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
    """Small maps: clauses as badges, the first places, nothing around them.

    A name has one place on all of them that show the same zones and on which the same hold the first places: off the
    lines of each of these days, and where there is room on the ground of its holder on each, and in no zone.
    """
    found: list[Chart] = [{}] * len(scenes)
    groups: dict[Any, list[int]] = {}
    for number, scene in enumerate(scenes):
        shown = frozenset(row["layer"] for row in scene.zones)
        groups.setdefault((holders_at_first(scene, record), shown), []).append(number)
    for numbers in groups.values():
        same = [scenes[number] for number in numbers]
        lettering, dots = _common(same, frame, record, ground, wording)
        for number, scene in zip(numbers, same, strict=True):
            badges = {"", *("/".join(map(str, row["clauses"] or [])) for row in scene.zones)}
            own = lettering.attempt()
            own.names = [name for name in lettering.names if name.badge in badges]
            alt = wording.tr("Map: who held the ground on {day}.", day=wording.day(scene.day))
            found[number] = lettered(draw_map(scene, ground, frame), own, dots, None, alt)
    return found


def _common(
    scenes: list[Scene], frame: MapExtent, record: Record, ground: Ground, wording: Wording
) -> tuple[Lettering, list[dict[str, Any]]]:
    """The names of several small maps and the dots of their places."""
    zones = {row["layer"]: row for scene in scenes for row in scene.zones}
    edges = {edge: (edge, shape) for scene in scenes for edge, shape in scene.edges}
    lines = {row["layer"]: row for scene in scenes for row in scene.lines}
    every = replace(scenes[-1], zones=tuple(zones.values()), edges=tuple(edges.values()), lines=tuple(lines.values()))
    areas = [frame.paper(shapely.intersection(row["geometry"], frame.area)) for row in every.zones]
    days = [prepared([*lettering_of(scene, frame).grounds, *areas]) for scene in scenes]
    lettering = lettering_of(every, frame).attempt(grounds=days[-1], days=days[:-1])
    return lettering, letter(lettering, every, record, ground, wording, few=True)


def _insets(
    drawing: Drawing, lettering: Lettering, scene: Scene, record: Record, ground: Ground, wording: Wording
) -> list[dict[str, Any]]:
    """The corridor at a larger scale, where it is shown, and the whole mapped area, each with the frame of the other map.

    They stand in the emptiest corners; names of the map keep off them.
    """
    frame = drawing.frame
    busy = _busy(ground, frame)
    used: list[str] = []
    found = []
    for most, extent, make in ((DETAIL, _near, _detail), (LOCATOR, _whole, _locator)):
        share = 0.72 if most[0] > frame.w * 0.36 or most[1] > frame.h * 0.42 else 1
        size = (most[0] * share, most[1] * share)
        shown = extent(scene, frame, ground, size)
        if shown is None:
            continue
        name = furniture.emptiest(size, frame, busy, used)
        used.append(name)
        x, y = furniture.corner(name, size, frame)
        lettering.reserve(x, y, *size)
        if make is _detail:
            drawing.stroke(shown.area.exterior, LOCATOR_INK, 0.9)
            lettering.block([frame.paper(shown.area.exterior)])
        found.append({"x": x, "y": y, **make(scene, frame, shown, record, ground, wording)})
    return found


def _busy(ground: Ground, frame: MapExtent) -> Any:
    """What the map is about, in mm: ground that ever changed hands."""
    moved = [metric(piece.geometry) for piece in ground.pieces if len(piece.spans) > 1]
    return frame.paper(shapely.coverage_union_all(moved))


def _near(scene: Scene, frame: MapExtent, ground: Ground, size: Size) -> MapExtent | None:  # noqa: ARG001
    """What the inset of the corridor shows; None where it would show little more than the map."""
    zone = next((zone for zone in scene.zones if zone["layer"] == CORRIDOR), None)
    if zone is None:
        return None
    near = frame_around(zone["geometry"].bounds, size, margin=0.35)
    return near if frame.scale / near.scale >= DETAIL_LEAST and frame.area.contains(near.area.centroid) else None


def _detail(scene: Scene, frame: MapExtent, near: MapExtent, record: Record, ground: Ground, wording: Wording) -> Chart:  # noqa: ARG001
    lettering = lettering_of(scene, near)
    bar = furniture.scale_bar(lettering, wording, north=False)
    dots = letter(lettering, scene, record, ground, wording)
    return lettered(
        draw_map(scene, ground, near), lettering, dots, bar, wording.tr("Inset: the same at a larger scale.")
    )


def _whole(scene: Scene, frame: MapExtent, ground: Ground, size: Size) -> MapExtent:  # noqa: ARG001
    return frame_around(ground_bounds(ground), size, margin=0.08)


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

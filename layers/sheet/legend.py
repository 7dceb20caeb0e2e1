"""The legend of a map: what is shown and nothing else, each sample drawn by the code that draws the map."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import shapely

from geodata.model import Record
from layers.catalogue import catalogue, edge_class, style_of, styles, zone_look
from layers.sheet import mapping
from layers.sheet.drawing import Drawing
from layers.sheet.labels import DOTS
from layers.sheet.lettering import INK
from layers.sheet.projection import MapExtent
from layers.sheet.relief import LEVEL
from layers.sheet.scene import Holding, Scene
from layers.wording import Wording
from layers.wording.vocabulary import ACCURACY

Entry = dict[str, str]
"""A sample as SVG, and what it means."""
WIDE, HIGH = 9.0, 4.2
"""Size of a sample in mm."""
_FRAME = MapExtent(0, 0, WIDE, HIGH, WIDE, HIGH)
FIELD = shapely.box(0.3, 0.3, WIDE - 0.3, HIGH - 0.3)
"""The area of a sample, a little within it."""
LEVEL_INK = f"#{LEVEL:02x}{LEVEL:02x}{LEVEL:02x}"
SEEN = 1 / 1500
"""The least part of a map on which a pattern can be seen."""
COARSE_M = 500
"""Detail, in metres, that does not tell who holds most of a zone."""
ROUND = 0.9
"""How much of a circle of the same outline a place of unknown extent fills at least (:func:`roundness`)."""
_STROKE = shapely.LineString([(0.2, HIGH / 2), (WIDE - 0.2, HIGH / 2)])


def entry(text: str, draw: Callable[[Drawing], object]) -> Entry:
    """One entry; ``draw`` draws its sample."""
    drawing = Drawing(_FRAME)
    draw(drawing)
    return {"svg": drawing.svg(), "text": text}


def legend(
    scenes: list[Scene], record: Record, wording: Wording, *, brief: bool = False, metres: float = math.inf
) -> list[Entry]:
    """Holders, doubt, lines between holders with their bands (``brief``: without these), and the layers.

    ``metres``: on the ground to a mm of the map; it says round which points a ring is drawn.
    """
    tr = wording.tr
    found = [
        entry(wording.holder(name), partial(_held, holding=Holding(name, None, certain=True, geometry=FIELD)))
        for name in styles()["controllers"]
        if any(name in scene.controllers for scene in scenes)
    ]
    doubts = [
        holding for scene in scenes for holding in scene.holdings if not holding.certain and _seen(holding, scene)
    ]
    if doubts:
        one = doubts[0]
        found.append(
            entry(
                tr("striped: held by one or the other, or the day is uncertain"),
                partial(_striped, holdings=list({(row.controller, row.other): row for row in doubts}.values())[:2]),
            )
        )
        if holders := [holder for scene in scenes for holder in _discs(scene)]:
            text = tr("circle: around a town or village, extent unknown")
            found.append(entry(text, partial(_disc, around=one, holder=holders[0])))
    known = {edge_class(edge.accuracy_m) for scene in scenes for edge, _ in scene.edges if not brief}
    for style in styles()["edges"]:
        if style["id"] in known:
            text = tr("line between them, {accuracy}", accuracy=tr(ACCURACY[style["id"]]))
            found.append(entry(text, partial(_edge, style=style)))
    if "far" in known or "middle" in known:
        ends = [Holding(name, None, certain=True, geometry=FIELD) for scene in scenes for name in scene.controllers]
        found.append(
            entry(
                tr("grey band: where the line may lie"),
                partial(
                    _band, sides=[ends[0], next((end for end in ends if end.controller == "armenian-forces"), ends[-1])]
                ),
            )
        )
    return [*found, *_layers(scenes, record, wording, metres)]


def _seen(holding: Holding, scene: Scene) -> bool:
    """Whether enough of a holding is in the frame to be seen."""
    return bool(shapely.intersection(holding.geometry, scene.area).area > SEEN * scene.area.area)


def _discs(scene: Scene) -> list[str]:
    """Whose certain ground lies as a disc in ground of uncertain holder."""
    striped = shapely.union_all([holding.geometry for holding in scene.holdings if not holding.certain])
    found = []
    for holding in scene.holdings:
        parts = shapely.get_parts(holding.geometry if holding.certain else [])
        parts = parts[roundness(parts) > ROUND]
        if np.any(shapely.intersects(parts, striped) & shapely.intersects(parts, scene.area)):
            found.append(holding.controller)
    return found


def roundness(shapes: Any) -> Any:
    """How much of a circle of the same outline each shape fills."""
    return 4 * np.pi * shapely.area(shapes) / shapely.length(shapes) ** 2


def _disc(drawing: Drawing, around: Holding, holder: str) -> None:
    """Certain ground as a disc in uncertain ground."""
    disc = FIELD.centroid.buffer(HIGH * 0.3)
    _held(drawing, replace(around, geometry=FIELD))
    drawing.fill(disc, LEVEL_INK)
    mapping.draw_holding(drawing, Holding(holder, None, certain=True, geometry=disc))
    drawing.stroke(disc.exterior, styles()["controllers"][holder]["line"], 0.8)


def dot_sample(drawing: Drawing) -> None:
    """The dot of a chief town."""
    drawing.fill(FIELD.centroid.buffer(DOTS[1]), INK)


def _held(drawing: Drawing, holding: Holding) -> None:
    _ground(drawing, [holding])
    drawing.stroke(FIELD.exterior, styles()["controllers"][holding.controller]["line"], 0.8)


def _striped(drawing: Drawing, holdings: Sequence[Holding]) -> None:
    """Ground of uncertain holder: two kinds of stripes where the map shows as many."""
    _ground(drawing, holdings)
    drawing.stroke(FIELD.exterior, styles()["controllers"][holdings[0].controller]["line"], 0.8)


def _ground(drawing: Drawing, holdings: Sequence[Holding]) -> None:
    """The field of a sample in the colours of one holder, or of two side by side, over level relief."""
    drawing.fill(FIELD, LEVEL_INK)
    west, south, east, north = FIELD.bounds
    step = (east - west) / max(1, len(holdings))
    for number, holding in enumerate(holdings):
        part = shapely.box(west + number * step, south, west + (number + 1) * step, north)
        mapping.draw_holding(drawing, replace(holding, geometry=part))


def _edge(drawing: Drawing, style: dict[str, Any]) -> None:
    mapping.draw_edges(drawing, _STROKE, style)


def _band(drawing: Drawing, sides: Sequence[Holding]) -> None:
    """The band over the ground of two holders, and the line in its middle."""
    _ground(drawing, sides)
    line = shapely.LineString([(WIDE / 2, 0), (WIDE / 2, HIGH)])
    mapping.draw_bands(drawing, [(line, WIDE / 4)])
    mapping.draw_edges(drawing, line, styles()["edges"][-1])


def _layers(scenes: list[Scene], record: Record, wording: Wording, metres: float) -> list[Entry]:
    """The zones, lines and points; those that look alike share an entry, whose text says the status of each zone."""
    zones = {zone.id: zone for zone in record.zones}
    lines = {layer.id for layer in catalogue() if layer.draw == "line"}
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for kind in ("zone", "line", "point"):
        for scene in scenes:
            for found_row in getattr(scene, f"{kind}s"):
                under = _under(scene, found_row) if kind == "zone" else []
                ring = kind == "point" and mapping.has_ring(found_row, metres)
                row = {**found_row, "lit": mapping.is_lit(scene, found_row), "under": under, "ring": ring}
                groups.setdefault((kind, *_look(kind, row)), []).append(row)
    found: dict[str, Entry] = {}
    for (kind, *_), rows in groups.items():
        text = ", ".join(dict.fromkeys(wording.layer(zones[row["layer"]].names) for row in rows))
        if kind == "point" and rows[0]["layer"] in lines:
            text = wording.tr("settlement on which the sides' lists disagree")
        told = []
        if rows[0]["ring"]:
            told = [wording.tr("known to ± {km} km", km=wording.number(rows[0]["accuracy_m"] / 1000))]
        elif kind == "zone":
            told = list(dict.fromkeys(wording.status(row["status"]) for row in rows if row["status"]))
        elif any(zones[row["layer"]].schematic for row in rows):
            told = [wording.tr("schematic")]
        elif kind == "line" and not style_of(rows[0]["layer"])["dash"] and mapping.row_dash(rows[0]):
            told = [wording.tr(ACCURACY[edge_class(row["accuracy_m"])]) for row in rows[:1]]
        words = f"{text} ({', '.join(told)})" if told else text
        found.setdefault(words, entry(words, partial(_sample, kind=kind, row=rows[0])))
    return list(found.values())


def _under(scene: Scene, row: dict[str, Any]) -> list[Holding]:
    """Who holds the ground of a zone: at most two, the one with most first, none with little of it."""
    zone, *grounds = shapely.simplify(
        [row["geometry"], *(holding.geometry for holding in scene.holdings)], COARSE_M, preserve_topology=False
    )
    areas = shapely.area(shapely.intersection(grounds, zone))
    return [scene.holdings[number] for number in np.argsort(-areas, kind="stable")[:2] if areas[number] > zone.area / 5]


def _look(kind: str, row: dict[str, Any]) -> tuple[Any, ...]:
    """What tells one sample from another."""
    style = style_of(row["layer"])
    dash = mapping.row_dash(row) if kind == "line" else style["dash"]
    look: tuple[Any, ...] = ()
    if kind == "zone":
        hue, tint = zone_look(row["layer"], row["status"])
        look = (
            hue,
            round(tint, 1),
            *((holding.controller, holding.other, holding.certain) for holding in row["under"]),
        )
    return style["hue"], style["width"], dash, style["symbol"], row["lit"], row["ring"] and row["accuracy_m"], *look


def _sample(drawing: Drawing, kind: str, row: dict[str, Any]) -> None:
    if kind == "zone":
        _ground(drawing, row["under"])
        mapping.draw_zone(drawing, {**row, "geometry": FIELD}, lit=row["lit"])
    elif kind == "line":
        mapping.draw_line(drawing, {**row, "geometry": _STROKE})
    else:
        style = style_of(row["layer"])
        if row["ring"]:
            ring = FIELD.centroid.buffer(HIGH / 2 - 0.1)
            drawing.stroke(ring.exterior, style["hue"], 1, mapping.RING_DASH)
        drawing.symbol(WIDE / 2, HIGH / 2, style["symbol"], style["hue"])

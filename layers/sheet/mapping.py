"""Draws a scene: relief, holders, uncertain lines as bands, zones, lines, points; lettering is set over it later."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import shapely

from geodata.ground import Ground
from layers.catalogue import edge_class, line_dash, style_of, styles, zone_look
from layers.sheet.drawing import Drawing
from layers.sheet.projection import MapExtent, graticule, metric
from layers.sheet.relief import shade
from layers.sheet.scene import Holding, Scene

VEIL = 0.8
"""Opacity of the holders' colours, which let the relief through."""
LIT = 0.18
"""Opacity of the fill of the zones of the chosen clause: thin, so that it stays seen who holds them."""
COVERING = {"peacekeeping-zone"}
"""Zones as wide as a holder's ground: a fill would be read as another holder's; the chosen clause shows in their outline."""
SPECK_MM, RING_MM = 1.5, 10.0
"""Borders shorter than this on paper are islets, closed ones small exclaves: dots that say nothing."""
RING_FROM_MM, RING_DASH = 2.2, "3 3"
"""The radius from which a ring is seen round a symbol, and its dashes."""
BLOT_MM = 8.0
"""A line between holders that closes or ends within this length on paper would be a blot: only the ground within it is drawn."""
FINE = 0.5
"""Stripes of uncertain ground are so wide in terms of those on a screen: they show its shape on small maps too."""


def draw_map(scene: Scene, ground: Ground, frame: MapExtent) -> Drawing:
    """One map of a scene."""
    drawing = Drawing(frame)
    draw_base(drawing, ground, relief=scene.relief)
    for holding in scene.holdings:
        draw_holding(drawing, holding)
    if not scene.holdings:
        drawing.fill(_land(ground), styles()["base"]["land"], VEIL)
    draw_water(drawing, ground)
    drawing.stroke([line for _, _, line in graticule(frame)], "#8d8a83", 0.5, opacity=0.4)
    draw_bands(drawing, [(shape, edge.accuracy_m) for edge, shape in scene.edges])
    draw_bands(drawing, [(row["geometry"], row["accuracy_m"]) for row in scene.lines if row["clauses"]])
    draw_borders(drawing, scene)
    for row in scene.zones:
        draw_zone(drawing, row, lit=is_lit(scene, row))
    for style in styles()["edges"]:
        lines = [shape for edge, shape in scene.edges if edge_class(edge.accuracy_m) == style["id"]]
        others = [shape for edge, shape in scene.edges if edge_class(edge.accuracy_m) != style["id"]]
        draw_edges(drawing, without_blots(lines, BLOT_MM * frame.metres, others), style)
    for row in scene.lines:
        draw_line(drawing, row)
    for row in scene.points:
        _point(drawing, row)
    return drawing


def draw_base(drawing: Drawing, ground: Ground, *, relief: bool) -> None:
    """Paper, relief, and the neighbouring countries, outline only."""
    style = styles()["base"]
    picture = shade(drawing.frame) if relief else None
    if picture:
        drawing.picture(picture)
    for feature in ground.base:
        if feature.kind == "neighbour":
            shape = metric(feature.geometry)
            if shape.intersects(drawing.frame.area):
                drawing.fill(shape, style["outside"], VEIL)
                drawing.stroke(shape, style["outline"], 0.8)


def draw_water(drawing: Drawing, ground: Ground) -> None:
    """Lakes, over the colours of those who hold their shores, with level lines, which tell them from ground in grey too."""
    for feature in ground.base:
        if feature.kind == "lake":
            drawing.fill(metric(feature.geometry), styles()["base"]["lake"])
            drawing.hatch(metric(feature.geometry), "#93a9b3", 90, 3.2, 0.5)
            drawing.stroke(metric(feature.geometry), "#93a9b3", 0.6)


def draw_borders(drawing: Drawing, scene: Scene) -> None:
    """The borders of the two republics."""
    metres = drawing.frame.metres
    long = [border for border in scene.borders if border.length > (RING_MM if border.is_closed else SPECK_MM) * metres]
    drawing.stroke(long, styles()["base"]["border"], 1.1)


def draw_bands(drawing: Drawing, lines: list[tuple[Any, float]]) -> None:
    """Where uncertain lines may lie: lines with their errors in metres."""
    band = styles()["band"]
    errors = {error: [line for line, its in lines if its == error] for _, error in lines}
    drawing.bands([(same, error) for error, same in errors.items()], band["ink"], band["opacity"])


def draw_edges(drawing: Drawing, lines: Any, style: dict[str, Any]) -> None:
    """Lines between holders, in one of the styles of edges."""
    drawing.stroke(lines, styles()["band"]["ink"], style["width"], style["dash"])


def without_blots(lines: list[Any], least: float, others: Sequence[Any] = ()) -> Any:
    """Lines joined end to end, without those shorter than ``least`` that are closed or meet no other: they would be blots."""
    parts = shapely.get_parts(shapely.line_merge(shapely.union_all(lines)))
    short = shapely.length(parts) < least
    met = [np.count_nonzero(shapely.intersects([*parts, *others], part)) > 1 for part in parts[short]]
    short[short] = shapely.is_closed(parts[short]) | ~np.array(met, dtype=bool)
    return parts[~short]


def draw_holding(drawing: Drawing, holding: Holding) -> None:
    """Ground of one holder, with its pattern; uncertain ground carries bands of the other holder's colour."""
    style = styles()["controllers"][holding.controller]
    drawing.fill(holding.geometry, style["fill"], VEIL)
    if not holding.certain:
        other = styles()["controllers"][holding.other or holding.controller]
        doubt = styles()["doubt"]
        angle, (gap, width, edge) = doubt["angle"], (doubt[name] * FINE for name in ("gap", "width", "edge"))
        drawing.hatch(holding.geometry, other["fill"], angle, gap, width)
        for offset in (0, width):
            drawing.hatch(holding.geometry, style["line"], angle, gap, edge, offset=offset)
        drawing.stroke(holding.geometry, style["line"], doubt["edge"] / 2)
    elif style["pattern"] == "dots":
        drawing.dots(holding.geometry, style["ink"], style["gap"], 2.0)


def row_dash(row: dict[str, Any]) -> str:
    """Dashes of a line."""
    return line_dash(row["layer"], row["accuracy_m"], governed=bool(row["clauses"]))


def is_lit(scene: Scene, row: dict[str, Any]) -> bool:
    """Whether a zone is filled because its clause is chosen."""
    return scene.state.clause is not None and scene.state.clause in (row["clauses"] or [])


def draw_zone(drawing: Drawing, row: dict[str, Any], *, lit: bool) -> None:
    """An outline in the zone's hue, tinted by the status of its obligation, as on the web map."""
    style, shape = style_of(row["layer"]), row["geometry"]
    hue, tint = zone_look(row["layer"], row["status"])
    if lit and row["layer"] not in COVERING:
        tint = LIT
    if tint:
        drawing.fill(shape, hue, tint)
    drawing.stroke(shape.boundary, "#fff", style["width"] + 1.6, opacity=0.75)
    drawing.stroke(shape.boundary, hue, style["width"] * (1.35 if lit else 1), style["dash"])


def draw_line(drawing: Drawing, row: dict[str, Any]) -> None:
    """A line of a layer, on a pale ground of its own."""
    style = style_of(row["layer"])
    if row["layer"] != "districts":
        drawing.stroke(row["geometry"], "#fff", style["width"] + 2.2, opacity=0.75)
    drawing.stroke(row["geometry"], style["hue"], style["width"], row_dash(row))


def _point(drawing: Drawing, row: dict[str, Any]) -> None:
    style, point = style_of(row["layer"]), row["geometry"].centroid
    if has_ring(row, drawing.frame.metres):
        drawing.stroke(point.buffer(row["accuracy_m"]).exterior, style["hue"], 1, RING_DASH)
    drawing.symbol(*drawing.frame.mm(point.x, point.y), style["symbol"], style["hue"])


def has_ring(row: dict[str, Any], metres: float) -> bool:
    """Whether a point is drawn with the ring in which it lies, on a map of so many metres to a mm."""
    return bool(row["accuracy_m"] and row["accuracy_m"] / metres > RING_FROM_MM and row["layer"] != "events")


@lru_cache(maxsize=2)
def _land(ground: Ground) -> Any:
    return shapely.coverage_union_all([metric(piece.geometry) for piece in ground.pieces])

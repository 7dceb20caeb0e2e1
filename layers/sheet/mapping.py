"""Draws a scene into a map box: base, holders, zones, lines, points, graticule, relief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from geodata.crs import to_metres
from geodata.ground import Ground
from layers.catalogue import edge_class, style_of, styles
from layers.sheet.projection import MapExtent, graticule
from layers.sheet.scene import Holding, Scene

POINTS_PER_PIXEL = 0.75
"""Styles are given in CSS pixels (1/96 inch), matplotlib counts in points."""
MARKERS = {"circle": "o", "square": "s", "diamond": "D", "triangle": "^"}
HATCHES = {"plain": None, "lines": "////", "dots": "...."}
FINEST_MM = 0.025
"""Lines are drawn without detail smaller than this on paper."""
TINT = 0.13
"""Opacity of the fill of wide zones."""
DOUBT = "\\\\\\"
"""Hatch of ground whose holder is uncertain on the day."""


@dataclass(frozen=True)
class Canvas:
    """Axes and the frame that they show."""

    axes: Axes
    frame: MapExtent

    def fit(self, geometry: Any) -> Any:
        """A geometry as far as it shows: cut a little outside the frame, without detail finer than the press."""
        frame, metres = self.frame, self.frame.scale / 1000
        simple = shapely.simplify(geometry, FINEST_MM * metres, preserve_topology=False)
        margin = 4 * metres
        return shapely.clip_by_rect(
            simple, frame.west - margin, frame.south - margin, frame.east + margin, frame.north + margin
        )


def draw_map(canvas: Canvas, scene: Scene, ground: Ground) -> None:
    """Draw one map; lettering is set later, on the page."""
    set_up(canvas)
    draw_base(canvas, ground)
    for holding in scene.holdings:
        draw_holding(canvas, holding)
    if not scene.holdings:
        land = [to_metres(piece.geometry) for piece in ground.pieces]
        patch(canvas, shapely.coverage_union_all(land), facecolor=styles()["base"]["land"], edgecolor="none", zorder=2)
    draw_relief(canvas, scene)
    _lakes(canvas, ground)
    _graticule(canvas)
    for border in scene.borders:
        stroke(canvas, border, styles()["base"]["border"], 0.9, "", zorder=6)
    for row in scene.zones:
        _zone(canvas, row, lit=_lit(scene, row))
    for edge, shape in scene.edges:
        style = next(style for style in styles()["edges"] if style["id"] == edge_class(edge.accuracy_m))
        stroke(canvas, shape, "#26242b", style["width"] * 0.85, style["dash"], zorder=9)
    for row in scene.lines:
        style = style_of(row["layer"])
        if row["layer"] != "districts":
            stroke(canvas, row["geometry"], "white", style["width"] + 1.6, "", zorder=9.5, opacity=0.75)
        dash = line_dash(row)
        stroke(canvas, row["geometry"], style["hue"], style["width"], dash, zorder=10)
    for row in scene.points:
        _point(canvas, row)


def line_dash(row: dict[str, Any]) -> str:
    """A line's own dash; a line whose layer has none is dashed by how exactly it is known."""
    own = str(style_of(row["layer"])["dash"])
    if own or not row["clauses"]:
        return own
    return str(next(style["dash"] for style in styles()["edges"] if style["id"] == edge_class(row["accuracy_m"])))


def set_up(canvas: Canvas) -> None:
    """Bounds, background, no ticks."""
    axes, frame = canvas.axes, canvas.frame
    axes.set_xlim(frame.west, frame.east)
    axes.set_ylim(frame.south, frame.north)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_facecolor(styles()["base"]["outside"])
    for spine in axes.spines.values():
        spine.set_edgecolor("#6d675c")
        spine.set_linewidth(0.7)


def draw_base(canvas: Canvas, ground: Ground) -> None:
    """Neighbouring countries, outline only."""
    style = styles()["base"]
    for feature in ground.base:
        if feature.kind == "neighbour":
            shape = to_metres(feature.geometry)
            if shape.intersects(canvas.frame.area):
                patch(canvas, shape, facecolor=style["outside"], edgecolor=style["outline"], linewidth=0.5, zorder=1)


def draw_holding(canvas: Canvas, holding: Holding) -> None:
    """Ground of one holder, with its pattern; uncertain ground also carries the other holder's hatch."""
    style = styles()["controllers"][holding.controller]
    hatch = HATCHES[style["pattern"]]
    patch(
        canvas,
        holding.geometry,
        facecolor=style["fill"],
        edgecolor="none",
        hatch=hatch,
        hatchcolor=style["ink"],
        hatch_linewidth=0.45,
        zorder=2,
    )
    if not holding.certain:
        other = styles()["controllers"][holding.other or holding.controller]
        patch(
            canvas,
            holding.geometry,
            facecolor="none",
            edgecolor="none",
            hatch=DOUBT,
            hatchcolor=other["line"],
            hatch_linewidth=0.9,
            zorder=3,
        )


def draw_relief(canvas: Canvas, scene: Scene) -> None:
    """Shaded relief under the lines, where it has been built and is switched on."""
    if "relief" not in scene.state.layers:
        return
    from layers.sheet.relief import shade

    picture = shade(canvas.frame)
    if picture is not None:
        frame = canvas.frame
        extent = (frame.west, frame.east, frame.south, frame.north)
        canvas.axes.imshow(picture, extent=extent, zorder=4, interpolation="bilinear", aspect="auto")


def _lakes(canvas: Canvas, ground: Ground) -> None:
    style = styles()["base"]
    for feature in ground.base:
        if feature.kind == "lake":
            patch(
                canvas,
                to_metres(feature.geometry),
                facecolor=style["lake"],
                edgecolor="#93a9b3",
                linewidth=0.4,
                zorder=5,
            )


def _graticule(canvas: Canvas) -> None:
    for _, _, line in graticule(canvas.frame):
        stroke(canvas, line, "#8d8a83", 0.45, "", zorder=5.5, opacity=0.45)


def _lit(scene: Scene, row: dict[str, Any]) -> bool:
    return scene.state.clause is not None and scene.state.clause in (row["clauses"] or [])


def _zone(canvas: Canvas, row: dict[str, Any], *, lit: bool) -> None:
    """An outline in the zone's hue; hatched while its obligation is outstanding or disputed."""
    style = style_of(row["layer"])
    hatch = zone_hatch(style, row["status"])
    if hatch:
        patch(
            canvas,
            row["geometry"],
            facecolor="none",
            edgecolor="none",
            hatch=hatch,
            hatchcolor=style["hue"],
            hatch_linewidth=0.5,
            zorder=7,
        )
    if lit or tinted(row):
        patch(canvas, row["geometry"], facecolor=style["hue"], edgecolor="none", alpha=0.24 if lit else TINT, zorder=7)
    outline = row["geometry"].boundary
    stroke(canvas, outline, "white", style["width"] + 1.4, "", zorder=8, opacity=0.8)
    stroke(canvas, outline, style["hue"], style["width"] * (1.35 if lit else 1), style["dash"], zorder=8.5)


def tinted(row: dict[str, Any]) -> bool:
    """Whether a zone is filled: the wide ones without a hatch of their own, whose outline other lines cover."""
    style = style_of(row["layer"])
    return style["angle"] is not None and style["width"] < 2 and zone_hatch(style, row["status"]) is None


def zone_hatch(style: dict[str, Any], status: str | None) -> str | None:
    """The hatch that says a status, close where an obligation is outstanding, crossed where overdue or disputed."""
    rule = styles()["statuses"].get(status or "not-in-force")
    if style.get("angle") is None or not rule or not rule["gap"] or rule["gap"] > 12:
        return None
    if rule["cross"]:
        return "xx"
    return {45: "//", 135: "\\\\", 90: "||", 0: "--"}.get(style["angle"], "//")


def _point(canvas: Canvas, row: dict[str, Any]) -> None:
    style = style_of(row["layer"])
    point = row["geometry"].centroid
    if row["accuracy_m"] and row["accuracy_m"] / canvas.frame.scale * 1000 > 2.2 and row["layer"] != "events":
        stroke(canvas, point.buffer(row["accuracy_m"]).exterior, style["hue"], 0.8, "3 3", zorder=10.5)
    canvas.axes.plot(
        [point.x], [point.y], marker=MARKERS[style["symbol"]], markersize=6.5, markerfacecolor="white", markeredgecolor=style["hue"],
        markeredgewidth=1.8, linestyle="none", zorder=11,
    )  # fmt: skip


def patch(canvas: Canvas, geometry: Any, *, hatch_linewidth: float | None = None, **style: Any) -> None:
    """Fill an area."""
    path = path_of(canvas.fit(geometry))
    if path is None:
        return
    hatchcolor = style.pop("hatchcolor", None)
    area = PathPatch(path, **style)
    if hatchcolor is not None:
        area.set_hatchcolor(hatchcolor)
    if hatch_linewidth is not None:
        area.set_hatch_linewidth(hatch_linewidth)
    canvas.axes.add_artist(area)


def stroke(
    canvas: Canvas, geometry: Any, color: str, width: float, dash: str, *, zorder: float, opacity: float = 1
) -> None:
    """Draw lines; width and dash in CSS pixels."""
    path = path_of(canvas.fit(geometry))
    if path is None:
        return
    points = width * POINTS_PER_PIXEL
    steps = tuple(float(part) * POINTS_PER_PIXEL for part in str(dash).split())
    line = PathPatch(
        path, facecolor="none", edgecolor=color, linewidth=points, linestyle=(0, steps) if steps else "-", alpha=opacity,
        zorder=zorder, joinstyle="round", capstyle="round" if steps and steps[0] < 2 else "butt",
    )  # fmt: skip
    canvas.axes.add_artist(line)


def path_of(geometry: Any) -> Path | None:
    """A geometry as one compound path; None if it is empty."""
    vertices: list[Any] = []
    codes: list[Any] = []
    for part in shapely.get_parts(geometry):
        kind = part.geom_type
        rings = [part.exterior, *part.interiors] if kind == "Polygon" else [part]
        if kind in ("Point", "MultiPoint") or part.is_empty:
            continue
        if kind in ("MultiPolygon", "MultiLineString", "GeometryCollection"):
            inner = path_of(part)
            if inner is not None:
                vertices.append(inner.vertices)
                codes.append(inner.codes)
            continue
        for ring in rings:
            xy = shapely.get_coordinates(ring)
            code = np.full(len(xy), Path.LINETO, dtype=Path.code_type)
            code[0] = Path.MOVETO
            if ring.geom_type == "LinearRing":
                code[-1] = Path.CLOSEPOLY
            vertices.append(xy)
            codes.append(code)
    return Path(np.concatenate(vertices), np.concatenate(codes)) if vertices else None

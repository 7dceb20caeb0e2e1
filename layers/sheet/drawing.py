"""A map as SVG: areas, lines, hatches and symbols in a frame, measured in hundredths of a millimetre.

Hatches are drawn as shapes cut to their area, not as patterns: they are sharp in every viewer and can be edited.
"""

from __future__ import annotations

import base64
import math
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import quoteattr

import numpy as np
import shapely

from layers.sheet.projection import MapExtent

UNITS = 100
"""Units of the drawing in a mm."""
MM_PER_PX = 25.4 / 96
"""Styles are given in CSS pixels."""
FINEST_MM = 0.025
"""Shapes are drawn without detail smaller than this on paper."""
MARGIN_MM = 4.0
"""How far shapes reach out of the frame, so that their cut edges don't show."""
SYMBOLS = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    "triangle": ((0, -1.25), (1.2, 0.95), (-1.2, 0.95)),
}
"""Corners of the symbols that are not circles, in terms of their size."""


@dataclass
class Drawing:
    """What has been drawn so far, the lowest first; geometry comes in metres of the sheet's projection."""

    frame: MapExtent
    marks: list[str] = field(default_factory=list)

    def fit(self, geometry: Any) -> Any:
        """Geometry in mm as far as it shows: cut a little outside the frame, without detail finer than the press."""
        frame, margin = self.frame, MARGIN_MM * self.frame.metres
        simple = shapely.simplify(geometry, FINEST_MM * frame.metres, preserve_topology=False)
        bounds = (frame.west - margin, frame.south - margin, frame.east + margin, frame.north + margin)
        return frame.paper(shapely.clip_by_rect(simple, *bounds))

    def fill(self, geometry: Any, color: str, opacity: float = 1.0) -> None:
        """Fill an area."""
        self._add(path(self.fit(geometry)), fill=color, fill_opacity=opacity, fill_rule="evenodd")

    def stroke(self, geometry: Any, color: str, width: float, dash: str = "", *, opacity: float = 1.0) -> None:
        """Draw lines; width and dash in CSS pixels."""
        steps = [float(part) * MM_PER_PX * UNITS for part in str(dash).split()]
        dashes = {"stroke_dasharray": " ".join(f"{step:.0f}" for step in steps)} if steps else {}
        self._add(
            path(self.fit(geometry)), fill="none", stroke=color, stroke_width=round(width * MM_PER_PX * UNITS, 1),
            stroke_opacity=opacity, stroke_linejoin="round",
            stroke_linecap="round" if steps and steps[0] < 3 * MM_PER_PX * UNITS else "butt", **dashes,
        )  # fmt: skip

    def bands(self, lines: list[tuple[Any, float]], color: str, opacity: float) -> None:
        """Soft bands around lines, each as wide as its error (metres) to both sides; where they meet none is darker."""
        drawn = [
            f'<path d="{shape}" stroke-width="{2 * error / self.frame.metres * UNITS:.0f}"/>'
            for geometry, error in lines
            if (shape := path(self.fit(geometry)))
        ]
        if drawn:
            group = (
                f'<g opacity="{opacity}" fill="none" stroke="{color}" stroke-linejoin="round" stroke-linecap="round">'
            )
            self.marks.append(group + "".join(drawn) + "</g>")

    def hatch(self, geometry: Any, color: str, angle: float, gap: float, width: float, *, offset: float = 0.0) -> None:
        """Parallel bars over an area: ``gap`` from one to the next, ``width`` and ``offset`` in CSS pixels.

        ``angle`` turns an upright bar clockwise, as on the web map.
        """
        area = self.fit(geometry)
        if area.is_empty:
            return
        step, thick = gap * MM_PER_PX, width * MM_PER_PX
        turn = math.radians(angle)
        along = np.array([math.sin(turn), -math.cos(turn)])
        across = np.array([math.cos(turn), math.sin(turn)])
        west, north, east, south = area.bounds
        corners = np.array([(west, north), (east, north), (east, south), (west, south)])
        near, far = (corners @ across).min(), (corners @ across).max()
        low, high = (corners @ along).min(), (corners @ along).max()
        starts = np.arange(math.floor(near / step), math.ceil(far / step) + 1) * step + offset * MM_PER_PX
        ends = np.array([(0, low), (thick, low), (thick, high), (0, high)])
        rings = (starts[:, None, None] + ends[None, :, :1]) * across + ends[None, :, 1:] * along
        bars = shapely.intersection(shapely.multipolygons(shapely.polygons(rings)), area)
        self._add(path(bars), fill=color)

    def dots(self, geometry: Any, color: str, gap: float, size: float) -> None:
        """A grid of dots over an area; distance and diameter in CSS pixels."""
        area, step = self.fit(geometry), gap * MM_PER_PX
        if area.is_empty:
            return
        west, north, east, south = area.bounds
        x, y = np.meshgrid(_multiples(west, east, step), _multiples(north, south, step))
        inside = shapely.contains_xy(area, x.ravel(), y.ravel())
        places = np.rint(np.column_stack([x.ravel(), y.ravel()])[inside] * UNITS).astype(int).tolist()
        self._add(
            "".join(f"M{left} {top}h0" for left, top in places), fill="none", stroke=color,
            stroke_width=round(size * MM_PER_PX * UNITS, 1), stroke_linecap="round",
        )  # fmt: skip

    def symbol(self, x: float, y: float, kind: str, color: str, size: float = 1.1) -> None:
        """A symbol of a size in mm at a place in mm."""
        style = f'fill="#fff" stroke="{color}" stroke-width="{0.5 * UNITS:.0f}"'
        if kind not in SYMBOLS:
            self.marks.append(f'<circle cx="{x * UNITS:.0f}" cy="{y * UNITS:.0f}" r="{size * UNITS:.0f}" {style}/>')
            return
        corners = " ".join(f"{(x + dx * size) * UNITS:.0f},{(y + dy * size) * UNITS:.0f}" for dx, dy in SYMBOLS[kind])
        self.marks.append(f'<polygon points="{corners}" stroke-linejoin="round" {style}/>')

    def picture(self, jpeg: bytes) -> None:
        """A picture over the whole frame."""
        link = "data:image/jpeg;base64," + base64.b64encode(jpeg).decode("ascii")
        size = f'width="{self.frame.w * UNITS:.0f}" height="{self.frame.h * UNITS:.0f}"'
        self.marks.append(f'<image {size} preserveAspectRatio="none" href="{link}"/>')

    def svg(self, over: str = "") -> str:
        """The drawing as a document; ``over`` is put on top of it."""
        wide, high = self.frame.w, self.frame.h
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:g}mm" height="{high:g}mm" '
            f'viewBox="0 0 {wide * UNITS:.0f} {high * UNITS:.0f}">{"".join(self.marks)}{over}</svg>'
        )

    def _add(self, shape: str, **style: Any) -> None:
        if shape:
            told = " ".join(
                f"{name.replace('_', '-')}={quoteattr(str(value))}"
                for name, value in style.items()
                if not (name.endswith("opacity") and value == 1)
            )
            self.marks.append(f'<path d="{shape}" {told}/>')


def path(geometry: Any) -> str:
    """Lines and areas of a geometry in mm as the data of an SVG path; empty where there are none."""
    found = []
    for part in shapely.get_parts(shapely.get_parts(geometry)):
        if part.is_empty or part.geom_type == "Point":
            continue
        if part.geom_type == "GeometryCollection":
            found.append(path(part))
            continue
        rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        for ring in rings:
            xy = np.rint(shapely.get_coordinates(ring) * UNITS).astype(int)
            steps = np.diff(xy, axis=0)
            moves = steps[steps.any(axis=1)].ravel().tolist()
            if moves:
                closed = "z" if part.geom_type == "Polygon" else ""
                found.append(f"M{xy[0, 0]} {xy[0, 1]}l{' '.join(map(str, moves))}{closed}")
    return "".join(found)


def _multiples(low: float, high: float, step: float) -> Any:
    return (np.arange(math.floor(low / step), math.ceil(high / step) + 1) + 0.5) * step

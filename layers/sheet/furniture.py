"""What every map carries around it: scale bar, north, degrees outside the frame, insets in the emptiest corners."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import shapely
from babel.units import format_unit

from layers.sheet.lettering import Lettering
from layers.sheet.paper import Size
from layers.sheet.projection import MapExtent, graticule, north_angle
from layers.wording import Wording
from layers.wording.dates import LOCALES

STEPS_KM = (1, 2, 5, 10, 20, 25, 50, 100, 200)
"""Lengths that a scale bar may have."""
BAR_SHARE = 0.16
"""Most of the map's width that the scale bar takes."""
FURNITURE: Size = (15.0, 17.0)
"""Room that the north arrow takes in the lower left corner, in mm."""
CORNERS = ("top-right", "bottom-right", "top-left")
"""Where an inset may stand; scale and north stand in the fourth corner."""


def scale_bar(
    lettering: Lettering, wording: Wording, lines: Iterable[Any] = (), *, north: bool = True
) -> dict[str, Any]:
    """Length of the bar in mm, its end as text, and its left edge; names keep off it and, if ``north``, off the arrow.

    It stands in the lower left corner, or in the right one where that is free of lines (in metres) and the left is not.
    """
    frame = lettering.frame
    most = frame.w * BAR_SHARE * frame.metres / 1000
    length = max([step for step in STEPS_KM if step <= most] or STEPS_KM[:1])
    text = format_unit(length, "length-kilometer", "short", locale=LOCALES[wording.lang])
    long = length * 1000 / frame.metres
    corners = [shapely.box(x, frame.h - 8, x + long + 14, frame.h) for x in (0.0, frame.w - long - 14)]
    covers = [any(frame.paper(line).intersects(corner) for line in lines) for corner in corners]
    x = corners[covers[0] and not covers[1]].bounds[0]
    lettering.reserve(x, frame.h - 8, long + 14, 8)
    if north:
        lettering.reserve(0, frame.h - FURNITURE[1], *FURNITURE)
    return {"mm": long, "text": text, "x": round(x, 2)}


def north(frame: MapExtent) -> float:
    """Degrees, clockwise, by which true north leans from the top."""
    return round(north_angle(frame), 2)


def degrees(frame: MapExtent, wording: Wording) -> list[dict[str, Any]]:
    """Where meridians meet the upper edge and parallels the left one, in mm, and their names."""
    found = []
    for kind, value, line in graticule(frame):
        ends = shapely.get_coordinates(line)
        if len(ends) < 2:
            continue
        x, y = frame.mm(*ends[-1 if kind == "lon" else 0])
        if kind == "lon" and y < 1 and 5 < x < frame.w - 5:
            found.append(
                {"side": "top", "at": round(x, 2), "text": wording.tr("{degrees}° E", degrees=_number(value, wording))}
            )
        elif kind == "lat" and x < 1 and 5 < y < frame.h - 5:
            found.append(
                {"side": "left", "at": round(y, 2), "text": wording.tr("{degrees}° N", degrees=_number(value, wording))}
            )
    return found


def _number(degrees: float, wording: Wording) -> str:
    return wording.number(degrees, 0 if degrees.is_integer() else 1)


def corner(name: str, size: Size, frame: MapExtent) -> tuple[float, float]:
    """Upper left corner in mm of an inset in a corner of the map."""
    x = frame.w - size[0] if name.endswith("right") else 0.0
    return x, frame.h - size[1] if name.startswith("bottom") else 0.0


def emptiest(size: Size, frame: MapExtent, busy: Any, used: list[str]) -> str:
    """The corner in which an inset covers least of what the map is about; ``busy`` is in mm."""

    def covered(name: str) -> float:
        x, y = corner(name, size, frame)
        return float(shapely.intersection(busy, shapely.box(x, y, x + size[0], y + size[1])).area)

    return min((name for name in CORNERS if name not in used), key=covered)

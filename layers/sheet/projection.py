"""What part of the plane a map shows (:mod:`geodata.crs`: UTM zone 38 north, whose middle meridian is 45° E), and its grid."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely

from geodata.crs import backward, forward, to_metres
from geodata.ground import Ground
from geodata.model import Record
from layers.sheet.paper import Size

Bounds = tuple[float, float, float, float]
"""West, south, east, north."""

SCREEN_PX = 900
"""Width in pixels of the map on a usual screen: a view's zoom is read as if shown on it."""


@lru_cache(maxsize=4096)
def metric(geometry: Any) -> Any:
    """Longitude and latitude (degrees) as metres; the shapes of the ground are asked for again for every map."""
    return to_metres(geometry)


@dataclass(frozen=True)
class MapExtent:
    """The part of the plane that a map shows: bounds in metres, and its width and height on paper in mm."""

    west: float
    south: float
    east: float
    north: float
    w: float
    h: float

    @property
    def scale(self) -> float:
        """Denominator of the scale on paper."""
        return (self.east - self.west) / (self.w / 1000)

    @property
    def area(self) -> Any:
        """The frame as a polygon."""
        return shapely.box(self.west, self.south, self.east, self.north)

    @property
    def metres(self) -> float:
        """Metres on the ground to a mm on paper."""
        return self.scale / 1000

    def mm(self, x: float, y: float) -> tuple[float, float]:
        """Metres as mm from the upper left corner of the map."""
        return (x - self.west) / self.metres, (self.north - y) / self.metres

    def paper(self, geometry: Any) -> Any:
        """A geometry in metres as one in mm from the upper left corner."""
        return shapely.transform(
            geometry, lambda xy: np.column_stack([xy[:, 0] - self.west, self.north - xy[:, 1]]) / self.metres
        )

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the frame."""
        return self.west <= x <= self.east and self.south <= y <= self.north


def frame_around(bounds: Bounds, size: Size, margin: float = 0.04, least: float = 0) -> MapExtent:
    """The smallest frame of the map's shape around some bounds, at ``least`` so wide; all in metres."""
    west, south, east, north = bounds
    wide, high = size
    width = max((east - west) * (1 + margin), (north - south) * (1 + margin) * wide / high, least)
    return _frame((west + east) / 2, (south + north) / 2, width, size)


def frame_of_view(view: tuple[float, float, float], size: Size) -> MapExtent:
    """The frame of a view (latitude, longitude, zoom of the web map)."""
    lat, lon, zoom = view
    x, y = forward(np.array([[lon, lat]]))[0]
    return _frame(x, y, SCREEN_PX * 156_543.034 * math.cos(math.radians(lat)) / 2**zoom, size)


def _frame(x: float, y: float, width: float, size: Size) -> MapExtent:
    height = width * size[1] / size[0]
    return MapExtent(x - width / 2, y - height / 2, x + width / 2, y + height / 2, *size)


def disputed_bounds(ground: Ground, record: Record) -> Bounds:
    """Bounds in metres of the areas and lines of the zones that frame the view; of all ground where none does."""
    framing = {zone.id for zone in record.zones if zone.frames_view}
    shapes = [piece.geometry for piece in ground.pieces if framing & {member.zone for member in piece.zones}]
    shapes += [line.geometry for line in ground.lines if line.zone in framing]
    return bounds_of(shapes or [piece.geometry for piece in ground.pieces])


def bounds_of(shapes: Sequence[shapely.Geometry]) -> Bounds:
    """Bounds in metres of shapes in degrees."""
    west, south, east, north = shapely.total_bounds([metric(shape) for shape in shapes])
    return float(west), float(south), float(east), float(north)


def graticule(frame: MapExtent) -> Iterator[tuple[str, float, Any]]:
    """Meridians and parallels in the frame: (``lon`` or ``lat``, degrees, line in metres)."""
    corners = backward(np.array(shapely.segmentize(frame.area, (frame.east - frame.west) / 4).exterior.coords))
    (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
    step = next(step for step in (0.1, 0.2, 0.5, 1.0, 2.0, 5.0) if (east - west) / step <= 7 or step == 5.0)
    for degrees in _multiples(west, east, step):
        yield "lon", degrees, _line([(degrees, lat) for lat in np.linspace(south, north, 9)], frame)
    for degrees in _multiples(south, north, step):
        yield "lat", degrees, _line([(lon, degrees) for lon in np.linspace(west, east, 17)], frame)


def _multiples(low: float, high: float, step: float) -> list[float]:
    return [round(number * step, 1) for number in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _line(points: list[tuple[float, float]], frame: MapExtent) -> Any:
    return shapely.intersection(shapely.LineString(forward(np.array(points))), frame.area)


def north_angle(frame: MapExtent) -> float:
    """Angle (degrees, clockwise) by which true north leans from the top of the sheet in the middle of the frame."""
    middle = np.array([[(frame.west + frame.east) / 2, (frame.south + frame.north) / 2]])
    lon, lat = backward(middle)[0]
    above = forward(np.array([[lon, lat + 0.1]]))[0]
    return math.degrees(math.atan2(above[0] - middle[0, 0], above[1] - middle[0, 1]))

"""Boxes in which a name may stand, round a point or in an area, and how well they do: all in mm, many at a time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

import numpy as np
import shapely

Box = tuple[float, float, float, float]
"""Left, top, right and lower edge in mm from the upper left corner of the map."""
DOT = 0.7
"""Half of the room in mm that a dot takes."""
AROUND = ((1, 0), (1, -1), (1, 1), (-1, 0), (-1, -1), (-1, 1), (0, -1), (0, 1))
"""Where a name may stand beside its point: to the right first."""


def prepared(shapes: Sequence[Any]) -> Any:
    """Areas in mm, those that are not empty, ready to be asked many times."""
    found = np.array([shape for shape in shapes if not shape.is_empty], dtype=object)
    shapely.prepare(found)
    return found


def strangeness(grounds: Any, spot: tuple[float, float], boxes: Any, leaders: Any, strange: float) -> Any:
    """How badly boxes stand: 0 on the ground of the spot's holder, 3 on nobody's, ``strange`` on another's.

    Two more for each other holder whose ground its leader, if it has one, crosses.  A zone round the spot is no other's.
    """
    away = shapely.distance(grounds, shapely.Point(spot))
    if not len(away) or away.min() > DOT:
        return 0.0 * boxes[:, 0]
    own = int(away.argmin())
    shapes = shapely.box(*boxes.T)
    hit, crossed = np.zeros((2, len(boxes)), dtype=int)
    for other in grounds[away > away[own]]:
        hit |= shapely.intersects(other, shapes)
        if leaders is not None:
            crossed += shapely.intersects(other, shapely.linestrings(leaders))
    return np.where(hit, strange, np.where(shapely.contains(grounds[own], shapes), 0, 3)) + 2 * crossed


def middle(shape: Any, tolerance: float = 0.5) -> tuple[float, float]:
    """The middle of the roomiest part of an area."""
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    if largest.geom_type != "Polygon":
        return float(shape.centroid.x), float(shape.centroid.y)
    middle = shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=tolerance), 0)
    return float(middle.x), float(middle.y)


def distance(box: Box, x: float, y: float) -> float:
    """How far a box is from a point."""
    return math.hypot(max(box[0] - x, 0, x - box[2]), max(box[1] - y, 0, y - box[3]))


def offsets(boxes: Any, x: Any, y: Any) -> tuple[Any, Any]:
    """How far boxes are from points, across and down."""
    return np.maximum(np.maximum(boxes[:, 0] - x, x - boxes[:, 2]), 0), np.maximum(
        np.maximum(boxes[:, 1] - y, y - boxes[:, 3]), 0
    )


def dot(x: float, y: float) -> Box:
    """The room of a dot."""
    return x - DOT, y - DOT, x + DOT, y + DOT


def segments(lines: Iterable[Any]) -> Any:
    """Lines cut into pieces of two points each."""
    found = []
    for part in shapely.get_parts(shapely.get_parts(list(lines))) if lines else []:
        xy = shapely.get_coordinates(part)
        if len(xy) > 1:
            found.append(np.stack([xy[:-1], xy[1:]], axis=1))
    return shapely.linestrings(np.concatenate(found)) if found else np.array([], dtype=object)


def inside(area: Any, near: tuple[float, float], extent: tuple[float, float]) -> Any:
    """Boxes of a size whose middles lie in an area, on a grid of 1.5 mm, the nearest to a place first."""
    width, height = extent
    west, north, east, south = area.bounds
    x = np.concatenate([[near[0]], np.arange(west + width / 2, east - width / 2 + 0.01, 1.5)])
    y = np.concatenate([[near[1]], np.arange(north + height / 2, south - height / 2 + 0.01, 1.5)])
    cx, cy = (values.ravel() for values in np.meshgrid(x, y))
    held = shapely.contains_xy(area, cx, cy)
    cx, cy = cx[held], cy[held]
    order = np.argsort((cx - near[0]) ** 2 + 3 * (cy - near[1]) ** 2, kind="stable")
    cx, cy = cx[order], cy[order]
    return np.column_stack([cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2])


def around(x: float, y: float, extents: Sequence[tuple[float, float]], gap: float) -> Any:
    """Boxes of some sizes beside a point, the best of each size first."""
    boxes = []
    for (width, height), far, (side, level) in product(extents, (gap, gap + 1.2), AROUND):
        left = x + far if side > 0 else x - far - width if side < 0 else x - width / 2
        middle = y + level * (height * 0.6 + (far if side == 0 else 0))
        boxes.append((left, middle - height / 2, left + width, middle + height / 2))
    return np.array(boxes)


def ring(x: float, y: float, extents: Sequence[tuple[float, float]], most: float) -> Any:
    """Boxes of some sizes all around a point."""
    half = np.array(extents)[:, None] / 2
    far, turn = np.meshgrid(np.arange(3.0, most, 1.5), np.linspace(0, 2 * math.pi, 32, endpoint=False), indexing="ij")
    way = np.column_stack([np.cos(turn).ravel(), np.sin(turn).ravel()])
    middle = (x, y) + (far.reshape(-1, 1) + half) * way
    return np.concatenate([middle - half, middle + half], axis=2).reshape(-1, 4)


def leaders(x: float, y: float, boxes: Any) -> Any:
    """From the nearest point of each box to a point: an array of two ends each."""
    feet = np.column_stack([np.clip(x, boxes[:, 0], boxes[:, 2]), np.clip(y, boxes[:, 1], boxes[:, 3])])
    return np.stack([feet, np.broadcast_to((x, y), feet.shape)], axis=1)

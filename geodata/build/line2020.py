"""The line of 10 November 2020 inside the former oblast, from settlements with a known side.

Every point of held ground takes the side of the nearest settlement whose side on that day is known: the line is the
boundary between the Voronoi cells of settlements of different sides.  It runs midway between the two settlements that
bracket it, and half their distance is its error.  Only settlements on the captured side create captured ground; where
no capture happened the line is the oblast's edge or the line of 1994.  No published map is traced.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely

from geodata.crs import to_metres
from geodata.record_ground import Place

AZERBAIJAN = "azerbaijan"


@dataclass(frozen=True)
class Site:
    """A settlement with a known side on 10 November 2020; position in metres."""

    place: str
    x: float
    y: float
    holder: str
    disputed: bool

    @property
    def captured(self) -> bool:
        """Whether Azerbaijani forces held it."""
        return self.holder == AZERBAIJAN


def sites(places: Iterable[Place], leave_out: Iterable[str]) -> list[Site]:
    """Settlements of the record with a point and a known side, in the record's order."""
    found = []
    for place in places:
        side = place.known_side
        if side is None or place.lat is None or place.lon is None or place.id in set(leave_out):
            continue
        if side.holder in {AZERBAIJAN, "armenian-forces"}:
            x, y = shapely.get_coordinates(to_metres(shapely.Point(place.lon, place.lat)))[0]
            found.append(Site(place.id, float(x), float(y), side.holder, side.disputed))
    return found


def cells(points: list[tuple[float, float]], extent: Any) -> list[Any]:
    """Voronoi cells of points (metres), in the points' order, covering at least ``extent``."""
    found = shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=extent.envelope.buffer(50_000), ordered=True)
    return list(shapely.get_parts(found))


def regions(owners: list[str], points: list[tuple[float, float]], extent: Any) -> dict[str, Any]:
    """Union of the Voronoi cells of each owner, clipped to ``extent``."""
    by_owner: dict[str, list[Any]] = {}
    for owner, cell in zip(owners, cells(points, extent), strict=True):
        by_owner.setdefault(owner, []).append(cell)
    return {owner: shapely.union_all(parts).intersection(extent) for owner, parts in by_owner.items()}


def bracket(all_sites: list[Site], x: float, y: float) -> tuple[Site, Site, int]:
    """Nearest settlement of either side to a point of the line, and half their distance in metres.

    Returns
    -------
    tuple
        The settlement on the Azerbaijani side, the one on the Armenian side, and the error in whole metres.
    """

    def nearest(captured: bool) -> Site:
        return min((site for site in all_sites if site.captured == captured), key=lambda s: np.hypot(s.x - x, s.y - y))

    one, other = nearest(captured=True), nearest(captured=False)
    return one, other, round(float(np.hypot(one.x - other.x, one.y - other.y)) / 2)


def stretches(line: Any, all_sites: list[Site], drawn: Any) -> list[tuple[Any, Site, Site, int]]:
    """Cut a line into stretches bracketed by the same two settlements.

    Parameters
    ----------
    line
        The line in metres.
    all_sites
        The settlements.
    drawn
        The same line, vertex by vertex, in the coordinates in which the stretches are wanted.
    """
    groups: list[tuple[list[Any], tuple[Site, Site, int]]] = []
    for (start, end), (_, target) in zip(pairwise(line.coords), pairwise(drawn.coords), strict=True):
        pair = bracket(all_sites, (start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        if groups and groups[-1][1][:2] == pair[:2]:
            groups[-1][0].append(target)
        else:
            first = groups[-1][0][-1] if groups else drawn.coords[0]
            groups.append(([first, target], pair))
    return [(shapely.LineString(points), *pair) for points, pair in groups]

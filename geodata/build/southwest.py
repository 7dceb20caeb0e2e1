"""The line of 10 November 2020 beside Armenia, in the districts of Lachin, Gubadli and Zangilan.

As inside the former oblast every point takes the side of the nearest place whose side is known; here Armenia's border,
which Armenian forces held, is one of these places: it enters as points at equal steps.  Half the distance to the two
nearest of different sides is the error of the line.
"""

from __future__ import annotations

from typing import Any

import shapely

from geodata.build import line2020
from geodata.build.line2020 import Site
from geodata.record_ground import Place

BORDER = "border-of-armenia"
"""What stands for the place in a site that is a point of the border."""
REACH = 20_000.0
"""Metres from the districts up to which the border enters."""


def sites(
    places: list[Place], captured: list[str], known: list[Site], near: Any, armenia: Any, step: float
) -> list[Site]:
    """Places with a known side, and the border of Armenia near ``near`` (metres) as points every ``step`` metres."""
    here = {site.place for site in known}
    added = [site for site in line2020.sites(places, here) if site.place in captured]
    border = shapely.segmentize(armenia.boundary.intersection(near.buffer(REACH)), step)
    points = sorted({(float(x), float(y)) for x, y in shapely.get_coordinates(border)})
    return [*known, *added, *(Site(BORDER, x, y, "armenian-forces", disputed=False) for x, y in points)]


def captured_part(all_sites: list[Site], extent: Any) -> Any:
    """The part of ``extent`` (metres) that is nearer to a captured place than to any other."""
    owners = ["captured" if site.captured else "held" for site in all_sites]
    return line2020.regions(owners, [(site.x, site.y) for site in all_sites], extent)["captured"]

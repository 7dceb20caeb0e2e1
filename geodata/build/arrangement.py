"""Cuts the area once into faces and gives each face its unit by rule.

All boundaries are snap-rounded together on a grid of 0.00001 degrees, so the faces tile the area exactly and what is
written needs no further rounding.  Whole numbers are used throughout: one unit is 0.00001 degrees.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from geodata.build import line2020
from geodata.build.line2020 import Site
from geodata.build.southwest import captured_part
from geodata.crs import to_degrees, to_metres
from geodata.parts import Ring

GRID = 100_000
"""Grid lines to a degree."""
SEVEN = ("agdam", "kalbajar", "lachin", "fuzuli", "jabrayil", "zangilan", "gubadli")
SAMPLING = 250.0
"""Metres between the points by which residual ground is given to the nearest district."""
SPECK = 250.0
"""Square metres below which a part is dropped before faces are cut."""
REACH_OF_RESIDUAL = 15_000.0
"""Metres around a district within which held ground outside all districts may take its history."""
SLIVER_WIDTH = 120.0
SLIVER_AREA = 4e5
"""A face thinner than this (metres) and smaller than this (square metres) goes to a neighbour."""


@dataclass(frozen=True)
class Disc:
    """Ground around published points: one circle a place, in metres, and the radius that is also its error."""

    circles: dict[str, Any]
    radius: int

    def at(self, point: Any) -> str | None:
        """The place around which a point lies."""
        return next((place for place, circle in self.circles.items() if circle.covers(point)), None)


@dataclass
class Arrangement:
    """Everything that the faces are cut from; geometries in metres."""

    frame: dict[str, Any]
    districts: dict[str, Any]
    oblast: Any
    line_1994: Any
    held: Any
    corridor: Any
    sites: list[Site]
    pocket: list[str]
    sectors: dict[str, list[tuple[float, float]]]
    zangilan: dict[str, list[tuple[float, float]]]
    circles: dict[str, Any]
    discs: dict[str, Disc]
    southwest: list[Site]
    southwest_rule: dict[str, Any]
    line_1994_errors: dict[str, int]
    regions: dict[str, Any] = field(default_factory=dict)
    captured: dict[str, Any] = field(default_factory=dict)
    zangilan_parts: dict[str, Any] = field(default_factory=dict)
    residual: dict[str, Any] = field(default_factory=dict)
    outside: dict[str, Any] = field(default_factory=dict)
    near_border: Any = None
    captured_southwest: Any = None

    @property
    def beside_armenia(self) -> set[str]:
        """Units that the line of 10 November 2020 beside Armenia cuts out of their districts."""
        return {unit for part in ("taken", "kept") for unit in self.southwest_rule[part].values()}


@dataclass(frozen=True)
class PieceKey:
    """What a face is: faces with the same key are one piece.

    ``residual`` is held ground outside the districts, which takes the nearest one's history; ``part`` is any other mark.
    """

    unit: str
    district: str | None
    oblast: bool
    part: str = ""
    residual: bool = False
    ring: Ring | None = None

    @property
    def piece(self) -> str:
        """Id of the piece: the unit's, with what sets it apart from the unit's other pieces."""
        marks = (self.part, "residual" if self.residual else "", self.ring or "")
        return "-".join([self.unit, *filter(None, marks)])


def corridor(chain: Any, half_width: float, country: Any, oblast: Any) -> Any:
    """Flat-capped band either side of the chain, inside Azerbaijan and outside the oblast (the part at the border)."""
    band = chain.buffer(half_width, cap_style="flat", quad_segs=12).intersection(country).difference(oblast)
    start = shapely.Point(chain.coords[0])
    return min(shapely.get_parts(band), key=lambda part: part.distance(start))


def prepare(ground: Arrangement) -> None:
    """Work out the Voronoi regions that follow from the settlements."""
    inside = ground.held.intersection(ground.oblast)
    owners = ["captured" if s.captured else "pocket" if s.place in ground.pocket else "rest" for s in ground.sites]
    ground.regions = line2020.regions(owners, [(s.x, s.y) for s in ground.sites], inside)
    ground.captured = _nearest(ground.sectors, inside)
    ground.zangilan_parts = _nearest(ground.zangilan, ground.districts["zangilan"])
    ground.outside = {name: _main_part(ground.districts[name].difference(ground.oblast)) for name in SEVEN}
    ground.residual = _residual(ground)
    _prepare_southwest(ground)


def _prepare_southwest(ground: Arrangement) -> None:
    """Work out the captured part of the districts beside Armenia, and the reach of those who held its border."""
    rule = ground.southwest_rule
    land = shapely.union_all([ground.districts[name] for name in (*rule["taken"], *rule["kept"])])
    extent = land.union(shapely.union_all(list(ground.residual.values()))).intersection(ground.held)
    ground.captured_southwest = captured_part(ground.southwest, extent)
    ground.near_border = ground.frame["armenia"].buffer(rule["reach_m"], quad_segs=4)


def _main_part(shape: Any) -> Any:
    """The largest polygon: what the oblast cuts off from a district on its far side is not part of the district's history."""
    return max(shapely.get_parts(shape), key=lambda part: part.area)


def _residual(ground: Arrangement) -> dict[str, Any]:
    """Held ground outside oblast and districts, by the nearest district: cells of points every 250 m of their outlines.

    The districts count without what they have of the oblast, which has a history of its own.
    """
    seven = ground.outside
    extent = ground.held.difference(shapely.union_all([ground.oblast, ground.corridor, *seven.values()]))
    near = extent.buffer(SAMPLING)
    points: dict[str, list[tuple[float, float]]] = {}
    for name, district in seven.items():
        outline = district.boundary.intersection(near).segmentize(SAMPLING)
        points[name] = sorted({(x, y) for x, y in np.round(shapely.get_coordinates(outline)).tolist()})
    taken: set[tuple[float, float]] = set()
    for name, mine in points.items():
        points[name] = [point for point in mine if point not in taken]
        taken |= set(mine)
    found = _nearest(points, extent)
    names = sorted(found)
    parts = [
        part
        for name in names
        for part in shapely.get_parts(found[name])
        if part.geom_type == "Polygon" and part.area > SPECK
    ]
    return {
        str(index): part
        for index, part in enumerate(shapely.coverage_simplify(parts, SAMPLING / 2, simplify_boundary=False))
    }


def _nearest(places: dict[str, list[tuple[float, float]]], extent: Any) -> dict[str, Any]:
    owners = [unit for unit, points in places.items() for _ in points]
    return line2020.regions(owners, [point for points in places.values() for point in points], extent)


def faces(ground: Arrangement) -> list[tuple[Any, PieceKey]]:
    """Faces on the whole-number grid, each with its key; slivers already given away."""
    lines = [outline.boundary for name, outline in ground.frame.items() if name != "lake"]
    lines += [district.boundary for district in ground.districts.values()]
    country = ground.frame["azerbaijan"]
    lines += [ground.oblast.boundary.intersection(country), ground.line_1994.intersection(country)]
    lines += [ground.corridor.boundary, *_southwest_lines(ground)]
    lines += [circle.boundary for disc in ground.discs.values() for circle in disc.circles.values()]
    lines += [region.boundary for region in ground.regions.values()]
    lines += [region.boundary.intersection(ground.regions["captured"]) for region in ground.captured.values()]
    lines += [region.boundary for region in ground.zangilan_parts.values()]
    lines += [region.boundary for region in ground.residual.values()]
    lines += [circle.boundary for circle in ground.circles.values()]
    grid = [shapely.set_precision(_to_grid(line), 1.0) for line in lines]
    noded = shapely.union_all(grid, grid_size=1.0)
    found = [face for face in shapely.get_parts(shapely.polygonize([noded])) if face.area > 0]
    points = to_metres(shapely.transform(shapely.point_on_surface(found), lambda xy: xy / GRID))
    keyed = [(face, key_of(point, ground)) for face, point in zip(found, points, strict=True)]
    return _without_slivers([(face, key) for face, key in keyed if key is not None])


def _southwest_lines(ground: Arrangement) -> list[Any]:
    """Boundaries of the captured part and of the reach, inside the held parts of the districts that they divide."""
    rule = ground.southwest_rule
    taken, kept = (
        shapely.union_all([ground.districts[name] for name in rule[part]])
        .buffer(REACH_OF_RESIDUAL)
        .intersection(ground.held)
        for part in ("taken", "kept")
    )
    captured = ground.captured_southwest.boundary
    return [captured.intersection(taken.union(kept)), ground.near_border.boundary.intersection(kept)]


def _to_grid(geometry: Any) -> Any:
    return shapely.transform(to_degrees(geometry), lambda xy: np.round(xy * GRID))


def key_of(point: Any, ground: Arrangement) -> PieceKey | None:
    """Unit, district and oblast of a point (metres); None outside both countries."""
    for name, outline in ground.frame.items():
        if name in {"lake", "azerbaijan"} or not outline.contains(point):
            continue
        return (
            PieceKey("azerbaijan", None, oblast=False, part="islands")
            if name.startswith("island-")
            else PieceKey(name, None, oblast=False)
        )
    if not ground.frame["azerbaijan"].covers(point):
        return None
    district = _district(point, ground)
    for unit, disc in ground.discs.items():
        place = disc.at(point)
        if place is not None:
            return _in_disc(unit, place, district, point, ground)
    if not ground.held.covers(point):
        if ground.oblast.covers(point):
            return PieceKey("oblast-azerbaijani-held", None, oblast=True)
        return PieceKey("azerbaijan", district, oblast=False, part=district or "")
    if ground.oblast.covers(point):
        return _inside_oblast(point, ground)
    return _outside_oblast(point, ground)


def _in_disc(unit: str, place: str, district: str | None, point: Any, ground: Arrangement) -> PieceKey:
    """PieceKey of ground in a disc: a piece for each place, and for what the disc reaches outside its centre's district."""
    circles = ground.discs[unit].circles
    here, home = (_region(spot, ground) for spot in (point, circles[place].centroid))
    marks = [place if len(circles) > 1 else "", "" if here == home else here or "outside"]
    return PieceKey(
        unit,
        None if here == "oblast" else district,
        oblast=here == "oblast",
        part="-".join(filter(None, marks)),
        residual=here is None and bool(ground.held.covers(point)),
    )


def _region(point: Any, ground: Arrangement) -> str | None:
    """The oblast, or else the district, of a point."""
    return "oblast" if ground.oblast.covers(point) else _district(point, ground)


def _district(point: Any, ground: Arrangement) -> str | None:
    return next((name for name in SEVEN if ground.districts[name].covers(point)), None)


def _inside_oblast(point: Any, ground: Arrangement) -> PieceKey:
    side = min(ground.regions, key=lambda name: ground.regions[name].distance(point))
    if side == "pocket":
        return PieceKey("hin-tagher", None, oblast=True)
    if side == "rest":
        return PieceKey("oblast-rest", None, oblast=True)
    unit = min(ground.captured, key=lambda name: ground.captured[name].distance(point))
    return PieceKey(unit, None, oblast=True, ring=_ring(unit, point, ground))


def _outside_oblast(point: Any, ground: Arrangement) -> PieceKey:
    if ground.corridor.covers(point):
        return PieceKey("lachin-corridor", "lachin", oblast=False)
    district = next((name for name in SEVEN if ground.outside[name].covers(point)), None)
    home = district or min(SEVEN, key=lambda name: ground.outside[name].distance(point))
    unit = home
    if home == "zangilan":
        unit = min(ground.zangilan_parts, key=lambda name: ground.zangilan_parts[name].distance(point))
    unit = _beside_armenia(home, unit, point, ground)
    return PieceKey(unit, home, oblast=False, residual=district is None, ring=_ring(unit, point, ground))


def _beside_armenia(home: str, unit: str, point: Any, ground: Arrangement) -> str:
    """The unit of the captured part of a district that was handed over, or of the part not captured of one that was."""
    rule, captured = ground.southwest_rule, ground.captured_southwest.covers(point)
    if captured:
        return str(rule["taken"].get(home, unit))
    return str(rule["kept"].get(unit, unit)) if ground.near_border.covers(point) else unit


def _ring(unit: str, point: Any, ground: Arrangement) -> Ring | None:
    if unit not in ground.circles:
        return None
    return "town" if ground.circles[unit].covers(point) else "beyond"


def _without_slivers(keyed: list[tuple[Any, PieceKey]]) -> list[tuple[Any, PieceKey]]:
    """Give each thin small face the key of the neighbour with which it shares the longest edge."""
    metric = [to_metres(shapely.transform(face, lambda xy: xy / GRID)) for face, _ in keyed]
    thin = [2 * face.area / face.length < SLIVER_WIDTH and face.area < SLIVER_AREA for face in metric]
    keys = [key for _, key in keyed]
    shapes = [face for face, _ in keyed]
    tree = shapely.STRtree(shapes)
    for index in sorted((i for i, flag in enumerate(thin) if flag), key=lambda i: metric[i].area):
        best, longest = None, 0.0
        for other in sorted(tree.query(shapes[index])):
            if other != index and keys[other].unit not in FIXED:
                shared = shapes[index].boundary.intersection(shapes[other].boundary).length
                if shared > longest:
                    best, longest = other, shared
        if best is not None and keys[index].unit not in FIXED:
            keys[index] = keys[best]
    return list(zip(shapes, keys, strict=True))


FIXED = {"armenia", "nakhchivan", "artsvashen", "yukhari-askipara", "barkhudarli", "karki"}
"""Units bounded by country borders only: they neither give nor take slivers."""


def dissolve(keyed: list[tuple[Any, PieceKey]]) -> dict[PieceKey, Any]:
    """One geometry per key, on the whole-number grid, in the order of the pieces' ids."""
    by_key: dict[PieceKey, list[Any]] = {}
    for face, key in keyed:
        by_key.setdefault(key, []).append(face)
    order = sorted(by_key, key=lambda key: (key.piece, key.district or "", key.oblast))
    united = {key: shapely.normalize(shapely.coverage_union_all(by_key[key])) for key in order}
    return {key: shapely.orient_polygons(shape) for key, shape in united.items()}

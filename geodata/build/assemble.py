"""Brings sources, rules and places together into the ground from which the faces are cut."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shapely
import yaml

from geodata.build import arrangement, districts, frame, line2020, southwest
from geodata.build.displacement import Displacement
from geodata.crs import to_metres
from geodata.record_ground import Place, Unit

RULES = Path(__file__).with_name("rules.yaml")


class RuleError(Exception):
    """A rule that names a place without a point in the record."""


def rules() -> dict[str, Any]:
    """Return the contents of rules.yaml."""
    return dict(yaml.safe_load(RULES.read_text("utf-8")))


class Points:
    """Positions in metres of the record's places."""

    def __init__(self, places: list[Place]) -> None:
        self._places = {place.id: place for place in places}

    def __call__(self, place: str) -> tuple[float, float]:
        """Position of a place; RuleError when the record has none."""
        entry = self._places.get(place)
        if entry is None or entry.lat is None or entry.lon is None:
            raise RuleError(
                f"geodata/build/rules.yaml names the place {place}, which has no coordinates in places.yaml."
            )
        x, y = shapely.get_coordinates(to_metres(shapely.Point(entry.lon, entry.lat)))[0]
        return float(x), float(y)

    def all(self, names: list[str]) -> list[tuple[float, float]]:
        """Positions of several places."""
        return [self(name) for name in names]


def chain(rule: dict[str, Any], point: Points) -> Any:
    """The old road from the border to Khankendi as a chain of published points, in metres."""
    border = to_metres(shapely.Point(rule["border"]))
    return shapely.LineString([border.coords[0], *point.all(rule["places"])])


def ground(sources: Path, places: list[Place], units: list[Unit]) -> arrangement.Arrangement:
    """Read everything and work out the boundaries; ready for :func:`arrangement.faces`."""
    rule, point = rules(), Points(places)
    outlines = frame.read_frame(sources / "borders-osm.geojson")
    country = outlines["azerbaijan"]
    move = Displacement(sources / "displacement.csv")
    cut = districts.read_districts(sources / "districts-natural-earth.geojson", move, country)
    oblast, line_1994, held = districts.read_oblast_and_line(sources / "lines-natural-earth.geojson", move, country)
    known = line2020.sites(places, _beyond_the_line(rule))
    beside = shapely.union_all([cut[name] for part in ("taken", "kept") for name in rule["southwest"][part]])
    result = arrangement.Arrangement(
        frame=outlines,
        districts=cut,
        oblast=oblast,
        line_1994=line_1994,
        held=held,
        corridor=arrangement.corridor(
            chain(rule["corridor"], point), rule["corridor"]["half_width_m"], country, oblast
        ),
        sites=known,
        pocket=rule["pocket"],
        sectors={unit: point.all(names) for unit, names in rule["sectors"].items()},
        zangilan={unit: point.all(names) for unit, names in rule["zangilan_sectors"].items()},
        circles={u.id: shapely.Point(point(u.town)).buffer(rule["circle_m"], quad_segs=12) for u in units if u.town},
        discs={unit: _disc(entry, point, country, oblast) for unit, entry in rule["discs"].items()},
        southwest=southwest.sites(
            places,
            rule["southwest"]["captured"],
            known,
            beside,
            outlines["armenia"],
            rule["southwest"]["border_step_m"],
        ),
        southwest_rule=rule["southwest"],
        line_1994_errors=rule["line_1994_errors_m"],
    )
    arrangement.prepare(result)
    return result


def _beyond_the_line(rule: dict[str, Any]) -> list[str]:
    """Places that bound no ground inside the oblast: held all along, in a disc of their own, or beside Armenia."""
    discs = [place for entry in rule["discs"].values() if not entry.get("inside_oblast") for place in entry["places"]]
    return [*rule["always_azerbaijani"], *discs, *rule["southwest"]["captured"]]


def _disc(entry: dict[str, Any], point: Points, country: Any, oblast: Any) -> arrangement.Disc:
    radius = entry["radius_m"]
    within = oblast if entry.get("inside_oblast") else country
    within = within.difference(oblast) if entry.get("outside_oblast") else within
    circles = {
        place: shapely.Point(point(place)).buffer(radius, quad_segs=8).intersection(within) for place in entry["places"]
    }
    return arrangement.Disc(circles, radius)

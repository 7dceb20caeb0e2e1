"""Point symbols of points.yaml, placed at the record's places."""

from __future__ import annotations

from typing import Any

import shapely
import yaml
from shapely.ops import nearest_points

from geodata.build.assemble import RULES, Points
from geodata.build.lines import names_of
from geodata.crs import to_degrees
from geodata.record_ground import Zone

CC_BY = "CC-BY-4.0"


def point_rows(zones: list[Zone], point: Points, neighbour: Any) -> list[tuple[dict[str, Any], Any]]:
    """Features of points.geojson, in the order of points.yaml; ``neighbour`` is Azerbaijan's land, in metres."""
    by_id = {zone.id: zone for zone in zones}
    rows = []
    for entry in yaml.safe_load(RULES.with_name("points.yaml").read_text("utf-8")):
        zone = by_id[entry["zone"]]
        properties = {
            "zone": zone.id,
            "point": entry["point"],
            "names": names_of(zone),
            "since": entry["since"],
            "until": entry["until"],
            "clauses": list(zone.clauses),
            "accuracy_m": entry["accuracy_m"],
            "doubt_control": entry.get("doubt_control"),
            "basis": "schematic",
            "text": entry["text"],
            "source": "; ".join(entry["sources"]),
            "sources": entry["sources"],
            "licence": CC_BY,
        }
        rows.append((properties, shapely.set_precision(_position(entry["at"], point, neighbour), 1e-5)))
    return rows


def _position(at: Any, point: Points, neighbour: Any) -> Any:
    if isinstance(at, dict):
        place = shapely.Point(point(at["border_near"]))
        return to_degrees(nearest_points(place, neighbour)[1])
    if isinstance(at, str):
        return to_degrees(shapely.Point(point(at)))
    if isinstance(at[0], str):
        return to_degrees(shapely.MultiPoint(point.all(at)).centroid)
    return shapely.Point(at)

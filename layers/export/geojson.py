"""GeoJSON by RFC 7946: WGS84, right-handed rings, a bounding box, foreign members for title and credits.

Places that were looked up in GeoNames link there, as the Linked Places format has it.
"""

from __future__ import annotations

import json
from typing import Any

import shapely

from geodata.columns import COLUMNS
from geodata.features import Row

DECIMALS = 5
"""About one metre; the shapes are rounded to it when they are built."""


def write(rows: dict[str, list[Row]], heading: dict[str, str]) -> bytes:
    """One FeatureCollection of all kinds of feature; ``kind`` tells them apart."""
    everything = [(kind, row) for kind, group in rows.items() for row in group]
    collection: dict[str, Any] = {"type": "FeatureCollection", **heading}
    if everything:
        bounds = shapely.total_bounds([row["geometry"] for _, row in everything])
        collection["bbox"] = [round(float(value), DECIMALS) for value in bounds]
    collection["features"] = [_feature(kind, row) for kind, row in everything]
    return (json.dumps(collection, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n").encode()


def _feature(kind: str, row: Row) -> dict[str, Any]:
    properties = {"kind": kind} | {name: row[name] for name in COLUMNS}
    geometry = geometry_json(row["geometry"])
    feature = {"type": "Feature", "id": f"{kind}/{row['feature_id']}", "properties": properties, "geometry": geometry}
    return feature | ({"links": [link(row["geonames_id"])]} if kind == "places" and row["geonames_id"] else {})


def link(geonames: int) -> dict[str, str]:
    """The same place in GeoNames, as the Linked Places format has it."""
    return {"type": "closeMatch", "identifier": f"https://sws.geonames.org/{geonames}/"}


def geometry_json(geometry: Any) -> Any:
    """A geometry as GeoJSON has it, right-handed."""
    return json.loads(shapely.to_geojson(right_handed(geometry)))


def right_handed(geometry: Any) -> Any:
    """Exterior rings counter-clockwise, holes clockwise, as the RFC asks."""
    return shapely.orient_polygons(geometry)

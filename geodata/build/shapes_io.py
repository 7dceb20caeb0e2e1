"""Reads and writes GeoJSON with fixed order, fixed digits and no state of the machine in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import shapely

from geodata.atomic_write import write_whole

Row = tuple[dict[str, Any], Any]
"""Properties and geometry (degrees) of one feature."""


def write_collection(path: Path, rows: list[Row], *, digits: int = 5, **members: Any) -> None:
    """Write a FeatureCollection, one feature a line; written beside and renamed.

    Parameters
    ----------
    rows
        Properties and geometry, in the order in which they are to stand.
    digits
        Decimals of a degree.
    members
        Further members of the collection, such as licence and credits.
    """
    head = json.dumps({"type": "FeatureCollection", **members}, ensure_ascii=False)[:-1]
    lines = [
        json.dumps(
            {
                "type": "Feature",
                "properties": properties,
                "geometry": _rounded(shapely.geometry.mapping(geometry), digits),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for properties, geometry in rows
    ]
    write_whole(path, (head + ', "features": [\n' + ",\n".join(lines) + "\n]}\n").encode())


def _rounded(mapping: dict[str, Any], digits: int) -> dict[str, Any]:
    def walk(value: Any) -> Any:
        return round(float(value), digits) if isinstance(value, float | int) else [walk(part) for part in value]

    if mapping["type"] == "GeometryCollection":
        return {**mapping, "geometries": [_rounded(part, digits) for part in mapping["geometries"]]}
    return {"type": mapping["type"], "coordinates": walk(mapping["coordinates"])}


def read_collection(path: Path) -> list[Row]:
    """Properties and geometry of each feature of a file that :func:`write_collection` wrote."""
    features = json.loads(path.read_text("utf-8"))["features"]
    return [(feature["properties"], shapely.from_geojson(json.dumps(feature["geometry"]))) for feature in features]

"""GeoParquet: one table of all kinds of feature; lists stay lists of text, days stay ISO text."""

from __future__ import annotations

import io

import geopandas as gpd

from geodata.features import COLUMNS, Row
from geodata.frames import WGS84, text_of

NUMBERS = {"km2", "km"}
INTEGERS = {"change_clause", "accuracy_m"}
FLAGS = {"certain", "disputed"}


def write(rows: dict[str, list[Row]], heading: dict[str, str]) -> bytes:
    """The table with its GeoParquet metadata; the heading goes into the file's metadata under ``atlas``."""
    everything = [(kind, row) for kind, group in rows.items() for row in group]
    table: dict[str, list[object]] = {"kind": [kind for kind, _ in everything]}
    for name in COLUMNS:
        table[name] = [text_of(row[name]) if isinstance(row[name], list) else row[name] for _, row in everything]
    frame = gpd.GeoDataFrame(table, geometry=[row["geometry"] for _, row in everything], crs=WGS84)
    for name in COLUMNS:
        frame[name] = frame[name].astype(_type(name))
    frame.attrs.update(heading)
    stream = io.BytesIO()
    frame.to_parquet(stream, index=False, schema_version="1.1.0", compression="zstd")
    return stream.getvalue()


def _type(name: str) -> str:
    if name in NUMBERS:
        return "Float64"
    if name in INTEGERS:
        return "Int64"
    return "boolean" if name in FLAGS else "string"

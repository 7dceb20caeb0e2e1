"""The rows of :mod:`geodata.features` as GeoDataFrames.  Besides the build, only this module imports geopandas."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd

from geodata.features import COLUMNS, LAYERS, Row

WGS84 = "EPSG:4326"
LISTS = {"zones", "clauses", "deadlines", "sources", "evidence"}
"""Columns that hold several values; frames hold them as text, divided by a semicolon and a space."""

INTEGERS = {"change_clause", "accuracy_m"}
"""Columns of whole numbers, some of them empty."""


def frames(rows: dict[str, list[Row]]) -> dict[str, gpd.GeoDataFrame]:
    """Rows as frames; columns that no row of a kind uses are left out, lists become text."""
    return {kind: frame(rows[kind]) for kind in LAYERS if rows.get(kind)}


def frame(rows: list[Row]) -> gpd.GeoDataFrame:
    """One kind of rows as a frame with the columns of :data:`geodata.features.COLUMNS` that it uses."""
    used = [name for name in COLUMNS if any(row[name] not in (None, []) for row in rows)]
    table = {name: [text_of(row[name]) if name in LISTS else row[name] for row in rows] for name in used}
    found = gpd.GeoDataFrame(table, geometry=[row["geometry"] for row in rows], crs=WGS84)
    for name in INTEGERS & set(used):
        found[name] = found[name].astype("Int64")
    return found


def text_of(values: Iterable[object] | None) -> str:
    """Several values as one text."""
    return "; ".join(map(str, values or ()))

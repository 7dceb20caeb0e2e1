"""The rows of :mod:`geodata.features` as GeoDataFrames.  Besides the build, only this module imports geopandas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from geodata.columns import DECLARED, Column
from geodata.dates import parse_day
from geodata.features import Row

WGS84 = "EPSG:4326"
_DTYPES = {"text": "string", "list": "string", "integer": "Int64", "number": "Float64", "flag": "boolean"}


def frame(rows: list[Row], columns: Sequence[Column] = DECLARED) -> gpd.GeoDataFrame:
    """Rows as a frame whose columns and types follow from the declaration alone: lists are text, days are dates."""
    table = {column.name: series(column, [row[column.name] for row in rows]) for column in columns}
    return gpd.GeoDataFrame(table, geometry=[row["geometry"] for row in rows], crs=WGS84)


def series(column: Column, values: list[Any]) -> pd.Series:
    """The values of a column in the type that its declaration names; days may be dates or ISO text."""
    if column.kind == "day":
        return pd.Series(
            [parse_day(value) if isinstance(value, str) else value for value in values],
            dtype=pd.ArrowDtype(pa.date32()),
        )
    if column.kind == "list":
        values = [text_of(value) or None for value in values]
    return pd.Series(values, dtype=_DTYPES[column.kind])


def text_of(values: Iterable[object] | None) -> str:
    """Several values as one text."""
    return "; ".join(map(str, values or ()))

"""Points that are in memory already: a DataFrame goes the way of a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from geodata.attribution.budget import InputError
from geodata.attribution.columns import choose
from geodata.attribution.local import placed
from geodata.attribution.reading.source import Chunk, Opened
from geodata.attribution.written_day import DateRules, Order
from geodata.ground import Ground

WGS84 = 4326
ORDERS = ("dmy", "mdy")
NULLABLE = {
    pa.bool_(): pd.BooleanDtype(),
    pa.int32(): pd.Int32Dtype(),
    pa.string(): pd.StringDtype(),
    pa.date32(): pd.ArrowDtype(pa.date32()),
}
"""pandas types in which a row that was not placed stays empty and changes no other."""


class FrameSource(Opened):
    """A table in memory, as a source of points."""

    def __init__(self, table: pa.Table, geometry: str | None) -> None:
        super().__init__(schema=table.schema, format="DataFrame", geometry=geometry)
        self._table = table

    def chunks(self) -> Iterator[Chunk]:
        """All rows at once."""
        yield Chunk.clean(self._table, 1.0)

    def close(self) -> None:
        """Nothing is open."""


def attribute_frame(
    ground: Ground,
    points: pd.DataFrame,
    *,
    lat: str | None = None,
    lon: str | None = None,
    date: str | None = None,
    order: str | None = None,
) -> pd.DataFrame:
    """The rows with the added columns; see :meth:`geodata.atlas.Atlas.attribute`."""
    if order not in (None, *ORDERS):
        raise InputError(f"there is no order of dates “{order}”: it is dmy or mdy.")
    table, geometry = _table(points)
    source = FrameSource(table, geometry)
    columns = choose(source, lat, lon, date)
    rules = DateRules(cast("Order | None", order))
    parts = [part.table for part, _ in placed(ground, source, columns, rules, workers=1)]
    added = pa.concat_tables(parts).select(list(columns.added.values())).to_pandas(types_mapper=NULLABLE.get)
    return points.assign(**{name: added[name].array for name in added.columns})


def _table(points: pd.DataFrame) -> tuple[pa.Table, str | None]:
    """The rows as Arrow has them, and the column with points as well-known binary, if there is one."""
    geometry = None
    if isinstance(points, gpd.GeoDataFrame):
        geometry = str(points.geometry.name)
        placed_on_earth = points if points.crs is None else points.to_crs(WGS84)
        points = pd.DataFrame(placed_on_earth).assign(**{geometry: placed_on_earth.geometry.to_wkb()})
    try:
        return pa.Table.from_pandas(points, preserve_index=False), geometry
    except (pa.ArrowException, TypeError) as error:
        raise InputError(f"the table can't be read: {str(error).splitlines()[0]}.") from error

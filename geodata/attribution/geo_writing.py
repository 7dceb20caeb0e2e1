"""Writes the result as GeoPackage, GeoJSON or FlatGeobuf: chunks go to a Parquet file first, GDAL makes the format of it.

Memory stays constant, and a file is there only when it is whole.  Each row keeps its place; one without a position has no
geometry.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import pyarrow as pa
import shapely
from pyarrow import parquet

from geodata.atomic_write import OutputError, written_beside
from geodata.attribution.rows import Part
from geodata.attribution.writing import as_plain, parquet_writer

DRIVERS = {".gpkg": "GPKG", ".geojson": "GeoJSON", ".fgb": "FlatGeobuf"}
ROWS = 65_536


class GeoWriter:
    """A file that comes to be under its name only when all went well (a context manager)."""

    def __init__(self, path: Path, schema: pa.Schema, geometry: str | None) -> None:
        self._path, self._driver = path, DRIVERS[path.suffix.lower()]
        self._left_out = geometry
        taken = {name.casefold() for name in schema.names if name != geometry}
        self._shape = _free("geometry", taken)
        self._id = _free("fid", taken)
        self._open = ExitStack()
        self._parquet: parquet.ParquetWriter | None = None

    def __enter__(self) -> Self:
        with self._open as stack:
            self._beside = stack.enter_context(written_beside(self._path))
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            self._between = Path(folder) / "rows.parquet"
            self._open = stack.pop_all()
        return self

    def write(self, part: Part) -> None:
        """Append rows."""
        table = part.table.drop_columns([self._left_out]) if self._left_out else part.table
        table = pa.table([as_plain(column) for column in table.columns], names=table.schema.names)
        table = table.append_column(self._shape, _points(part))
        if self._parquet is None:
            self._stream = self._open.enter_context(self._between.open("wb"))
            self._parquet = parquet_writer(self._stream, table.schema)
        try:
            self._parquet.write_table(table)
        except OSError as error:
            raise OutputError(f"“{self._path}” can't be written: {(error.strerror or str(error)).lower()}.") from error

    def _convert(self) -> None:
        import pyogrio
        from pyogrio.raw import write_arrow

        if self._parquet is None:
            return
        self._parquet.close()
        self._stream.close()
        options = {"GPKG": {"FID": self._id}, "FlatGeobuf": {"SPATIAL_INDEX": "NO"}, "GeoJSON": {"RFC7946": "YES"}}
        made = self._between.with_suffix(self._path.suffix.lower())
        with parquet.ParquetFile(self._between) as rows:
            reader = pa.RecordBatchReader.from_batches(rows.schema_arrow, rows.iter_batches(ROWS))
            try:
                write_arrow(
                    reader, made, layer="points", driver=self._driver, geometry_name=self._shape, geometry_type="Point",
                    crs="EPSG:4326", layer_options=options[self._driver],
                )  # fmt: skip
            except (OSError, pyogrio.errors.DataLayerError, pyogrio.errors.DataSourceError) as error:
                raise OutputError(
                    f"“{self._path}” can't be written: there is no space for it in {made.parent}."
                ) from error
        with made.open("rb") as finished, self._beside.open("wb") as target:
            while block := finished.read(2**20):
                target.write(block)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Convert, and give the final name if nothing went wrong; else leave nothing behind."""
        with self._open as stack:
            if kind is not None:
                stack.__exit__(kind, error, trace)
                return
            self._convert()


def _points(part: Part) -> pa.Array:
    """The positions as well-known binary; null where there is none."""
    read = np.isfinite(part.lat) & np.isfinite(part.lon)
    shapes = np.full(len(part.lat), None, object)
    shapes[read] = shapely.to_wkb(shapely.points(part.lon[read], part.lat[read]))
    return pa.array(shapes, pa.binary())


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name = f"atlas_{name}"
    return name

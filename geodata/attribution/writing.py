"""Writes the result as GeoParquet, Parquet or CSV: chunk by chunk beside the place, renamed when it is whole."""

from __future__ import annotations

import io
import json
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv
from pyarrow import parquet

from geodata.atomic_write import OutputError, written_beside
from geodata.attribution.rows import Part
from geodata.spreadsheet_safety import FORMULA, NUMBER, cell

FORMATS = (".csv", ".parquet", ".gpkg", ".geojson", ".fgb")
GROUP = 1_048_576
"""Rows of a row group of Parquet."""
_PLAIN = f"^ *(?:{NUMBER.pattern})$"


def ending(path: Path) -> str:
    """The format that a name asks for.

    Raises
    ------
    OutputError
        Naming the formats that there are.
    """
    if path.suffix.lower() not in FORMATS:
        raise OutputError(f"“{path}” must end in {', '.join(FORMATS[:-1])} or {FORMATS[-1]}.")
    return path.suffix.lower()


class Writer:
    """A file that comes to be under its name only when all went well (a context manager)."""

    def __init__(self, path: Path, schema: pa.Schema, geometry: str | None = None) -> None:
        self._path, self._format = path, ending(path)
        self._schema = schema.with_metadata(geo_metadata(geometry)) if geometry else schema
        self._geometry = geometry
        self._open = ExitStack()

    def __enter__(self) -> Self:
        with self._open as stack:  # closes what is open so far if this does not end well
            beside = stack.enter_context(written_beside(self._path))
            self._stream: IO[bytes] = stack.enter_context(beside.open("wb"))
            if self._format == ".csv":
                _csv_head(self._schema, self._stream)
            else:
                self._parquet = stack.enter_context(parquet_writer(self._stream, self._schema))
            self._open = stack.pop_all()
        return self

    def write(self, part: Part) -> None:
        """Append rows."""
        table = part.table
        if self._geometry and self._format == ".parquet":
            table = with_nulls(table, self._geometry).cast(self._schema)
        try:
            if self._format == ".csv":
                _csv_rows(table, self._stream)
            else:
                self._parquet.write_table(table, row_group_size=GROUP)
        except OSError as error:
            raise OutputError(f"“{self._path}” can't be written: {(error.strerror or str(error)).lower()}.") from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close and give the final name if nothing went wrong, else leave nothing behind."""
        self._open.__exit__(kind, error, trace)


def geo_metadata(geometry: str) -> dict[bytes, bytes]:
    """What makes a Parquet file a GeoParquet file, 1.1.0: points as well-known binary, WGS84."""
    column = {"encoding": "WKB", "geometry_types": []}  # without crs: longitude and latitude, OGC:CRS84
    about = {"version": "1.1.0", "primary_column": geometry, "columns": {geometry: column}}
    return {b"geo": json.dumps(about).encode()}


def with_nulls(table: pa.Table, geometry: str) -> pa.Table:
    """The table with null instead of an empty geometry, which no reader takes."""
    number = table.schema.get_field_index(geometry)
    column = table.column(number)
    empty = pc.equal(pc.binary_length(column), 0)
    return table.set_column(number, table.schema.field(number), pc.if_else(empty, None, column).cast(column.type))


def csv_bytes(table: pa.Table) -> bytes:
    """A whole table as CSV, as :class:`Writer` writes it."""
    stream = io.BytesIO()
    _csv_head(table.schema, stream)
    _csv_rows(table, stream)
    return stream.getvalue()


def _csv_head(schema: pa.Schema, stream: IO[bytes]) -> None:
    stream.write(b"\xef\xbb\xbf")  # without it, spreadsheets misread ə and Armenian
    header = pa.table({str(number): [cell(name)] for number, name in enumerate(schema.names)})
    arrow_csv.write_csv(header, stream, arrow_csv.WriteOptions(include_header=False))


def _csv_rows(table: pa.Table, stream: IO[bytes]) -> None:
    arrow_csv.write_csv(for_spreadsheets(table), stream, arrow_csv.WriteOptions(include_header=False))


def parquet_writer(stream: IO[bytes], schema: pa.Schema) -> parquet.ParquetWriter:
    """A writer that spends no time on what random coordinates can't give: dictionaries for text only."""
    words = [field.name for field in schema if pa.types.is_dictionary(field.type) or pa.types.is_string(field.type)]
    return parquet.ParquetWriter(stream, schema, compression="snappy", use_dictionary=words, write_statistics=False)


def for_spreadsheets(table: pa.Table) -> pa.Table:
    """The table as text and numbers that no spreadsheet takes for a formula; bytes and nested values as text."""
    return pa.table(
        [_column(column) for column in table.columns], names=[f"{number}" for number in range(table.num_columns)]
    )


def _column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    column = as_plain(column)
    kind = column.type
    return _guarded(column) if pa.types.is_string(kind) else column


def as_plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column without dictionaries, bytes (hexadecimal digits) and nested values (text)."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return as_plain(column.cast(kind.value_type))
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return pa.chunked_array([[None if value is None else value.hex() for value in column.to_pylist()]], pa.string())
    if pa.types.is_nested(kind):
        return pa.chunked_array([[None if value is None else str(value) for value in column.to_pylist()]], pa.string())
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return column.cast(pa.string())
    return column


def _guarded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A leading quote for text that looks like a formula, see :mod:`geodata.spreadsheet_safety`."""
    suspect = pc.fill_null(pc.match_substring_regex(column, FORMULA), False)
    if not pc.any(suspect).as_py():
        return column
    suspect = pc.and_not(suspect, pc.fill_null(pc.match_substring_regex(column, _PLAIN), False))
    return pc.if_else(suspect, pc.binary_join_element_wise("'", column, ""), column)

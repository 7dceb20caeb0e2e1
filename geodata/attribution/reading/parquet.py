"""Parquet and GeoParquet, in batches; an open file is handed to Arrow, never a name that it might take for an address."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import IO, Any

import pyarrow as pa
from pyarrow import parquet

from geodata.attribution.reading.source import Chunk, InputError, Limits, Opened, unique

HEADER = b"PAR1"
ROWS = 131_072
WGS84 = {("OGC", "CRS84"), ("EPSG", "4326"), ("EPSG", "4979"), ("OGC", "CRS84h")}


class ParquetSource(Opened):
    """A Parquet file, or some of its row groups."""

    def __init__(self, stream: IO[bytes], limits: Limits, groups: Sequence[int] | None = None) -> None:
        self._stream = stream
        try:
            self._file = parquet.ParquetFile(stream, pre_buffer=False)
        except (pa.ArrowException, OSError) as error:
            raise InputError(f"the Parquet file is damaged: {str(error).splitlines()[0]}") from error
        self._groups = list(range(self._file.num_row_groups)) if groups is None else list(groups)
        self._total = sum(self._file.metadata.row_group(number).num_rows for number in self._groups)
        schema = self._file.schema_arrow
        if len(schema) > limits.columns:
            raise InputError(f"the file has {len(schema):,} columns; at most {limits.columns:,} are read.")
        if not self._total and groups is None:
            raise InputError("the file is empty: it has no row.")
        if self._total > limits.rows:
            raise InputError(f"the file has more than {limits.rows:,} rows: split it.")
        messages: list[str] = []
        names = unique(schema.names, messages)
        geometry = _geometry(schema)
        fields = [field.with_name(name) for field, name in zip(schema, names, strict=True)]
        kind = "Parquet" if geometry is None else "GeoParquet"
        super().__init__(pa.schema(fields), kind, geometry=geometry, messages=messages)

    def chunks(self) -> Iterator[Chunk]:
        """The rows."""
        read = 0
        try:
            for batch in self._file.iter_batches(ROWS, row_groups=self._groups, use_threads=False):
                read += batch.num_rows
                table = pa.table(batch.columns, schema=self.schema)
                yield Chunk.clean(table, read / max(self._total, 1))
        except (pa.ArrowException, OSError) as error:
            raise InputError(
                f"the Parquet file is damaged after {read:,} rows: {str(error).splitlines()[0]}"
            ) from error

    def groups(self, rows: int) -> Iterator[tuple[tuple[int, ...], int]]:
        """Row groups joined into parts of at least so many rows, with their number of rows."""
        part: list[int] = []
        count = 0
        for number in self._groups:
            part.append(number)
            count += self._file.metadata.row_group(number).num_rows
            if count >= rows:
                yield tuple(part), count
                part, count = [], 0
        if part:
            yield tuple(part), count

    def close(self) -> None:
        """Let go of the file."""
        self._stream.close()


def _geometry(schema: pa.Schema) -> str | None:
    """The primary geometry column of GeoParquet, in WGS84 and as well-known binary; None in a plain Parquet."""
    raw = (schema.metadata or {}).get(b"geo")
    if raw is None:
        return None
    try:
        heading = json.loads(raw)
        name = heading["primary_column"]
        column = heading["columns"][name]
        _check_crs(name, column.get("crs", {"id": {"authority": "OGC", "code": "CRS84"}}))
        encoding = column["encoding"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError("the file's GeoParquet heading is damaged.") from error
    if encoding != "WKB" or name not in schema.names:
        raise InputError(
            f"the geometry column “{str(name)[:60]}” is encoded as “{str(encoding)[:40]}”: write it as WKB."
        )
    return str(name)


def _check_crs(name: str, crs: Any) -> None:
    if crs is None:
        raise InputError(f"the geometry column “{name}” names no reference system: give it WGS84 (EPSG:4326).")
    found = crs.get("id") or {}
    if (str(found.get("authority")), str(found.get("code"))) not in WGS84:
        told = f"{found.get('authority')}:{found.get('code')} " if found else ""
        raise InputError(
            f"the points are in {told}({str(crs.get('name'))[:80]}): convert them to WGS84 (EPSG:4326) first."
        )

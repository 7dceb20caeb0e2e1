"""GeoPackage, read as the SQLite file that it is, without GDAL.

GDAL guesses formats and follows references to other files and hosts; a GeoPackage of points needs neither.  The
file is opened read-only by its own path, only real tables (no views, which may run for ever) are read, and the
geometry is well-known binary behind a header of known length.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from geodata.attribution.reading.source import Chunk, InputError, Limits, Opened, unique

HEADER = b"SQLite format 3\0"
ROWS = 50_000
_ENVELOPE = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
WGS84 = {4326, 4979}
DAMAGE = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises for a damaged file; the second when it can't even say so."""


class GeoPackageSource(Opened):
    """One table of points; the others are named in ``messages``."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._base = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._base.text_factory = lambda raw: raw.decode("utf-8", "backslashreplace")
        self._base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max(limits.member, 2**20))
        try:
            self._open(limits)
        except DAMAGE as error:
            raise InputError(f"the GeoPackage is damaged: {error}.") from error

    def _open(self, limits: Limits) -> None:
        self._base.execute("PRAGMA trusted_schema = OFF")
        tables = self._base.execute(
            "SELECT c.table_name, g.column_name, g.srs_id FROM gpkg_contents c"
            " JOIN gpkg_geometry_columns g ON g.table_name = c.table_name"
            " JOIN sqlite_master m ON m.name = c.table_name AND m.type = 'table'"
            " WHERE c.data_type = 'features' ORDER BY c.table_name"
        ).fetchall()
        if not tables:
            raise InputError("the GeoPackage has no table of features.")
        self._table, geometry, srs = tables[0]
        messages = []
        if len(tables) > 1:
            others = ", ".join(f"“{name}”" for name, *_ in tables[1:6])
            messages.append(f"The GeoPackage has {len(tables)} tables; “{self._table}” is read, not {others}.")
        if srs not in WGS84:
            raise InputError(
                f"the table “{self._table}” is in {self._name_of(srs)}: convert it to WGS84 (EPSG:4326) first."
            )
        columns = [row[1] for row in self._base.execute(f"PRAGMA table_info({_quoted(self._table)})")]
        if geometry not in columns:
            raise InputError(
                f"the table “{self._table}” has no column “{geometry}”, which is said to hold its geometry."
            )
        if len(columns) > limits.columns:
            raise InputError(f"the table has {len(columns):,} columns; at most {limits.columns:,} are read.")
        self._total = self._base.execute(f"SELECT count(*) FROM {_quoted(self._table)}").fetchone()[0]  # noqa: S608
        if not self._total:
            raise InputError("the file is empty: its table has no row.")
        if self._total > limits.rows:
            raise InputError(f"the file has more than {limits.rows:,} rows: split it.")
        fields = [
            pa.field(name, pa.binary() if given == geometry else self._type(given))
            for given, name in zip(columns, unique(columns, messages), strict=True)
        ]
        self._columns, self._geometry = columns, columns.index(geometry)
        super().__init__(pa.schema(fields), "GeoPackage", geometry=fields[self._geometry].name, messages=messages)

    def _name_of(self, srs: Any) -> str:
        row = self._base.execute(
            "SELECT srs_name, organization, organization_coordsys_id FROM gpkg_spatial_ref_sys WHERE srs_id = ?", (srs,)
        ).fetchone()
        return f"{row[1]}:{row[2]} ({str(row[0])[:80]})" if row else f"an unknown reference system ({srs})"

    def _type(self, column: str) -> pa.DataType:
        """SQLite keeps a type with each value: a column has the type that holds them all."""
        name = _quoted(column)
        kinds = {row[0] for row in self._base.execute(f"SELECT DISTINCT typeof({name}) FROM {_quoted(self._table)}")}  # noqa: S608
        kinds.discard("null")
        if kinds and kinds <= {"integer"}:
            return pa.int64()
        if kinds and kinds <= {"integer", "real"}:
            return pa.float64()
        return pa.binary() if kinds == {"blob"} else pa.string()

    def chunks(self) -> Iterator[Chunk]:
        """The rows, in the order in which the table keeps them."""
        listed = ", ".join(map(_quoted, self._columns))
        cursor = self._base.execute(f"SELECT {listed} FROM {_quoted(self._table)}")  # noqa: S608
        read = 0
        while rows := self._fetch(cursor):
            read += len(rows)
            arrays = []
            for number, (values, field) in enumerate(zip(zip(*rows, strict=True), self.schema, strict=True)):
                convert = wkb if number == self._geometry else _text if pa.types.is_string(field.type) else None
                arrays.append(pa.array(map(convert, values) if convert else values, field.type, size=len(rows)))
            yield Chunk.clean(pa.table(arrays, schema=self.schema), read / self._total)

    def _fetch(self, cursor: sqlite3.Cursor) -> list[Any]:
        try:
            return cursor.fetchmany(ROWS)
        except DAMAGE as error:
            raise InputError(f"the GeoPackage is damaged: {error}.") from error

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()


def wkb(blob: Any) -> bytes | None:
    """The well-known binary in a GeoPackage geometry (2.1.3 of the standard); None where there is none."""
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        return None
    flags = blob[3]
    if flags & 0b0001_0000:  # empty
        return None
    size = _ENVELOPE.get(flags >> 1 & 0b111)
    order = "<" if flags & 1 else ">"
    srs = struct.unpack_from(f"{order}i", blob, 4)[0]
    return None if size is None or srs not in {*WGS84, 0, -1} else blob[8 + size :]


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return value.hex() if isinstance(value, bytes) else str(value)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

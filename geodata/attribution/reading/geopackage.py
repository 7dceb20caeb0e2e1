"""GeoPackage, read as the SQLite file that it is, without GDAL.

GDAL guesses formats and follows references to other files and hosts; a GeoPackage of points needs neither.  The
file is opened read-only by its own path, only real tables (no views, which may run without end) are read, and the
geometry is well-known binary behind a header of known length.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from geodata.attribution.budget import Budget, InputError
from geodata.attribution.reading.projected import conversion
from geodata.attribution.reading.source import Chunk, Limits, Opened, unique
from geodata.attribution.said import Said

HEADER = b"SQLite format 3\0"
ROWS = 50_000
_ENVELOPE = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
WGS84 = {4326, 4979}
UNDEFINED = '"Undefined'
"""How the definition begins that GDAL writes where it was given none."""
DAMAGE = (sqlite3.Error, UnicodeDecodeError, MemoryError)
"""What SQLite raises for a damaged file; the second when it can't even say so, the third at ``HEAP``."""
HEAP = 256 * 2**20
"""Bytes that SQLite may take in all: what it sorts stays in memory and never fills a disk."""
STEPS = 100_000
"""Instructions of SQLite between two looks at the budget: a few milliseconds."""
BYTES = 64 * 2**20
"""Most of a chunk, roughly."""
EXACT = 2**53
"""Up to here every whole number is also a fraction of 64 bits."""


class GeoPackageSource(Opened):
    """One table of points; the others are named in ``messages``."""

    def __init__(self, path: Path, limits: Limits, budget: Budget, layer: str | None = None) -> None:
        self._layer = layer
        self._budget = budget
        self._ended: InputError | None = None
        self._base = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._base.text_factory = lambda raw: raw.decode("utf-8", "backslashreplace")
        self._base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max(limits.member, 2**20))
        self._base.set_progress_handler(self._look, STEPS)
        try:
            self._open(limits)
            self._rows_at_once = max(1, min(ROWS, BYTES * self._total // path.stat().st_size))
        except DAMAGE as error:
            self._base.close()
            raise self._sentence(error) from error
        except InputError:
            self._base.close()
            raise

    def _look(self) -> bool:
        """Called by SQLite now and then; true ends what it is doing."""
        try:
            self._budget.check()
        except InputError as error:
            self._ended = error
        return self._ended is not None

    def _sentence(self, error: BaseException) -> InputError:
        """What an exception of SQLite comes to."""
        if self._ended is not None:
            return self._ended
        reason = "it takes more memory than is allowed" if isinstance(error, MemoryError) else str(error)
        return InputError(f"the GeoPackage is damaged: {reason}.")

    def _open(self, limits: Limits) -> None:
        for setting in ("trusted_schema = OFF", "temp_store = MEMORY", f"hard_heap_limit = {HEAP}"):
            self._base.execute(f"PRAGMA {setting}").fetchall()
        real = {
            row[0] for row in self._base.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0")
        }
        for name in ("gpkg_contents", "gpkg_geometry_columns"):
            if name not in real:
                raise InputError(f"the GeoPackage is damaged: {name} is not a table in it.")
        self._systems = "gpkg_spatial_ref_sys" in real
        tables = self._base.execute(
            "SELECT c.table_name, g.column_name, g.srs_id FROM gpkg_contents c"
            " JOIN gpkg_geometry_columns g ON g.table_name = c.table_name"
            " WHERE c.data_type = 'features' ORDER BY c.table_name"
        ).fetchall()
        tables = [row for row in tables if row[0] in real]  # a view may run without end
        if not tables:
            raise InputError("the GeoPackage has no table of features.")
        names = [row[0] for row in tables]
        if self._layer is not None and self._layer not in names:
            listed = ", ".join(f"“{name}”" for name in names[:12])
            raise InputError(f"there is no layer “{self._layer[:60]}”; the layers are {listed}.")
        self._table, geometry, srs = tables[names.index(self._layer) if self._layer else 0]
        messages: list[Said] = []
        if len(tables) > 1 and self._layer is None:
            others = ", ".join(f"“{name}”" for name, *_ in tables[1:6])
            messages.append(
                Said(
                    f"The GeoPackage has {len(tables)} tables; “{self._table}” is read, not {others}: choose with --layer."
                )
            )
        self._srs = srs
        self.change = None if srs in WGS84 else conversion(self._definition(srs))
        columns = [row[1] for row in self._base.execute(f"PRAGMA table_info({_quoted(self._table)})")]
        if geometry not in columns:
            raise InputError(
                f"the table “{self._table}” has no column “{geometry}”, although it is registered as its geometry."
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

    def _definition(self, srs: Any) -> str:
        """The reference system of the table: its code where an authority gave it, else its well-known text."""
        row = (
            self._systems
            and self._base.execute(
                "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?",
                (srs,),
            ).fetchone()
        )
        if not row or srs in {0, -1} or UNDEFINED in str(row[2]):
            raise InputError(
                f"the table “{self._table}” does not say its reference system: give it one, such as WGS84 (EPSG:4326)."
            )
        known = str(row[0]).upper() in {"EPSG", "ESRI"}
        return f"{row[0]}:{row[1]}" if known else str(row[2])

    def _type(self, column: str) -> pa.DataType:
        """SQLite keeps a type with each value: a column has the type that holds them all."""
        name = _quoted(column)
        kinds = {row[0] for row in self._base.execute(f"SELECT DISTINCT typeof({name}) FROM {_quoted(self._table)}")}  # noqa: S608
        kinds.discard("null")
        if kinds and kinds <= {"integer"}:
            return pa.int64()
        if kinds and kinds <= {"integer", "real"}:
            large = (
                f"SELECT 1 FROM {_quoted(self._table)} WHERE typeof({name}) = 'integer' AND NOT {name} BETWEEN ? AND ?"  # noqa: S608
            )
            return pa.string() if self._base.execute(large, (-EXACT, EXACT)).fetchone() else pa.float64()
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
                convert = self._wkb if number == self._geometry else _text if pa.types.is_string(field.type) else None
                arrays.append(pa.array(map(convert, values) if convert else values, field.type, size=len(rows)))
            yield Chunk.clean(pa.table(arrays, schema=self.schema), read / self._total)

    def _wkb(self, blob: Any) -> bytes | None:
        return wkb(blob, {*WGS84, 0, -1} if self.change is None else {self._srs})

    def _fetch(self, cursor: sqlite3.Cursor) -> list[Any]:
        try:
            return cursor.fetchmany(self._rows_at_once)
        except DAMAGE as error:
            raise self._sentence(error) from error

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()


def wkb(blob: Any, systems: set[int]) -> bytes | None:
    """The well-known binary in a GeoPackage geometry (2.1.3 of the standard) in one of some reference systems.

    None for null, nothing for damage.
    """
    if blob is None:
        return None
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        return b""
    flags = blob[3]
    size = _ENVELOPE.get(flags >> 1 & 0b111)
    order = "<" if flags & 1 else ">"
    srs = struct.unpack_from(f"{order}i", blob, 4)[0]
    return b"" if size is None or srs not in systems else blob[8 + size :]


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return value.hex() if isinstance(value, bytes) else str(value)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

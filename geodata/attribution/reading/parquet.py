"""Parquet and GeoParquet, in batches; an open file is handed to Arrow, never a name that it might take for an address.

A few bytes of Parquet can stand for gigabytes of text: a dictionary holds a long value once, for a million rows that name
it by number.  Such columns are read as dictionaries, so that the size of the rows is known before they are made.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import parquet

from geodata.attribution.budget import Budget, InputError
from geodata.attribution.reading.gzipped import FREE
from geodata.attribution.reading.projected import Conversion, conversion
from geodata.attribution.reading.source import NOT_UTF8, Chunk, Limits, Opened, unique
from geodata.attribution.said import Said

HEADER = b"PAR1"
ROWS, CELLS = 131_072, 4_000_000
"""Most of a batch."""
BYTES = 64 * 2**20
"""Most text of a chunk, and of a batch whose columns are not read as dictionaries."""


class ParquetSource(Opened):
    """A Parquet file, or some of its row groups."""

    def __init__(
        self, stream: IO[bytes], limits: Limits, budget: Budget | None = None, groups: Sequence[int] | None = None
    ) -> None:
        self._stream, self._limits, self._budget = stream, limits, budget or Budget()
        try:
            metadata = parquet.read_metadata(stream)
            schema = metadata.schema.to_arrow_schema()
            names = [field.name for field in schema if _is_text(field.type)]
            self._file = parquet.ParquetFile(stream, metadata=metadata, pre_buffer=False, read_dictionary=names)
        except (pa.ArrowException, OSError) as error:
            raise InputError(
                "the Parquet file is damaged: {reason}.", reason=str(error).splitlines()[0][:200]
            ) from error
        self._groups = list(range(metadata.num_row_groups)) if groups is None else list(groups)
        self._total = sum(metadata.row_group(number).num_rows for number in self._groups)
        if len(schema) > limits.columns:
            raise InputError(
                "the file has {count} columns; at most {most} are read.", count=len(schema), most=limits.columns
            )
        if not self._total and groups is None:
            raise InputError("the file is empty: it has no row.")
        if self._total > limits.rows:
            raise InputError("the file has more than {rows} rows: split it.", rows=limits.rows)
        self._most = max(1, min(ROWS, CELLS // max(len(schema), 1)))
        self._batch = min(self._most, _batch_rows(metadata, set(names)))
        self._size = stream.seek(0, 2)
        messages: list[Said] = []
        geometry, self.change = _geometry(schema)
        fields = [field.with_name(name) for field, name in zip(schema, unique(schema.names, messages), strict=True)]
        kind = "Parquet" if geometry is None else "GeoParquet"
        super().__init__(pa.schema(fields), kind, geometry=geometry, messages=messages)

    def chunks(self) -> Iterator[Chunk]:
        """The rows."""
        read, unpacked, held = 0, 0, _Held(self.schema)
        try:
            for batch in self._file.iter_batches(self._batch, row_groups=self._groups, use_threads=False):
                self._budget.check()
                sizes = _sizes(batch)
                unpacked += int(sizes.sum())
                if unpacked > FREE + self._limits.ratio * self._size:
                    raise InputError(
                        "the file expands to more than {ratio} times its size: it is refused.",
                        ratio=self._limits.ratio,
                    )
                for rows in _parts(sizes):
                    held.add(batch.slice(rows.start, len(rows)))
                    read += len(rows)
                    if held.rows >= self._most or held.size >= BYTES:
                        yield held.chunk(read / max(self._total, 1))
                        held = _Held(self.schema)
        except (pa.ArrowException, OSError) as error:
            raise InputError(
                "the Parquet file is damaged after {rows} rows: {reason}.",
                rows=read,
                reason=str(error).splitlines()[0][:200],
            ) from error
        if held.rows:
            yield held.chunk(1.0)

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
        """Close the file."""
        self._stream.close()


class _Held:
    """Batches on their way to become a chunk, with the types that the file gives them."""

    def __init__(self, schema: pa.Schema) -> None:
        self._schema, self.rows, self.size = schema, 0, 0
        self._tables: list[pa.Table] = []
        self._broken: list[NDArray[np.bool_]] = []

    def add(self, batch: pa.RecordBatch) -> None:
        """Take a batch; text that is not UTF-8 comes out with escapes."""
        cells = [_plain(column, field.type) for column, field in zip(batch.columns, self._schema, strict=True)]
        self._tables.append(pa.table([column for column, _ in cells], schema=self._schema))
        self._broken.append(np.logical_or.reduce([np.zeros(batch.num_rows, bool), *(wrong for _, wrong in cells)]))
        self.rows += batch.num_rows
        self.size += self._tables[-1].nbytes

    def chunk(self, done: float) -> Chunk:
        """All of them, with a note where text was not UTF-8."""
        chunk = Chunk.clean(pa.concat_tables(self._tables), done)
        chunk.notes.mark(np.concatenate(self._broken), NOT_UTF8)
        return chunk


def _is_text(kind: pa.DataType) -> bool:
    """Whether a column is text or bytes by itself, not within a list or structure."""
    tests = (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary, pa.types.is_large_binary)
    views = (pa.types.is_string_view, pa.types.is_binary_view)
    return any(test(kind) for test in (*tests, *views))


def _batch_rows(metadata: parquet.FileMetaData, dictionaries: set[str]) -> int:
    """Rows of a batch, so few that text within lists and structures can't open up too far.

    A value is at most as long as all of its column chunk; only where it is encoded plainly it takes no more room than there.
    """
    longest = 1
    for group in range(metadata.num_row_groups):
        for number in range(metadata.num_columns):
            chunk = metadata.row_group(group).column(number)
            if chunk.path_in_schema in dictionaries or set(chunk.encodings) <= {"PLAIN", "RLE", "BIT_PACKED"}:
                continue
            if chunk.physical_type == "BYTE_ARRAY":
                longest = max(longest, chunk.total_uncompressed_size)
            longest = max(longest, metadata.schema.column(number).length or 0)
    return max(1, min(ROWS, BYTES // longest))


def _sizes(batch: pa.RecordBatch) -> NDArray[np.int64]:
    """Bytes of text that each row of a batch stands for."""
    sizes = np.zeros(batch.num_rows, np.int64)
    for column in batch.columns:
        if pa.types.is_dictionary(column.type):
            lengths = pc.fill_null(pc.binary_length(column.dictionary).take(column.indices), 0)
            sizes += np.asarray(lengths)
    return sizes


def _parts(sizes: NDArray[np.int64]) -> Iterator[range]:
    """Runs of rows with so much text; a longer row goes alone."""
    ends = np.cumsum(sizes)
    start = 0
    while start < len(ends):
        before = ends[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(ends, before + BYTES, side="right")))
        yield range(start, end)
        start = end


def _plain(column: pa.Array, kind: pa.DataType) -> tuple[pa.Array, NDArray[np.bool_]]:
    """A column with the file's own type, and the rows whose text was not UTF-8."""
    if not pa.types.is_dictionary(column.type):
        return column, np.zeros(len(column), bool)
    words, wrong = column.dictionary, None
    if pa.types.is_string(words.type) or pa.types.is_large_string(words.type):
        words, wrong = _utf8(words)
    broken = (
        np.zeros(len(column), bool) if wrong is None else np.asarray(pc.fill_null(wrong.take(column.indices), False))
    )
    if pa.types.is_dictionary(kind):
        return pa.DictionaryArray.from_arrays(column.indices, words).cast(kind), broken
    return words.take(column.indices).cast(kind), broken


def _utf8(words: pa.Array) -> tuple[pa.Array, pa.Array | None]:
    """Words as UTF-8, and which of them were not, if any."""
    try:
        words.validate(full=True)
    except pa.ArrowInvalid:
        raw = [word or b"" for word in words.view(pa.binary()).to_pylist()]
        texts = [word.decode("utf-8", "backslashreplace") for word in raw]
        return pa.array(texts), pa.array([text.encode() != word for text, word in zip(texts, raw, strict=True)])
    return words, None


def _geometry(schema: pa.Schema) -> tuple[str | None, Conversion | None]:
    """The primary geometry column of GeoParquet, as well-known binary, and how it comes to WGS84; None in a plain Parquet."""
    raw = (schema.metadata or {}).get(b"geo")
    if raw is None:
        return None, None
    try:
        heading = json.loads(raw)
        name = heading["primary_column"]
        column = heading["columns"][name]
        crs = column.get("crs", "OGC:CRS84")
        encoding = str(column["encoding"])
        found = [kind.type for kind in schema if kind.name == name]
        system = None if crs is None else _definition(crs)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputError("the file's GeoParquet heading is damaged.") from None
    if system is None:
        raise InputError(
            "the geometry column “{column}” names no reference system: give it WGS84 (EPSG:4326).",
            column=str(name)[:60],
        )
    change = conversion(system)
    if encoding != "WKB" or len(found) != 1 or not (pa.types.is_binary(found[0]) or pa.types.is_large_binary(found[0])):
        raise InputError(
            "the geometry column “{column}” is encoded as “{encoding}”: write it as WKB."
            if encoding != "WKB"
            else "the geometry column “{column}” is not there once, as binary: write it as WKB.",
            column=str(name)[:60],
            encoding=str(encoding)[:40],
        )
    return str(name), change


def _definition(crs: Any) -> str | dict[str, Any]:
    """A reference system by its code where it has one, else as PROJJSON."""
    if isinstance(crs, dict) and (known := crs.get("id")):
        return f"{known['authority']}:{known['code']}"
    if not isinstance(crs, dict | str):
        raise TypeError("neither a code nor PROJJSON")
    return crs

"""FlatGeobuf: a table of points, read feature by feature without GDAL (see :mod:`geodata.attribution.reading`).

The file is a magic number, a heading, perhaps an index (passed over), and the features; heading and features are tables of
FlatBuffers, each behind its length.  Layouts are those of ``header.fbs`` and ``feature.fbs`` of the format, version 3.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import IO, Any

import pyarrow as pa

from geodata.attribution.budget import Budget, InputError
from geodata.attribution.reading.flatbuffer import Buffer, DamagedError, Table
from geodata.attribution.reading.projected import Conversion, conversion
from geodata.attribution.reading.source import NOT_UTF8, Chunk, Limits, Opened, unique
from geodata.attribution.reasons import Reasons
from geodata.attribution.said import Said

MAGIC = b"fgb\x03"
ROWS = 20_000
HEADING = 2**20
"""Most bytes of a heading."""
POINT, NODE = 1, 40
NUMBERS = {0: "<b", 1: "<B", 3: "<h", 4: "<H", 5: "<i", 6: "<I", 7: "<q", 8: "<Q", 9: "<f", 10: "<d", 2: "<?"}
TEXTS, BYTES = {11, 12, 13}, 14
"""Numbers of the types of columns: text, JSON and instants are written as text."""
TYPES = {2: pa.bool_(), 8: pa.uint64(), 9: pa.float64(), 10: pa.float64(), 14: pa.binary()}


class FlatGeobufSource(Opened):
    """A FlatGeobuf of points; ``change`` is how they come to be WGS84, None where they are.

    Attributes
    ----------
    change
        For :class:`~geodata.attribution.reading.projected.Converted`.
    """

    change: Conversion | None

    def __init__(self, stream: IO[bytes], size: int, limits: Limits, budget: Budget) -> None:
        self._stream, self._size, self._limits, self._budget = stream, size, limits, budget
        stream.seek(8)
        try:
            head = self._part(HEADING, "heading")
            if head is None:
                raise InputError("the FlatGeobuf is damaged: it ends before its heading.")
            self._head(Buffer(head))
        except DamagedError as error:
            raise InputError(f"the FlatGeobuf is damaged: {error}.") from error

    def _head(self, head: Buffer) -> None:
        root = head.root()
        self._kind, self._rows = root.number(2, "<B", 0), root.number(8, "<Q", 0)
        if self._kind not in {0, POINT}:
            raise InputError("the FlatGeobuf holds lines or areas: only points can be placed.")
        if self._rows > self._limits.rows:
            raise InputError(f"the file has more than {self._limits.rows:,} rows: split it.")
        columns = root.tables(7, self._limits.columns + 1)
        if len(columns) > self._limits.columns:
            raise InputError(f"the file has more than {self._limits.columns:,} columns.")
        self._columns = [column.number(1, "<B", 0) for column in columns]
        if wrong := {kind for kind in self._columns if kind not in {*NUMBERS, *TEXTS, BYTES}}:
            raise DamagedError(f"there is no type of column {min(wrong)}")
        messages: list[Said] = []
        *names, geometry = unique([*(column.text(0) or "" for column in columns), "geometry"], messages)
        fields = [(name, _type(kind)) for name, kind in zip(names, self._columns, strict=True)]
        self._stream.seek(self._index(root.number(9, "<H", 16)), 1)
        if self._stream.tell() >= self._size:
            raise InputError("the file is empty: it has no feature.")
        super().__init__(
            pa.schema([*fields, (geometry, pa.binary())]), "FlatGeobuf", geometry=geometry, messages=messages
        )
        self.change = _change(root.table(10))
        self._start = self._stream.tell()

    def _index(self, width: int) -> int:
        """Bytes of the index: a packed R-tree with so many children a node; none where the width is 0."""
        if not self._rows or width < 2:
            return 0
        nodes = level = self._rows
        while level > 1:
            level = -(-level // width)
            nodes += level
        return nodes * NODE

    def _part(self, most: int, what: str) -> bytes | None:
        """The next part behind its length; None at the end of the file."""
        length = self._stream.read(4)
        if not length:
            return None
        size = struct.unpack("<I", length)[0] if len(length) == 4 else -1
        if not 4 <= size <= most:
            raise DamagedError(f"the {what} at byte {self._stream.tell():,} is longer than {most:,} bytes or cut off")
        content = self._stream.read(size)
        if len(content) < size:
            raise DamagedError(f"it ends within the {what} at byte {self._stream.tell():,}")
        return content

    def chunks(self) -> Iterator[Chunk]:
        """The rows; a feature that can't be made out comes out with its reason."""
        self._stream.seek(self._start)
        read = 0
        try:
            while batch := self._batch():
                read += len(batch)
                if read > self._limits.rows:
                    raise InputError(f"the file has more than {self._limits.rows:,} rows: split it.")
                yield self._chunk(batch, self._stream.tell() / self._size)
        except DamagedError as error:
            raise InputError(f"the FlatGeobuf is damaged after {read:,} rows: {error}.") from error
        if self._rows and read != self._rows:
            raise InputError(f"the FlatGeobuf is damaged: it says {self._rows:,} rows and holds {read:,}.")

    def _batch(self) -> list[bytes]:
        batch: list[bytes] = []
        while len(batch) < ROWS:
            if len(batch) % 1000 == 0:
                self._budget.check()
            feature = self._part(self._limits.member, "feature")
            if feature is None:
                break
            batch.append(feature)
        return batch

    def _chunk(self, batch: list[bytes], done: float) -> Chunk:
        reasons, notes = Reasons.none(len(batch)), Reasons.none(len(batch))
        damaged, garbled = reasons.code(Said("its feature is damaged")), notes.code(NOT_UTF8)
        shapes: list[bytes | None] = []
        cells: list[list[Any]] = []
        for row, content in enumerate(batch):
            shape, values, clean = None, [None] * len(self._columns), True
            try:
                feature = Buffer(content).root()
                values, clean = self._values(feature.bytes_of(1))
                shape = self._shape(feature.table(0))
            except DamagedError:
                reasons.codes[row] = damaged
            notes.codes[row] = 0 if clean else garbled
            shapes.append(shape)
            cells.append(values)
        fields = list(self.schema)[:-1]
        arrays = [pa.array([row[at] for row in cells], field.type) for at, field in enumerate(fields)]
        return Chunk(pa.table([*arrays, pa.array(shapes, pa.binary())], schema=self.schema), reasons, notes, done)

    def _values(self, content: bytes) -> tuple[list[Any], bool]:
        """The properties by column, null where there is none, and whether all text was UTF-8."""
        values: list[Any] = [None] * len(self._columns)
        at, clean = 0, True
        try:
            while at < len(content):
                (column,) = struct.unpack_from("<H", content, at)
                kind, at = self._columns[column], at + 2
                if kind in NUMBERS:
                    (values[column],) = struct.unpack_from(NUMBERS[kind], content, at)
                    at += struct.calcsize(NUMBERS[kind])
                    continue
                (size,) = struct.unpack_from("<I", content, at)
                raw, at = content[at + 4 : at + 4 + size], at + 4 + size
                if at > len(content):
                    raise DamagedError("a value is cut off")
                values[column] = raw if kind == BYTES else raw.decode("utf-8", "backslashreplace")
                clean = clean and (kind == BYTES or values[column].encode() == raw)
        except (struct.error, IndexError) as error:
            raise DamagedError("a value is cut off") from error
        return values, clean

    def _shape(self, geometry: Table | None) -> bytes | None:
        """The position as well-known binary; of another geometry only its kind, which is what the reason needs."""
        if geometry is None:
            return None
        kind = self._kind or geometry.number(6, "<B", 0)
        if kind != POINT:
            return struct.pack("<BI", 1, kind)
        position = geometry.bytes_of(1, 8)
        if not position:
            return None
        if len(position) != 16:
            raise DamagedError("a point has not two coordinates")
        return struct.pack("<BI", 1, POINT) + position

    def close(self) -> None:
        """Let go of the file."""
        self._stream.close()


def _type(kind: int) -> pa.DataType:
    return pa.string() if kind in TEXTS else TYPES.get(kind, pa.int64())


def _change(system: Table | None) -> Conversion | None:
    """How to come to WGS84 from the system that the heading names."""
    if system is None:
        raise InputError("the FlatGeobuf names no reference system: write it with one, such as WGS84 (EPSG:4326).")
    code = system.text(5) or system.number(1, "<i", 0)
    definition = f"{system.text(0) or 'EPSG'}:{code}" if code else system.text(4)
    return conversion(definition or "")

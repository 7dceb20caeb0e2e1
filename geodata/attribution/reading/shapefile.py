"""A zipped Shapefile of points: positions from its .shp, the table from its .dbf, the system from its .prj.

Both are read side by side from the archive, record by record, without GDAL and without unpacking to a disk.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, NamedTuple

import pyarrow as pa

from geodata.attribution.budget import Budget, InputError
from geodata.attribution.reading.dbf import Dbf
from geodata.attribution.reading.gzipped import FREE
from geodata.attribution.reading.projected import LONGEST, conversion
from geodata.attribution.reading.source import Chunk, Limits, Opened, unique
from geodata.attribution.reasons import Reasons
from geodata.attribution.said import Said

MAGIC = b"PK\x03\x04"
ROWS, BYTES = 20_000, 32 * 2**20
"""Most of a chunk."""
HEADING = 100
CODE = 9994
POINTS = {1, 11, 21}
"""Kinds of shape that are a point: plain, with height, with a measure."""
DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, OverflowError, UnicodeError, NotImplementedError,
    RuntimeError,
)  # fmt: skip
"""What the archive raises for damage, a packing that is not known, and a password."""


class _Record(NamedTuple):
    kind: int
    position: bytes


class ShapefileSource(Opened):
    """The points of one Shapefile in an archive; ``change`` is how they come to be WGS84, None where they are."""

    def __init__(self, stream: IO[bytes], limits: Limits, budget: Budget, layer: str | None = None) -> None:
        self._stream, self._limits, self._budget = stream, limits, budget
        self._out, self._size = 0, stream.seek(0, 2)
        messages: list[Said] = []
        try:
            self._archive = zipfile.ZipFile(stream)
            self._members = self._choose(layer, messages)
            self._shapes = self._archive.open(self._members["shp"])
            self._kind = self._head()
            self._table = Dbf(self._archive.open(self._members["dbf"]), self._encoding(), limits, self._read)
            self.change = conversion(self._system())
        except DAMAGE as error:
            raise _damaged(error) from error
        if not self._table.rows:
            raise InputError("the file is empty: its table has no row.")
        *names, geometry = unique([*self._table.names, "geometry"], messages)
        fields = [*zip(names, self._table.types, strict=True), (geometry, pa.binary())]
        super().__init__(pa.schema(fields), "Shapefile", geometry=geometry, messages=messages)

    def _choose(self, layer: str | None, messages: list[Said]) -> dict[str, str]:
        """The members of one Shapefile by their ending."""
        names = [PurePosixPath(name) for name in self._archive.namelist() if not name.startswith("__MACOSX")]
        found = [name for name in names if name.suffix.lower() == ".shp"]
        if not found:
            raise InputError(
                "the archive holds no Shapefile (.shp): save a list in another format as it is, not zipped."
            )
        stems = [name.stem for name in found]
        if layer is not None and layer not in stems:
            listed = ", ".join(f"“{stem[:40]}”" for stem in stems[:12])
            raise InputError(f"there is no layer “{layer[:60]}”; the layers are {listed}.")
        one = found[stems.index(layer) if layer else 0]
        if len(found) > 1 and layer is None:
            others = ", ".join(f"“{stem[:40]}”" for stem in stems[1:6])
            messages.append(
                Said(
                    f"The archive has {len(found)} Shapefiles; “{one.stem[:40]}” is read, not {others}: choose with --layer."
                )
            )
        members = {name.suffix[1:].lower(): str(name) for name in names if name.with_suffix("") == one.with_suffix("")}
        if "dbf" not in members:
            raise InputError(f"the archive has no “{one.stem[:40]}.dbf”, which holds the dates: add it.")
        return members

    def _small(self, ending: str) -> str | None:
        """The text of a small member; None where it is not there."""
        if ending not in self._members:
            return None
        with self._archive.open(self._members[ending]) as stream:
            return stream.read(LONGEST).decode("utf-8", "replace").strip()

    def _encoding(self) -> str | None:
        return self._small("cpg")

    def _system(self) -> str:
        if not (text := self._small("prj")):
            raise InputError("the Shapefile does not say its reference system: add its .prj to the archive.")
        return text

    def _read(self, stream: IO[bytes], size: int) -> bytes:
        """So many bytes of a member, fewer at its end; an archive that opens up into far more than it is, is refused."""
        content = stream.read(size)
        self._out += len(content)
        if self._out > FREE + self._limits.ratio * self._size:
            raise InputError(f"the archive expands to more than {self._limits.ratio} times its size: it is refused.")
        return content

    def _head(self) -> int:
        """The kind of shape that the whole file has."""
        head = self._read(self._shapes, HEADING)
        if len(head) < HEADING or struct.unpack_from(">i", head)[0] != CODE:
            raise InputError("the .shp in the archive is not a Shapefile.")
        kind = int(struct.unpack_from("<i", head, 32)[0])
        if kind not in {0, *POINTS}:
            raise InputError("the Shapefile holds lines or areas: only points can be placed.")
        return kind

    def chunks(self) -> Iterator[Chunk]:
        """The rows; a shape that is not a point comes out with its reason."""
        read, most = 0, max(1, min(ROWS, BYTES // self._table.width))
        try:
            while read < self._table.rows:
                self._budget.check()
                records = self._records(min(most, self._table.rows - read))
                columns, notes = self._table.read(len(records))
                read += len(records)
                reasons = Reasons.none(len(records))
                shapes = pa.array([_wkb(record) for record in records], pa.binary())
                yield Chunk(pa.table([*columns, shapes], schema=self.schema), reasons, notes, read / self._table.rows)
        except DAMAGE as error:
            raise _damaged(error) from error

    def _records(self, count: int) -> list[_Record]:
        """The next shapes; the two parts of the file must have as many."""
        records = []
        for _ in range(count):
            head = self._read(self._shapes, 8)
            size = 2 * struct.unpack(">ii", head)[1] if len(head) == 8 else -1
            if not 4 <= size <= self._limits.member:
                raise InputError(
                    f"the Shapefile is damaged: its table has {self._table.rows:,} rows, its .shp ends or breaks before."
                )
            content = self._read(self._shapes, size)
            if len(content) < size:
                raise InputError("the Shapefile is damaged: its .shp ends within a shape.")
            records.append(_Record(int(struct.unpack_from("<i", content)[0]), content[4:20]))
        return records

    def close(self) -> None:
        """Let go of the file."""
        self._archive.close()
        self._stream.close()


def _wkb(record: _Record) -> bytes | None:
    """The position as well-known binary; null for an empty shape, damage where it is not a point."""
    if record.kind == 0:
        return None
    if record.kind not in POINTS or len(record.position) < 16:
        return b""
    return struct.pack("<BI", 1, 1) + record.position


def _damaged(error: Exception) -> InputError:
    if isinstance(error, RuntimeError) and "password" in str(error):
        return InputError("the archive has a password: save it without one.")
    return InputError(f"the archive is damaged, or packed in a way that is not known: {str(error)[:100]}.")

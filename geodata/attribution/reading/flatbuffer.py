"""Tables of FlatBuffers, read with every place checked: a damaged buffer raises, and nothing is followed twice.

A table begins with the distance back to its list of fields; the list holds the place of each field within the table, 0 where
it is left out.  Text, vectors and tables stand elsewhere, at the distance that the field holds.
"""

from __future__ import annotations

import struct
from typing import Any


class DamagedError(ValueError):
    """The bytes are not what the format says."""


class Buffer:
    """Bytes that hold tables."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def unpack(self, form: str, at: int) -> Any:
        """One value at a place.

        Raises
        ------
        DamagedError
            Beyond the end.
        """
        if at < 0:
            raise DamagedError("a place in it lies before its beginning")
        try:
            return struct.unpack_from(form, self.content, at)[0]
        except struct.error as error:
            raise DamagedError("a place in it lies beyond its end") from error

    def root(self) -> Table:
        """The table that the buffer begins with."""
        return Table(self, self.unpack("<I", 0))


class Table:
    """One table; fields are asked for by their number in the schema."""

    def __init__(self, buffer: Buffer, at: int) -> None:
        self._buffer, self._at = buffer, at
        self._fields = at - buffer.unpack("<i", at)
        self._count = (buffer.unpack("<H", self._fields) - 4) // 2

    def _place(self, field: int) -> int | None:
        if field >= self._count:
            return None
        offset = self._buffer.unpack("<H", self._fields + 4 + 2 * field)
        return self._at + offset if offset else None

    def _target(self, field: int) -> int | None:
        place = self._place(field)
        return None if place is None else place + int(self._buffer.unpack("<I", place))

    def number(self, field: int, form: str, default: int) -> int:
        """A number, in the form of :mod:`struct`."""
        place = self._place(field)
        return default if place is None else int(self._buffer.unpack(form, place))

    def bytes_of(self, field: int, width: int = 1) -> bytes:
        """The bytes of a vector of values so many bytes wide; none where it is left out."""
        target = self._target(field)
        if target is None:
            return b""
        start, size = target + 4, self._buffer.unpack("<I", target) * width
        if start + size > len(self._buffer.content):
            raise DamagedError("a vector in it goes beyond its end")
        return self._buffer.content[start : start + size]

    def text(self, field: int) -> str | None:
        """A text; what is not UTF-8 comes out with escapes."""
        return None if self._target(field) is None else self.bytes_of(field).decode("utf-8", "backslashreplace")

    def table(self, field: int) -> Table | None:
        """A table within this one."""
        target = self._target(field)
        return None if target is None else Table(self._buffer, target)

    def tables(self, field: int, most: int) -> list[Table]:
        """A vector of tables, at most so many."""
        target = self._target(field)
        if target is None:
            return []
        count = min(int(self._buffer.unpack("<I", target)), most)
        places = [target + 4 + 4 * number for number in range(count)]
        return [Table(self._buffer, place + int(self._buffer.unpack("<I", place))) for place in places]

"""The table of a Shapefile (dBASE III): a heading that names columns of fixed width, then rows of text."""

from __future__ import annotations

import codecs
import re
import struct
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import IO, Any, NamedTuple

import pyarrow as pa

from geodata.attribution.budget import InputError
from geodata.attribution.reading.source import NOT_UTF8, Limits
from geodata.attribution.reasons import Reasons
from geodata.attribution.said import Said

HEADING = 32
CODE_PAGES = {
    0x02: "cp850",
    0x03: "cp1252",
    0x57: "cp1252",
    0x64: "cp852",
    0x26: "cp866",
    0x65: "cp866",
    0xC9: "cp1251",
}
"""Encodings by the number in the heading, where no .cpg names one."""
EXACT = 18
"""Digits of a number that 64 bits hold for sure."""
DELETED = b"*"
_ENCODING = re.compile(r"utf-8|ascii|cp\d+|iso8859-\d+|koi8-[rtu]|mac-\w+|gb\w+|big5|euc_\w+|shift_jis")
Read = Callable[[IO[bytes], int], bytes]


class _Column(NamedTuple):
    name: str
    kind: str
    start: int
    end: int
    whole: bool


class Dbf:
    """Rows of a table, in their order.

    Attributes
    ----------
    rows
        How many there are.
    width
        Bytes of each.
    names, types
        Of the columns.
    """

    def __init__(self, stream: IO[bytes], encoding: str | None, limits: Limits, read: Read) -> None:
        self._stream, self._read = stream, read
        head = read(stream, HEADING)
        if len(head) < HEADING:
            raise InputError("the .dbf is damaged: it ends within its heading.")
        self.rows, size, self.width = struct.unpack_from("<IHH", head, 4)
        if self.rows > limits.rows:
            raise InputError(f"the file has more than {limits.rows:,} rows: split it.")
        rest = read(stream, max(size - HEADING, 0))
        if len(rest) < size - HEADING or self.width < 1:
            raise InputError("the .dbf is damaged: it ends within its heading.")
        self._encoding = _encoding(encoding, head[29])
        self._columns = list(self._heading(rest))
        if len(self._columns) > limits.columns:
            raise InputError(f"the file has more than {limits.columns:,} columns.")
        if self._columns and self._columns[-1].end > self.width:
            raise InputError("the .dbf is damaged: its columns are wider than its rows.")
        self.names = [column.name for column in self._columns]
        self.types = [_type(column) for column in self._columns]

    def _heading(self, rest: bytes) -> Any:
        at = 1  # the mark of a deleted row
        for start in range(0, len(rest) - HEADING + 1, HEADING):
            if rest[start] == 0x0D:
                return
            raw = rest[start : start + HEADING]
            name = raw[:11].partition(b"\0")[0].decode(self._encoding, "backslashreplace")
            kind, width, places = chr(raw[11]), raw[16], raw[17]
            yield _Column(name, kind, at, at + width, kind in "NF" and not places and width <= EXACT)
            at += width

    def read(self, count: int) -> tuple[list[pa.Array], Reasons]:
        """The next rows as columns, with a note for each that has text in another encoding or is marked as deleted.

        Raises
        ------
        InputError
            When there are fewer.
        """
        content = self._read(self._stream, count * self.width)
        if len(content) < count * self.width:
            raise InputError(f"the .dbf is damaged: it says {self.rows:,} rows and ends before.")
        rows = [content[at : at + self.width] for at in range(0, len(content), self.width)]
        notes = Reasons.none(count)
        garbled, deleted = notes.code(NOT_UTF8), notes.code(Said("its row is marked as deleted in the table"))
        for number, row in enumerate(rows):
            if row[:1] == DELETED:
                notes.codes[number] = deleted
        arrays = []
        for column, kind in zip(self._columns, self.types, strict=True):
            values = []
            for number, row in enumerate(rows):
                raw = row[column.start : column.end].strip(b" \0")
                text = raw.decode(self._encoding, "backslashreplace")
                if "\\x" in text and b"\\x" not in raw:
                    notes.codes[number] = garbled
                values.append(_value(text, column))
            arrays.append(pa.array(values, kind))
        return arrays, notes


def _encoding(named: str | None, page: int) -> str:
    """What the .cpg says, else the heading, else UTF-8."""
    digits = "".join(filter(str.isdigit, named or ""))[:5]
    for name in ((named or "").replace("ANSI ", "cp"), f"cp{digits}"):
        with suppress(LookupError, ValueError):  # a name that is none, one that holds NUL
            if _ENCODING.fullmatch(found := codecs.lookup(name).name):
                return found
    return CODE_PAGES.get(page, "utf-8")


def _type(column: _Column) -> pa.DataType:
    if column.kind in "NF":
        return pa.int64() if column.whole else pa.float64()
    return {"D": pa.date32(), "L": pa.bool_()}.get(column.kind, pa.string())


def _value(text: str, column: _Column) -> Any:
    """A cell; null where it is blank, or stars, which stand for a number that found no room."""
    if not text:
        return None
    try:
        if column.kind in "NF":
            return int(text) if column.whole else float(text)
        if column.kind == "D":
            return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None
    return {"T": True, "Y": True, "F": False, "N": False}.get(text[:1].upper()) if column.kind == "L" else text

"""CSV, as it comes: any of four delimiters, quoted line breaks, wrong numbers of cells, mixed encodings, endless lines.

All cells are read as text.  The file is cut into chunks at line ends outside quotes; Arrow parses a chunk at once, and a
chunk that it refuses is parsed line by line, so that each bad line comes out with its reason.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import IO

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from geodata.attribution.reading.source import Chunk, InputError, Limits, Opened, unique
from geodata.attribution.reasons import Reasons

BLOCK = 4 * 1024 * 1024
DELIMITERS = ",;\t|"
NOT_UTF8 = "it holds text that is not UTF-8, written here with \\x escapes; save the file as UTF-8"
_WIDE = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


class CsvSource(Opened):
    """A CSV file; ``size`` is the number of bytes in the stream, for the progress."""

    def __init__(self, stream: IO[bytes], size: int, limits: Limits) -> None:
        self._stream, self._size, self._limits = stream, max(size, 1), limits
        self._tell = getattr(stream, "tell_packed", stream.tell)
        head = stream.read(BLOCK)
        if head[:2] in _WIDE:
            raise InputError(f"the file is written in {_WIDE[head[:2]]}: save it as UTF-8.")
        self._rest = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
        if not self._rest.strip():
            raise InputError("the file is empty: there is no header line and no row.")
        line = self._rest[: _first_line(self._rest)]
        if len(line) > limits.member or b"\0" in line:
            raise InputError("the first line is no header of a CSV: it is too long or holds NUL bytes.")
        self._rest = self._rest[len(line) :]
        text = line.decode("utf-8", "backslashreplace")
        if "\r" in text.rstrip("\r\n"):
            raise InputError("the lines of the file end in bare carriage returns: save it with ordinary line ends.")
        self._delimiter = max(DELIMITERS, key=lambda sign: len(_cells(text, sign)))
        names = _cells(text, self._delimiter)
        if len(names) > limits.columns:
            raise InputError(f"the header names {len(names):,} columns; at most {limits.columns:,} are read.")
        messages: list[str] = []
        columns = unique(names, messages)
        super().__init__(pa.schema([(name, pa.string()) for name in columns]), "CSV", messages=messages)
        self._line = 2

    def chunks(self) -> Iterator[Chunk]:
        """The rows; an unreadable line comes out as a row with its reason."""
        rest, end, rows = self._rest, False, 0
        while rest or not end:
            while len(rest) < BLOCK and not end:
                more = self._stream.read(BLOCK)
                end = not more
                rest += more
            cut = len(rest) if end else _cut(rest)
            if cut:
                part, rest = rest[:cut], rest[cut:]
            elif b"\n" in rest:  # a quote without its pair: this one line goes alone
                first = rest.index(b"\n") + 1
                part, rest = rest[:first], rest[first:]
            else:
                part, rest, end = self._endless(rest)
            if part.strip(b"\r\n"):
                chunk = self._chunk(part)
                rows += chunk.table.num_rows
                if rows > self._limits.rows:
                    raise InputError(f"the file has more than {self._limits.rows:,} rows: split it.")
                yield chunk
            self._line += part.count(b"\n")

    def close(self) -> None:
        """Let go of the file."""
        self._stream.close()

    def _endless(self, rest: bytes) -> tuple[bytes, bytes, bool]:
        """Pass over a line without end; what is kept of it is too long as well and will be said to be."""
        kept = rest[: self._limits.member + 1]
        while b"\n" not in rest:
            rest = self._stream.read(BLOCK)
            if not rest:
                return kept, b"", True
        first = rest.index(b"\n") + 1
        return kept + b"\n", rest[first:], False

    def _chunk(self, part: bytes) -> Chunk:
        done = min(1.0, self._tell() / self._size)
        lengths = np.diff(np.flatnonzero(np.frombuffer(part, np.uint8) == 10), prepend=-1, append=len(part))
        if lengths.max() <= self._limits.member:
            names = self.schema.names
            try:
                table = arrow_csv.read_csv(
                    pa.py_buffer(part),
                    arrow_csv.ReadOptions(use_threads=False, block_size=len(part) + 1, column_names=names),
                    arrow_csv.ParseOptions(delimiter=self._delimiter, newlines_in_values=True),
                    arrow_csv.ConvertOptions(column_types=self.schema, strings_can_be_null=False),
                )
            except pa.ArrowInvalid:
                return self._slowly(part, done)
            return Chunk.clean(table, done)
        return self._slowly(part, done)

    def _slowly(self, part: bytes, done: float) -> Chunk:
        """Line by line, with a reason for each line that is no row of this table."""
        limit, width = self._limits.member, len(self.schema.names)
        rows: list[list[str]] = []
        reasons, notes = Reasons.none(0), Reasons.none(0)
        codes: list[int] = []
        noted: list[int] = []
        not_utf8 = notes.code(NOT_UTF8)
        for number, cells, damage, bad in _lines(part, self._delimiter, limit):
            said = self._complaint(self._line + number, cells, damage)
            codes.append(reasons.code(said) if said else 0)
            noted.append(not_utf8 if bad else 0)
            rows.append(_fitted(cells, width, self._delimiter))
        columns = zip(*rows, strict=True) if rows else [()] * width
        table = pa.table([pa.array(list(column), pa.string()) for column in columns], schema=self.schema)
        reasons.codes, notes.codes = np.array(codes, np.int32), np.array(noted, np.int32)
        return Chunk(table, reasons, notes, done)

    def _complaint(self, line: int, cells: list[str], damage: str | None) -> str | None:
        """Why a line is no row of this table, if so."""
        width = len(self.schema.names)
        if damage:
            return f"line {line} {damage}"
        return None if len(cells) == width else f"line {line} has {len(cells)} cells where the header has {width}"


def _fitted(cells: list[str], width: int, delimiter: str) -> list[str]:
    """Cells brought to the table's width: empty ones added, a surplus joined into the last."""
    if len(cells) > width:
        return [*cells[: width - 1], delimiter.join(cells[width - 1 :])]
    return cells + [""] * (width - len(cells))


def _lines(part: bytes, delimiter: str, limit: int) -> Iterator[tuple[int, list[str], str | None, bool]]:
    """Rows of a chunk: lines before it, cells, what is wrong with the line itself, and whether some byte is not UTF-8."""
    too_long = f"is longer than {limit:,} bytes: no row is"
    state = {"line": 0, "bad": False}
    pending = part.split(b"\n")
    if not pending[-1]:
        pending.pop()

    def feed() -> Iterator[str]:
        while state["line"] < len(pending) and len(pending[state["line"]]) <= limit:
            raw = pending[state["line"]]
            state["line"] += 1
            text = raw.decode("utf-8", "backslashreplace")
            state["bad"] = state["bad"] or text.encode() != raw
            yield text.removesuffix("\r") + "\n"

    while state["line"] < len(pending):
        before = state["line"]
        if len(pending[before]) > limit:
            state["line"] += 1
            yield before, [], too_long, False
            continue
        reader = csv.reader(feed(), delimiter=delimiter)
        while True:
            before, state["bad"] = state["line"], False
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                yield before, [], too_long if "limit" in str(error) else f"can't be read: {error}", False
                break
            if cells:
                yield before, cells, None, bool(state["bad"])


def _cells(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])


def _first_line(block: bytes) -> int:
    """Length of the first line, counting line breaks within quotes as part of it."""
    end = block.find(b"\n") + 1
    while end and block.count(b'"', 0, end) % 2:
        end = block.find(b"\n", end) + 1
    return end or (block.find(b"\n") + 1) or len(block)


def _cut(block: bytes) -> int:
    """Length of the part that ends at the last line end outside quotes (0 if there is none)."""
    end = block.rfind(b"\n") + 1
    quotes = block.count(b'"', 0, end)
    while end and quotes % 2:
        before = block.rfind(b"\n", 0, end - 1) + 1
        quotes -= block.count(b'"', before, end)
        end = before
    return end

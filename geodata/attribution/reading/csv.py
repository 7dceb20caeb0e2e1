"""CSV, as it comes: any of four delimiters, quoted line breaks, wrong numbers of cells, mixed encodings, endless lines.

All cells are read as text.  Arrow parses a block of whole lines at once; its table counts only where every line came out
as one row.  Else the block is read again row by row, so that each line of the file is a row, a part of a row that says so,
or a row with a reason.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from geodata.attribution.budget import Budget, InputError
from geodata.attribution.reading.source import NOT_UTF8, Chunk, Limits, Opened, unique
from geodata.attribution.reasons import Reasons
from geodata.attribution.said import Quoted, Said

BLOCK, SMALL = 32, 4
"""A block is as long as so many rows of the greatest length allowed (4 MB); a small one, to find what is wrong, as four."""
CELLS = 500_000
"""Cells of a block that is read row by row."""
UNCLOSED = 100
"""Quotes without their pair after which a line break ends every row: else each of many costs a search for its pair."""
LINE_FEED, CARRIAGE_RETURN = 10, 13
DELIMITERS = ",;\t|"
SPANS = "it spans lines {first} to {last} of the file, since a quoted cell holds line breaks"
ONE_ROW = "{problem} (lines {first} to {last} of the file are one row, by a quoted cell)"
OPEN = "line {line} opens a quote that is not closed within {most} bytes or in the file at all"
LONG = "line {line} is longer than {most} bytes: no row is"
ODD = "line {line} can't be read: {reason}"
CELLS_DIFFER = "line {line} has {cells} cells where the header has {width}"
SEPARATOR = re.compile(rb'"?sep=(.)"?\r?\n', re.IGNORECASE)
"""A first line by which a spreadsheet tells itself the delimiter."""


class CsvSource(Opened):
    """A CSV file; ``size`` is the number of bytes in the stream, for the progress."""

    def __init__(self, stream: IO[bytes], size: int, limits: Limits, budget: Budget) -> None:
        self._stream, self._size, self._limits, self._budget = stream, max(size, 1), limits, budget
        self._tell = getattr(stream, "tell_packed", stream.tell)
        self._block = BLOCK * limits.member
        head = stream.read(self._block)
        head = head.removeprefix(b"\xef\xbb\xbf")
        self._rest = head.lstrip(b"\r\n")
        told = SEPARATOR.match(self._rest)
        if told:
            self._rest = self._rest[told.end() :]
        self._signs = told[1].decode("latin-1") if told else DELIMITERS
        if not self._rest.strip():
            raise InputError("the file is empty: there is no header line and no row.")
        row = self._header()
        if len(row.cells) > limits.columns:
            raise InputError(
                "the header names {count} columns; at most {most} are read.", count=len(row.cells), most=limits.columns
            )
        messages: list[Said] = []
        columns = unique(row.cells, messages)
        super().__init__(pa.schema([(name, pa.string()) for name in columns]), "CSV", messages=messages)
        self._line = 1 + head.count(b"\n", 0, len(head) - len(self._rest)) + row.lines
        self._rest = self._rest[row.size :]
        self._unclosed = 0

    def _header(self) -> _Row:
        """The first row, parted by the delimiter that makes the most of it."""
        member = self._limits.member
        lines = self._rest[: member + 2].split(b"\n")
        if len(lines[0]) > member or b"\0" in lines[0]:
            raise InputError("the first line is not the header of a CSV: it is too long or holds NUL bytes.")
        rows = {sign: _row(lines, 0, len(lines), sign, member) for sign in self._signs}
        rows = {sign: _row(lines, 0, 1, sign, member) if row.open else row for sign, row in rows.items()}
        self._delimiter = max(self._signs, key=lambda sign: len(rows[sign].cells))
        row = rows[self._delimiter]
        if "\r" in row.text.replace("\r\n", "\n"):
            raise InputError("the lines of the file end in bare carriage returns: save it with ordinary line ends.")
        if not row.cells:
            raise InputError("the first line is not the header of a CSV.")
        return row

    def chunks(self) -> Iterator[Chunk]:
        """The rows; an unreadable line comes out as a row with its reason."""
        small = SMALL * self._limits.member
        size, rest, end, rows = self._block, self._rest, False, 0
        while True:
            self._budget.check()
            while len(rest) < size and not end:
                more = self._stream.read(size - len(rest))
                end = not more
                rest += more
            if not rest:
                return
            final = end and len(rest) <= size
            cut = len(rest) if final else rest.rfind(b"\n", 0, size) + 1
            if not cut:
                rest, end = self._endless(rest)
                continue
            table, used = self._at_once(rest[:cut], final=final)
            done = min(1.0, self._tell() / self._size)
            if table is not None:
                chunk, size = Chunk.clean(table, done), min(2 * size, self._block)
            elif size > small:
                size = small  # only the neighbourhood of what is wrong is read slowly
                continue
            else:
                chunk, used = self._row_by_row(rest[:cut], done, self._limits.rows - rows + 1, final=final)
            rows += chunk.table.num_rows
            if rows > self._limits.rows:
                raise InputError("the file has more than {rows} rows: split it.", rows=self._limits.rows)
            self._line += rest.count(b"\n", 0, used)
            rest = rest[used:]
            if chunk.table.num_rows:
                yield chunk

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def _endless(self, rest: bytes) -> tuple[bytes, bool]:
        """Pass over the rest of a line without end; what is kept of it is too long as well, and will be reported."""
        kept = rest[: self._limits.member + 1]
        while b"\n" not in rest:
            self._budget.check()
            rest = self._stream.read(self._block)
            if not rest:
                return kept, True
        return kept + rest[rest.index(b"\n") :], False

    def _at_once(self, part: bytes, *, final: bool) -> tuple[pa.Table | None, int]:
        """The rows of whole lines, if each line is one row, and how many bytes they are; else nothing."""
        last = part[part.rfind(b"\n", 0, -1) + 1 :]
        if _row([last.rstrip(b"\n")], 0, 1, self._delimiter, self._limits.member).open:
            if final:
                return None, 0
            part = part[: -len(last)]  # its quote may close in the next block
        content = np.frombuffer(part, np.uint8)
        ends = np.flatnonzero(content == LINE_FEED)
        lengths = np.diff(ends, prepend=-1, append=len(part)) - 1  # what follows the last line end counts as a line
        if not len(ends) or lengths.max() > self._limits.member or part.count(b"\r") != part.count(b"\r\n"):
            return None, 0
        empty = (lengths == 0) | ((lengths == 1) & (content[np.append(ends, len(part)) - 1] == CARRIAGE_RETURN))
        if empty.all():
            return self.schema.empty_table(), len(part)
        try:
            table = arrow_csv.read_csv(
                pa.py_buffer(part),
                arrow_csv.ReadOptions(use_threads=False, block_size=len(part) + 1, column_names=self.schema.names),
                arrow_csv.ParseOptions(delimiter=self._delimiter, newlines_in_values=True),
                arrow_csv.ConvertOptions(column_types=self.schema, strings_can_be_null=False),
            )
        except pa.ArrowInvalid:
            return None, 0
        return (table, len(part)) if table.num_rows == np.count_nonzero(~empty) else (None, 0)

    def _row_by_row(self, part: bytes, done: float, most: int, *, final: bool) -> tuple[Chunk, int]:
        """At most so many rows, with a reason for each that is none of this table, and how many bytes were used."""
        lines = part.split(b"\n")
        if not lines[-1]:
            lines.pop()
        found = _Rows(len(self.schema.names), self._delimiter)
        at = used = 0
        while at < len(lines) and len(found.rows) < most and not found.full:
            number, reach = self._line + at, len(lines) if self._unclosed < UNCLOSED else at + 1
            row = _row(lines, at, reach, self._delimiter, self._limits.member)
            if row.open:
                if used and not (row.long or final) and reach == len(lines):
                    break  # it may go on in the next block
                self._unclosed += 1
                row = _row(lines, at, at + 1, self._delimiter, self._limits.member)
                row.error = Said.of(OPEN, most=self._limits.member)
            found.add(row, number)
            at, used = at + row.lines, used + row.size
        return found.chunk(self.schema, done), used


@dataclass(eq=False)
class _Row:
    """One row as it was found.

    Attributes
    ----------
    lines, size
        Lines and bytes of the file that it takes.
    open, long
        Whether a quote is not closed within the lines given, and whether it was given up as longer than is allowed.
    error
        What is wrong with it, but for the number of its line.
    """

    cells: list[str]
    text: str = ""
    lines: int = 0
    size: int = 0
    open: bool = False
    long: bool = False
    error: Said | None = None
    utf8: bool = True


def _row(lines: list[bytes], at: int, reach: int, delimiter: str, limit: int) -> _Row:
    """The row that begins with a line, read no further than line ``reach`` and ``limit`` bytes."""
    row = _Row([])

    def feed() -> Iterator[str]:
        """Lines, as long as the parser asks for another: it does so only inside a quoted cell."""
        for number in range(at, reach):
            raw = lines[number]
            if row.size + len(raw) > limit:
                row.open = row.long = True
                return
            text = raw.decode("utf-8", "backslashreplace") + "\n"
            row.utf8 = row.utf8 and len(text) <= len(raw) + 1 and text.encode() == raw + b"\n"
            row.lines, row.size, row.text = row.lines + 1, row.size + len(raw) + 1, row.text + text
            yield text
        row.open = True

    if len(lines[at]) > limit:
        return _Row([], lines=1, size=len(lines[at]) + 1, error=Said.of(LONG, most=limit))
    try:
        row.cells = next(csv.reader(feed(), delimiter=delimiter), [])
    except csv.Error as error:
        row.error = Said.of(ODD, reason=str(error))
        row.cells = [row.text.rstrip("\r\n")]
    return row


class _Rows:
    """Rows gathered into a chunk; a short one takes no more memory than it has cells."""

    def __init__(self, width: int, delimiter: str) -> None:
        self._width, self._delimiter, self._widest = width, delimiter, 1
        self.rows: list[list[str]] = []
        self._reasons, self._notes = Reasons.none(0), Reasons.none(0)
        self._codes: list[tuple[int, int]] = []
        self._not_utf8 = self._notes.code(NOT_UTF8)

    @property
    def full(self) -> bool:
        """Whether a chunk holds no more."""
        return len(self.rows) * self._widest >= CELLS

    def add(self, row: _Row, number: int) -> None:
        """Take a row, and what is wrong with it; ``number`` is its first line in the file."""
        lines = {"first": Quoted(number), "last": Quoted(number + row.lines - 1)}
        wrong, note = 0, 0 if row.utf8 else self._not_utf8
        if not row.cells and not row.error:
            return  # an empty line
        if not row.error and len(row.cells) != self._width:
            row.error = Said.of(CELLS_DIFFER, cells=str(len(row.cells)), width=str(self._width))
        if row.error:
            said = Said.of(row.error.template, line=Quoted(number), **row.error.values)
            wrong = self._reasons.code(Said.of(ONE_ROW, problem=said, **lines) if row.lines > 1 else said)
        elif row.lines > 1:
            note = self._notes.code(Said.of(SPANS, **lines))
        if len(row.cells) > self._width:  # the surplus is joined into the last cell
            last = self._width - 1
            row.cells[last:] = [self._delimiter.join(row.cells[last:])]
        self.rows.append(row.cells)
        self._codes.append((wrong, note))
        self._widest = max(self._widest, len(row.cells))

    def chunk(self, schema: pa.Schema, done: float) -> Chunk:
        """The rows as a table; cells that are not there are null."""
        count = range(min(self._widest, self._width))
        columns = [pa.array([row[i] if i < len(row) else None for row in self.rows], pa.string()) for i in count]
        columns += [pa.nulls(len(self.rows), pa.string())] * (self._width - len(columns))
        codes = np.array(self._codes, np.int32).reshape(-1, 2)
        self._reasons.codes, self._notes.codes = codes[:, 0].copy(), codes[:, 1].copy()
        return Chunk(pa.table(columns, schema=schema), self._reasons, self._notes, done)

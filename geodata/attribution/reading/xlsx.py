"""XLSX: the values of one sheet, by openpyxl in its read-only mode; macros, links and formulas are never followed.

A cell that is formatted as a date comes as a date; a number without a format stays a number.
"""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import IO, Any
from xml.etree.ElementTree import ParseError

import numpy as np
import openpyxl
import pyarrow as pa
from openpyxl.utils.exceptions import InvalidFileException

from geodata.attribution.budget import Budget, InputError
from geodata.attribution.reading.archive import checked_archive
from geodata.attribution.reading.source import Chunk, Limits, Opened, unique
from geodata.attribution.said import Said

ROWS = 20_000
"""Most of a chunk."""
LAST = 1_048_576
"""No sheet has more rows."""
SHARED = 64 * 2**20
"""Bytes of texts that all cells share, which are held at once."""
HEAD = 4_096
BESIDE = "it has cells to the right of the header, which are left out"
DAMAGE = (
    zipfile.BadZipFile, zlib.error, ParseError, InvalidFileException, KeyError, ValueError, TypeError, AttributeError,
    IndexError, OSError, EOFError, RuntimeError, NotImplementedError, OverflowError, SyntaxError,
)  # fmt: skip
"""What openpyxl raises for a damaged file."""


class XlsxSource(Opened):
    """One sheet of a workbook; the others are named in ``messages``."""

    def __init__(self, stream: IO[bytes], limits: Limits, budget: Budget, layer: str | None = None) -> None:
        self._stream, self._limits, self._budget = stream, limits, budget
        self._refuse(stream)
        messages: list[Said] = []
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            self._sheet = self._choose(layer, messages)
            self._sheet.reset_dimensions()
            self._read = self._rows()
            header = next((row for row in self._read if any(row)), None)
        except DAMAGE as error:
            if isinstance(error, InputError):
                raise
            raise InputError("the spreadsheet is damaged: {reason}.", reason=str(error)[:120]) from error
        if header is None:
            raise InputError("the file is empty: its sheet has no row.")
        while header and not header[-1]:
            header.pop()
        if len(header) > limits.columns:
            raise InputError("the sheet has more than {columns} columns.", columns=limits.columns)
        names = unique([cell or "" for cell in header], messages)
        super().__init__(pa.schema([(name, pa.string()) for name in names]), "XLSX", messages=messages)

    def _refuse(self, stream: IO[bytes]) -> None:
        """Refuse what no list needs: document types, far too much shared text."""
        archive = checked_archive(stream, self._limits)
        try:
            for info in archive.infolist():
                if info.filename.endswith((".xml", ".rels")):
                    with archive.open(info) as part:
                        head = part.read(HEAD).replace(b"\0", b"").upper()
                    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                        raise InputError("the spreadsheet holds a document type or entities: it is refused.")
                if info.filename.endswith("sharedStrings.xml") and info.file_size > SHARED:
                    raise InputError(
                        "the texts of the spreadsheet take more than {size} MB: save it as CSV.", size=SHARED >> 20
                    )
        except DAMAGE as error:
            if isinstance(error, InputError):
                raise
            raise InputError("the spreadsheet is damaged: {reason}.", reason=str(error)[:120]) from error
        stream.seek(0)

    def _choose(self, layer: str | None, messages: list[Said]) -> Any:
        sheets = [sheet for sheet in self._book.worksheets if sheet.sheet_state == "visible"] or self._book.worksheets
        names = [sheet.title for sheet in sheets]
        if not names:
            raise InputError("the spreadsheet has no sheet of cells.")
        if layer is not None and layer not in names:
            listed = ", ".join(f"“{name}”" for name in names[:12])
            raise InputError(f"there is no sheet “{layer[:60]}”; the sheets are {listed}.")
        if len(names) > 1 and layer is None:
            messages.append(
                Said.of(
                    "The spreadsheet has {count} sheets; “{name}” is read: put the list first, or choose with --layer.",
                    count=len(names),
                    name=names[0],
                )
            )
        return sheets[names.index(layer) if layer else 0]

    def _rows(self) -> Iterator[list[str | None]]:
        """The cells of each row, as text."""
        for number, row in enumerate(self._sheet.iter_rows(max_row=LAST, values_only=True)):
            if number % 256 == 0:
                self._budget.check()
            yield [_text(value) for value in row]

    def chunks(self) -> Iterator[Chunk]:
        """The rows; where the sheet ends is not known beforehand, so the share done is a guess until it is reached."""
        width, read = len(self.schema.names), 0
        try:
            rows: list[list[str | None]] = []
            blank = 0  # rows without a cell at the end of a sheet are not rows
            for row in self._read:
                if not any(row):
                    blank += 1
                    continue
                rows += [[None] * width for _ in range(min(blank, self._limits.rows))]
                blank = 0
                rows.append([*row, *[None] * (width - len(row))])
                read += 1
                if read > self._limits.rows or len(rows) > self._limits.rows:
                    raise InputError("the file has more than {rows} rows: split it.", rows=self._limits.rows)
                if len(rows) >= ROWS:
                    yield self._chunk(rows, 0.5)
                    rows = []
            if rows:
                yield self._chunk(rows, 1.0)
        except DAMAGE as error:
            if isinstance(error, InputError):
                raise
            raise InputError(
                "the spreadsheet is damaged after {rows} rows: {reason}.", rows=read, reason=str(error)[:120]
            ) from error

    def _chunk(self, rows: list[list[str | None]], done: float) -> Chunk:
        width = len(self.schema.names)
        columns = [pa.array([row[at] for row in rows], pa.string()) for at in range(width)]
        chunk = Chunk.clean(pa.table(columns, schema=self.schema), done)
        chunk.notes.mark(np.array([any(row[width:]) for row in rows], bool), Said(BESIDE))
        return chunk

    def close(self) -> None:
        """Let go of the file."""
        self._book.close()
        self._stream.close()


def _text(value: Any) -> str | None:
    """A cell's value as text: a day as YYYY-MM-DD, a whole number without a fraction."""
    if value is None or isinstance(value, str):
        return (value or "").encode("utf-8", "replace").decode().strip() or None
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else str(value)

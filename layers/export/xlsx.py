"""A table as a spreadsheet: days are dates, text cells can't become formulas, and the same table gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any
from xml.etree.ElementTree import canonicalize

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from geodata.dates import parse_day
from geodata.spreadsheet_safety import STARTS
from layers.export.archive import archive
from layers.export.kml import FORBIDDEN
from layers.export.table_columns import TABLES

HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WIDTHS = {"text": 60, "duty": 60, "what_happened": 60, "views": 60, "title": 44, "sources": 30}


def write(table: list[dict[str, Any]], title: str) -> bytes:
    """One sheet with a frozen heading and a filter."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title[:31]
    names = list(table[0]) if table else []
    days = {column.name for column in TABLES.get(title, ()) if column.kind == "day"}
    for column, name in enumerate(names, 1):
        head = sheet.cell(1, column, name)
        head.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(name, 16)
    for number, row in enumerate(table, 2):
        for column, (name, value) in enumerate(row.items(), 1):
            _fill(sheet.cell(number, column), parse_day(value) if name in days and value else value)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    stream = io.BytesIO()
    book.save(stream)
    return _without_clock(stream.getvalue())


def _fill(cell: Cell, value: Any) -> None:
    if isinstance(value, list | tuple):
        value = "; ".join(map(str, value))
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value).translate(FORBIDDEN)
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if value.startswith(STARTS):
            cell.quotePrefix = True
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        cell.alignment = Alignment(vertical="top")


def _without_clock(content: bytes) -> bytes:
    """Write the archive again with fixed dates, and its XML in canonical form: openpyxl writes it otherwise with lxml."""
    stamp = b"2020-11-10T00:00:00Z"
    parts = {}
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        for name in old.namelist():
            data = HEAD + canonicalize(old.read(name).decode("utf-8")).encode("utf-8")
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, data)
            parts[name] = data
    return archive(parts)

"""A table as a spreadsheet: days are dates, text cells can't become formulas, and the same table gives the same bytes."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from xlsxwriter import Workbook

from geodata.dates import parse_day
from geodata.spreadsheet_safety import STARTS
from layers.export.table_columns import TABLES
from layers.export.tables import header
from layers.export.xml_text import allowed

WIDTHS = {"text": 60, "duty": 60, "what_happened": 60, "views": 60, "title": 44, "sources": 30}
LONGEST = 32_767
"""Characters that a cell of the format can hold."""
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
MADE = datetime(2020, 11, 10, tzinfo=UTC)
"""Date of making in the file: what the clock says must not show."""


def write(table: list[dict[str, Any]], title: str) -> bytes:
    """One sheet with a frozen heading and a filter."""
    stream = io.BytesIO()
    with Workbook(stream, OPTIONS) as book:
        book.set_properties({"created": MADE})
        sheet = book.add_worksheet(title[:31])
        bold, plain = book.add_format({"bold": True}), book.add_format({"valign": "top"})
        day = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        guarded = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        names = header(table, title)
        days = {column.name for column in TABLES.get(title, ()) if column.kind == "day"}
        for column, name in enumerate(names):
            sheet.write_string(0, column, name, bold)
            sheet.set_column(column, column, WIDTHS.get(name, 16))
        for number, row in enumerate(table, 1):
            for column, (name, value) in enumerate(row.items()):
                shown = "; ".join(map(str, value)) if isinstance(value, list | tuple) else value
                if name in days and shown:
                    sheet.write_datetime(number, column, parse_day(shown), day)
                elif isinstance(shown, str):
                    look = guarded if shown.startswith(STARTS) else text
                    lines = shown.replace("\r\n", "\n").replace("\r", "\n")
                    sheet.write_string(number, column, allowed(lines)[:LONGEST], look)
                elif shown is not None:
                    sheet.write(number, column, shown, plain)
        sheet.freeze_panes(1, 1)
        if names:
            sheet.autofilter(0, 0, len(table), len(names) - 1)
    return stream.getvalue()

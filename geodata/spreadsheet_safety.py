"""Keeps a spreadsheet from taking a text for a formula."""

from __future__ import annotations

import re
from typing import Any

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet evaluate a cell; the last four are the full-width forms."""
NUMBER = re.compile(r"[+-]?(\d{1,40}([.,]\d{0,40})?|[.,]\d{1,40})([eE][+-]?\d{1,3})?")
"""A text that is a plain number does no harm and stays as it is."""


def cell(value: Any) -> Any:
    """A value as a cell may hold it: numbers stay numbers, a text that looks like a formula gets a leading quote."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, list | tuple):
        value = "; ".join(map(str, value))
    text = str(value)
    return f"'{text}" if text.startswith(STARTS) and not NUMBER.fullmatch(text) else text

"""Keeps a spreadsheet from taking a text for a formula."""

from __future__ import annotations

import re
from typing import Any

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet evaluate a cell; the last four are the full-width forms."""
BLANK = "\\x00-\\x20\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffb"
"""What a spreadsheet may trim or not show before a formula, as the inside of a class in a pattern: spaces of all widths,
control and format characters, the byte order mark."""
FORMULA = rf"^(?:[\x00\t\r\n]|[{BLANK}]*[=+\-@＝＋－＠])"
"""A text that begins like a formula; a pattern that Python's and Arrow's expressions read alike."""
NUMBER = re.compile(r"[+-]?(\d{1,40}([.,]\d{0,40})?|[.,]\d{1,40})([eE][+-]?\d{1,3})?")
"""A text that is a plain number does no harm and stays as it is."""
_FORMULA = re.compile(FORMULA)


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
    return f"'{text}" if _FORMULA.match(text) and not NUMBER.fullmatch(text.lstrip(" ")) else text

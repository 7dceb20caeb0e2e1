"""Days of a changelog in words, so that it can be printed."""

from __future__ import annotations

import re

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"
)  # fmt: skip
_DAY = r"(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?"
_DATE = re.compile(rf"(?<![\w/.-]){_DAY}(?:/{_DAY})?(?![\w-])")
"""A day or a month in ISO 8601, or an interval of two; not where it is a part of an id."""


def in_words(text: str) -> str:
    """A text with its days as “25 November 2020”, its months as “November 2020”, its intervals with “to”.

    >>> in_words("dated 2020-12-13/2020-12-16, was 2020-12 [armradio-2020-12-01]")
    'dated 13 December 2020 to 16 December 2020, was December 2020 [armradio-2020-12-01]'
    """
    return _DATE.sub(_words, text)


def _words(found: re.Match[str]) -> str:
    first, last = found.groups()[:3], found.groups()[3:]
    return _day(*first) + (f" to {_day(*last)}" if last[0] else "")


def _day(year: str, month: str, day: str | None) -> str:
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}" if day else f"{MONTHS[int(month) - 1]} {year}"

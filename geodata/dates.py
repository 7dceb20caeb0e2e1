"""Days, instants and uncertain dates.

A *day* is a calendar day in the record's time zone.  An uncertain or split date is written in EDTF (ISO 8601-2, the
Library of Congress' Extended Date/Time Format): ``2020-10-09/2020-10-15`` is an interval, ``2021-07`` a month.
A change that is dated by an interval counts from the interval's last day; inside it the former state stands and is
marked uncertain.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Bounds(NamedTuple):
    """First and last possible day of an EDTF date, both inclusive."""

    first: date
    last: date

    @property
    def split(self) -> bool:
        """Whether the date is known less exactly than to the day."""
        return self.first != self.last


def parse_day(text: str) -> date:
    """Read a calendar day written YYYY-MM-DD.

    Raises
    ------
    ValueError
        With one sentence that names the text, when it is not such a day.
    """
    if not _DAY.fullmatch(text):
        raise ValueError(f"“{text}” is not a date: write it as YYYY-MM-DD, for example 2020-11-10.")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"“{text}” is not a day of the calendar: {error}.") from error


@lru_cache(maxsize=4096)
def bounds(text: str) -> Bounds:
    """First and last day that an EDTF text allows (day, month, year, interval; ``?`` and ``~`` are kept in bounds).

    Raises
    ------
    ValueError
        When the text is not EDTF or its end lies before its start.
    """
    if _DAY.fullmatch(text):
        day = parse_day(text)
        return Bounds(day, day)
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        value = parse_edtf(text)
        first, last = (date(*stamp[:3]) for stamp in (value.lower_strict(), value.upper_strict()))
    except (EDTFParseException, ValueError, TypeError) as error:
        raise ValueError(f"“{text}” is not an EDTF date (YYYY, YYYY-MM, YYYY-MM-DD or first/last).") from error
    if last < first:
        raise ValueError(f"“{text}” ends before it starts.")
    return Bounds(first, last)


def parse_instant(text: str) -> datetime:
    """Read an instant that carries its zone, such as ``2020-11-10T00:00+03:00``.

    Raises
    ------
    ValueError
        When it is not an instant, or has no zone.
    """
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"“{text}” has no time zone: add its offset, such as +03:00, or Z for UTC.")
    return instant


def day_in(instant: datetime, zone: str) -> date:
    """Calendar day on which an instant falls in a time zone (IANA name)."""
    return instant.astimezone(ZoneInfo(zone)).date()

"""Reads the dates that people write, as the first and last day that they allow.

A day is a calendar day of the record's time zone.  An instant with its zone falls on the day that it is there; a time of
day without a zone is taken as local.  A month, a year or an interval (EDTF) stays as wide as it is.  What can be read as two
different days is not read at all, unless the order of day and month is given.
"""

from __future__ import annotations

import re
from calendar import month_abbr, month_name, monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.attribution.reasons import Reasons, UnreadableError
from geodata.attribution.time_slices import EPOCH, day_number
from geodata.dates import day_in

Order = Literal["dmy", "mdy"]
Span = tuple[int, int]
Days = NDArray[np.int32]
LONGEST = 64
"""No date is written with more characters."""
NO_DATE = "it has no date"
EARLY = "its date … lies before the first day of the record"
"""The kind of a reason that names that day."""
FORMS = "write YYYY-MM-DD (also YYYY-MM, first/last, DD.MM.YYYY, 10 November 2020, or an instant with its zone)"
_MONTHS = {name: number for number, name in enumerate(month_name) if name} | {
    name: number for number, name in enumerate(month_abbr) if name
}
_MONTH_OF = {name.casefold(): number for name, number in _MONTHS.items()} | {"sept": 9}
_EDTF = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[?~%]?")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d{1,9})?)?(\s?(Z|[+-]\d\d(:?\d\d)?))?", re.IGNORECASE)
_DOTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_SLASHES = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})([/.]?)(\d\d)\2(\d\d)")
_WORDS = re.compile(r"(\d{1,2})(?:[snrt][tdh])?\s+([a-z]+)\.?,?\s+(\d{4})", re.IGNORECASE)
_WORDS_US = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:[snrt][tdh])?,?\s+(\d{4})", re.IGNORECASE)
_SERIAL = re.compile(r"\d{5}(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Whose days are meant: the first day of the record, and the IANA name of its time zone."""

    start: date
    zone: str

    @property
    def early(self) -> str:
        """The sentence about a date before the first day, with ``{}`` for that date."""
        return f"its date {{}} lies before the record, which begins on {self.start}"


def read_day(text: str, calendar: Calendar, order: Order | None = None) -> Span:
    """First and last day (day numbers) that a written date allows.

    Raises
    ------
    UnreadableError
        With a phrase that says what is wrong and what to do.
    """
    text = text.strip()
    if not text:
        raise UnreadableError(NO_DATE)
    if len(text) > LONGEST:
        raise UnreadableError(f"its date is not a date: {{}}; {FORMS}", text)
    found = _edtf(text) or _instant(text, calendar.zone) or _other(text, order)
    if found is not None:
        if found[1] < day_number(calendar.start):
            raise UnreadableError(calendar.early, text, kind=EARLY)
        return found
    if _SERIAL.fullmatch(text):
        raise UnreadableError(
            "its date {} looks like a spreadsheet's day number; format the column as YYYY-MM-DD", text
        )
    raise UnreadableError(f"its date {{}} can't be read; {FORMS}", text)


def _edtf(text: str) -> Span | None:
    first, slash, last = text.partition("/")
    if slash and not _EDTF.fullmatch(last):
        return None
    begin = _bounds(first)
    end = _bounds(last) if slash else begin
    if begin is None or end is None:
        return None
    if end[1] < begin[0]:
        raise UnreadableError("its date {} ends before it starts", text)
    return begin[0], end[1]


def _bounds(text: str) -> Span | None:
    match = _EDTF.fullmatch(text)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if match[3]:
        number = _number(year, month, day, text)
        return number, number
    if match[2]:
        begin = _number(year, month, 1, text)
        return begin, begin + monthrange(year, month)[1] - 1
    return _number(year, 1, 1, text), _number(year, 12, 31, text)


def _instant(text: str, zone: str) -> Span | None:
    if not _INSTANT.fullmatch(text):
        return None
    plain = text.upper().replace(",", ".")
    try:
        moment = datetime.fromisoformat(re.sub(r"(?<=\d)\s(?=Z|[+-])", "", plain))
        day = moment.date() if moment.tzinfo is None else day_in(moment, zone)
    except (ValueError, OverflowError) as error:
        raise UnreadableError("its date {} is not a moment of the calendar", text) from error
    return (day - EPOCH).days, (day - EPOCH).days


def _other(text: str, order: Order | None) -> Span | None:
    number: int | None = None
    if match := _DOTS.fullmatch(text):
        number = _number(int(match[3]), int(match[2]), int(match[1]), text)
    elif match := _YEAR_FIRST.fullmatch(text):
        number = _number(int(match[1]), int(match[3]), int(match[4]), text)
    elif match := _SLASHES.fullmatch(text):
        number = _slashes(text, int(match[1]), int(match[3]), int(match[4]), order)
    elif (match := _WORDS.fullmatch(text)) and match[2].casefold() in _MONTH_OF:
        number = _number(int(match[3]), _MONTH_OF[match[2].casefold()], int(match[1]), text)
    elif (match := _WORDS_US.fullmatch(text)) and match[1].casefold() in _MONTH_OF:
        number = _number(int(match[3]), _MONTH_OF[match[1].casefold()], int(match[2]), text)
    return None if number is None else (number, number)


def _slashes(text: str, one: int, two: int, year: int, order: Order | None) -> int:
    if order is None and max(one, two) <= 12 and one != two:
        raise UnreadableError(
            "its date {} can be read as two days; write YYYY-MM-DD, or give --date-order dmy or mdy", text
        )
    day_first = order == "dmy" or (order is None and two <= 12)
    day, month = (one, two) if day_first else (two, one)
    return _number(year, month, day, text)


def _number(year: int, month: int, day: int, text: str) -> int:
    try:
        return (date(year, month, day) - EPOCH).days
    except ValueError as error:
        raise UnreadableError("its date {} is not a day of the calendar", text) from error


def read_days(column: pa.Array, calendar: Calendar, order: Order | None = None) -> tuple[Days, Days, Reasons]:
    """First and last day (day numbers) of each cell of a column, and why a cell could not be read.

    Text, dates and timestamps (with a zone: the day in that of the calendar; without: as they stand) are read.
    """
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type):
        if column.type.tz:
            column = pc.local_timestamp(column.cast(pa.timestamp(column.type.unit, calendar.zone)))
        column = pc.floor_temporal(column, unit="day").cast(pa.date32(), safe=False)
    if pa.types.is_date64(column.type):
        column = column.cast(pa.date32())
    if pa.types.is_date32(column.type):
        return _native(column, calendar)
    encoded = pc.dictionary_encode(column.cast(pa.string()), null_encoding="encode")
    spans, reasons = [], Reasons.none(len(column))
    codes = []
    for text in encoded.dictionary.to_pylist():
        try:
            spans.append(read_day(text or "", calendar, order))
            codes.append(0)
        except UnreadableError as error:
            spans.append((0, 0))
            codes.append(reasons.code(str(error), error.kind))
    if not spans:
        return np.zeros(0, np.int32), np.zeros(0, np.int32), reasons
    index = np.asarray(encoded.indices)
    table = np.array(spans, np.int32)
    reasons.codes[:] = np.array(codes, np.int32)[index]
    return table[index, 0], table[index, 1], reasons


def _native(column: pa.Array, calendar: Calendar) -> tuple[Days, Days, Reasons]:
    days = np.asarray(column.cast(pa.int32()).fill_null(0))
    reasons = Reasons.none(len(days))
    reasons.mark(np.asarray(column.is_null()), NO_DATE)
    reasons.mark(days < day_number(calendar.start), calendar.early.replace(" {}", ""), EARLY)
    return days, days, reasons

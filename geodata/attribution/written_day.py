"""Reads one date as people write it, as the first and last day that it allows.

A day is a calendar day of the record's time zone.  An instant with its zone falls on the day that it is there; a time of
day without a zone is taken as local.  A month, a year or an interval (EDTF) stays as wide as it is.  What can be read as two
different days is not read at all, unless the order of day and month is given.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from geodata.attribution.unreadable import UnreadableError, shown
from geodata.attribution.words import fold, forms, month_of
from geodata.dates import day_in

EPOCH = date(1970, 1, 1)
Order = Literal["dmy", "mdy"]
Span = tuple[int, int]
LONGEST = 64
"""No date is written with more characters."""
NO_DATE = "it has no date"
EARLY = "its date {value} lies before the record, which begins on {day}"
FORMS = "write YYYY-MM-DD (also YYYY-MM, first/last, DD.MM.YYYY, 10 November 2020, or an instant with its zone)"
UNREADABLE = f"its date {{value}} can't be read; {FORMS}"
TOO_LONG = f"its date is not a date: {{value}}; {FORMS}"
SERIAL = (
    "its date {value} looks like a spreadsheet's day number; format the column as YYYY-MM-DD, or give --serial 1900"
)
TWO_DAYS = "its date {value} can be read as two days; write YYYY-MM-DD, or say what 03/04/2020 means"
ENDS_EARLY = "its date {value} ends before it starts"
NO_MOMENT = "its date {value} is not a moment of the calendar"
NO_DAY = "its date {value} is not a day of the calendar"
SERIALS = {1900: date(1899, 12, 30), 1904: date(1904, 1, 1)}
"""Day 0 of a spreadsheet's day numbers: of most programs (right from March 1900), and of old ones for the Macintosh."""
LATEST = 1_900_000_000
"""Ten digits are seconds since 1970 up to here (2030); beyond they might be a year, month, day and hour."""
_EDTF = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[?~%]?")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d{1,9})?)?(\s?(Z|[+-]\d\d(:?\d\d)?))?", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})([/.]?)(\d\d)\2(\d\d)")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_CLOCK = re.compile(r"[T,\s]+\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?$", re.IGNORECASE)
_WORDY = re.compile(r"[\w\s.,'’/-]+")
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_YEAR_WORD = re.compile(rf"\s*-?(?:{forms()['year']})$")
_NOISE = frozenset(forms()["noise"])


@dataclass(frozen=True, slots=True)
class Calendar:
    """Whose days are meant: the first day of the record, and the IANA name of its time zone."""

    start: date
    zone: str


@dataclass(frozen=True, slots=True)
class DateRules:
    """How a list is to be read where a date alone does not say it.

    ``order`` is that of day and month in 03/04/2020; ``serial`` the year from which a spreadsheet counts its day numbers.
    """

    order: Order | None = None
    serial: Literal[1900, 1904] | None = None


NO_RULES = DateRules()
"""Dates say themselves how they are read, or are not read."""


def read_day(text: str, calendar: Calendar, rules: DateRules = NO_RULES) -> Span:
    """First and last day (days since 1970-01-01) that a written date allows.

    Raises
    ------
    UnreadableError
        With a phrase that says what is wrong and what to do.
    """
    text = text.replace("\N{NO-BREAK SPACE}", " ").strip()
    if not text:
        raise UnreadableError(NO_DATE)
    if len(text) > LONGEST:
        raise UnreadableError(TOO_LONG, value=shown(text))
    found = _edtf(text, calendar.zone) or _instant(text, calendar.zone) or _counted(text, calendar.zone, rules)
    found = found or _other(text, rules.order)
    if found is not None:
        if found[1] < (calendar.start - EPOCH).days:
            raise UnreadableError(EARLY, value=shown(text), day=str(calendar.start))
        return found
    if _SERIAL.fullmatch(text):
        raise UnreadableError(SERIAL, value=shown(text))
    raise UnreadableError(UNREADABLE, value=shown(text))


def order_of(text: str) -> Order | None:
    """The order of day and month in a date of slashes or hyphens that can be read in one order only; else None."""
    match = _NUMBERS.match(text.strip())
    if match is None or match[2] == "." or len(match[4]) != 4:
        return None
    one, two = int(match[1]), int(match[3])
    return "dmy" if one > 12 >= two else "mdy" if two > 12 >= one else None


def _edtf(text: str, zone: str) -> Span | None:
    """A day, month, year or an interval of them; the ends of an interval may also be instants."""
    first, slash, last = text.partition("/")
    if slash and not (_EDTF.fullmatch(last) or _INSTANT.fullmatch(last)):
        return None
    begin = _bounds(first) or (_instant(first, zone) if slash else None)
    end = (_bounds(last) or _instant(last, zone)) if slash else begin
    if begin is None or end is None:
        return None
    if end[1] < begin[0]:
        raise UnreadableError(ENDS_EARLY, value=shown(text))
    return begin[0], end[1]


def _bounds(text: str) -> Span | None:
    match = _EDTF.fullmatch(text)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if match[3]:
        return _day(year, month, day, text)
    return _month(year, month, text) if match[2] else (_day(year, 1, 1, text)[0], _day(year, 12, 31, text)[1])


def _month(year: int, month: int, text: str) -> Span:
    begin, _ = _day(year, month, 1, text)
    return begin, begin + monthrange(year, month)[1] - 1


def _instant(text: str, zone: str) -> Span | None:
    if not _INSTANT.fullmatch(text):
        return None
    plain_ = text.upper().replace(",", ".")
    try:
        moment = datetime.fromisoformat(re.sub(r"(?<=\d)\s(?=Z|[+-])", "", plain_))
        day = moment.date() if moment.tzinfo is None else day_in(moment, zone)
    except (ValueError, OverflowError) as error:
        raise UnreadableError(NO_MOMENT, value=shown(text)) from error
    return (day - EPOCH).days, (day - EPOCH).days


def _counted(text: str, zone: str, rules: DateRules) -> Span | None:
    """Seconds or milliseconds since 1970 (ten or thirteen digits), or a spreadsheet's day number where declared."""
    if rules.serial is not None and _SERIAL.fullmatch(text):
        number = (SERIALS[rules.serial] - EPOCH).days + int(float(text))
        return number, number
    if not text.isdecimal() or len(text) not in (10, 13):
        return None
    seconds = int(text) // (1000 if len(text) == 13 else 1)
    if seconds > LATEST:
        return None
    number = (day_in(datetime.fromtimestamp(seconds, UTC), zone) - EPOCH).days
    return number, number


def _other(text: str, order: Order | None) -> Span | None:
    text = text.removesuffix(".0")  # a year that a spreadsheet or pandas took for a fraction
    short = _YEAR_WORD.sub("", _CLOCK.sub("", fold(text)))
    if match := _YEAR_FIRST.fullmatch(short):
        return _day(int(match[1]), int(match[3]), int(match[4]), text)
    if match := _NUMBERS.fullmatch(short):
        return _numbers(match, text, order)
    if match := _EDTF.fullmatch(short):
        return _bounds(short)
    return _in_words(short, text)


def _numbers(match: re.Match[str], text: str, order: Order | None) -> Span:
    """Day, month and year in figures: with dots the day comes first, else whatever the order or the calendar leaves."""
    one, two, last = int(match[1]), int(match[3]), int(match[4])
    year = _full_year(match[4])
    if match[2] == "." or order == "dmy":
        given = [(year, two, one)]
    elif order == "mdy":
        given = [(year, one, two)]
    else:
        given = [(year, two, one), (year, one, two)]
        if len(match[4]) == 2:
            given.append((_full_year(match[1]), two, last))
        possible = {found for found in given if 1 <= found[1] <= 12 and 1 <= found[2] <= 31}
        if len(possible) > 1:
            raise UnreadableError(TWO_DAYS, value=shown(text))
        given = list(possible) or given
    return _day(*given[0], text)


def _full_year(digits: str) -> int:
    """A year of two digits lies between 1969 and 2068, as POSIX has it."""
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= 69 else 2000)


def _in_words(short: str, text: str) -> Span | None:
    """A date with the month as a word; day and year stand in any order, and a month may stand without a day."""
    if not _WORDY.fullmatch(short):
        return None
    parts = _PARTS.findall(short)
    words = [part for part in parts if not part.isdecimal() and part not in _NOISE]
    numbers = [part for part in parts if part.isdecimal()]
    if len(words) != 1 or words[0] not in month_of() or not 1 <= len(numbers) <= 2:
        return None
    month = month_of()[words[0]]
    if len(numbers) == 1:
        return _month(int(numbers[0]), month, text) if len(numbers[0]) == 4 else None
    day, year = numbers if len(numbers[0]) <= 2 else numbers[::-1]
    return _day(_full_year(year), month, int(day), text) if len(day) <= 2 and len(year) in (2, 4) else None


def _day(year: int, month: int, day: int, text: str) -> Span:
    try:
        number = (date(year, month, day) - EPOCH).days
    except ValueError as error:
        raise UnreadableError(NO_DAY, value=shown(text)) from error
    return number, number


def day_of(number: int) -> date:
    """The day of a day number."""
    return EPOCH + timedelta(days=number)

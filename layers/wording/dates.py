"""Days, uncertain dates and numbers as a language writes them, from the CLDR data in Babel."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from geodata.dates import bounds, parse_day

LOCALES = {"en": "en_GB", "az": "az", "hy": "hy", "ru": "ru"}
"""Babel's locale for each language of the interface."""
LONG = {"en": "d MMMM y", "hy": "d MMMM, y թ."}
SHORT = {"en": "d MMM y", "hy": "d MMM, y թ."}
"""Patterns of our own: in English without a comma, in Armenian as browsers write it, without a leading zero."""
NO_BREAK = "\N{NO-BREAK SPACE}"
GROUP = {"az": NO_BREAK}
"""Between thousands, where texts of a language do not write what CLDR has: for Azerbaijani that is a full stop."""


def as_day(day: date | str) -> date:
    """A day given as a date or as ISO text."""
    return day if isinstance(day, date) else parse_day(day)


@lru_cache(maxsize=8192)
def long_day(day: date | str, lang: str) -> str:
    """A day in full: “25 November 2020”."""
    return str(format_date(as_day(day), format=LONG.get(lang, "long"), locale=LOCALES[lang]))


@lru_cache(maxsize=8192)
def short_day(day: date | str, lang: str) -> str:
    """A day in short: “25 Nov 2020”."""
    return str(format_date(as_day(day), format=SHORT.get(lang, "medium"), locale=LOCALES[lang]))


def uncertain_date(text: str, lang: str, *, short: bool = False) -> str:
    """An EDTF date: a day, a whole month, or an interval that names its shared month and year once."""
    first, last = bounds(text)
    write = short_day if short else long_day
    if first == last:
        return write(first, lang)
    if _whole_month(first, last):
        return str(format_date(first, format="LLLL y", locale=LOCALES[lang]))
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{write(last, lang)}"
    if first.year == last.year and lang == "en":
        opening = str(format_date(first, format="d MMM" if short else "d MMMM", locale=LOCALES[lang]))
        return f"{opening} – {write(last, lang)}"
    return f"{write(first, lang)} – {write(last, lang)}"


def _whole_month(first: date, last: date) -> bool:
    return first.day == 1 and (first.year, first.month) == (last.year, last.month) and last.day >= 28


def number(value: float, lang: str, digits: int = 0) -> str:
    """A number with so many decimals: 1,960.5 in English, 1 960,5 in Azerbaijani."""
    pattern = f"#,##0.{'0' * digits}".rstrip(".")
    written = str(format_decimal(round(value, digits), format=pattern, locale=LOCALES[lang]))
    return written.replace(get_group_symbol(LOCALES[lang]), separators(lang)[1])


def separators(lang: str) -> tuple[str, str]:
    """The signs before decimals and between thousands."""
    return get_decimal_symbol(LOCALES[lang]), GROUP.get(lang, get_group_symbol(LOCALES[lang]))

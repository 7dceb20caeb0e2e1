"""Dates, names and phrases in the reader's language; texts of the record stay in English."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from geodata.dates import bounds, parse_day
from geodata.status import Status
from layers.wording.catalogues import translator

HOLDERS = {
    "azerbaijan": "Azerbaijan",
    "armenia": "Armenia",
    "armenian-forces": "Armenian forces",
    "peacekeepers": "Russian peacekeepers",
}
STATUS = {
    "not-in-force": "not in force",
    "pending": "pending",
    "overdue": "overdue",
    "met": "met",
    "met-late": "met late",
    "continuing": "continuing",
    "disputed": "disputed",
    "lapsed": "lapsed",
    "open": "open, no date",
}
CAUSES = {"force": "by force", "other": "otherwise"}


@dataclass(frozen=True)
class Speech:
    """A reader's language and the form of names that leads."""

    lang: str
    names: str

    @property
    def say(self) -> Callable[[str], str]:
        """Gives an interface word in the language."""
        return translator(self.lang)

    def holder(self, controller: str) -> str:
        """Who holds, in words."""
        return self.say(HOLDERS[controller])

    def status(self, word: str) -> str:
        """A status, in words."""
        return self.say(STATUS[word])

    def full(self, day: str | date) -> str:
        """A day in full, such as 25 November 2020."""
        return _format(day if isinstance(day, date) else parse_day(day), "d MMMM y", self.lang)

    def short(self, day: str | date) -> str:
        """A day in short, such as 25 Nov 2020."""
        return _format(day if isinstance(day, date) else parse_day(day), "d MMM y", self.lang)

    def edtf(self, text: str) -> str:
        """An EDTF date in short; an interval names its shared month and year once."""
        first, last = bounds(text)
        if first == last:
            return self.short(first)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{self.short(last)}"
        opening = _format(first, "d MMM", self.lang) if first.year == last.year else self.short(first)
        return f"{opening} – {self.short(last)}"

    def number(self, value: float, pattern: str = "#,##0") -> str:
        """A number with the language's separators."""
        return str(format_decimal(value, format=pattern, locale=self.lang))

    def name(self, names: Any) -> str:
        """A name in the form that leads, or the neutral one."""
        given = names if isinstance(names, dict) else names.model_dump()
        return str(given.get(self.names) or given.get("neutral") or "")

    def country(self, names: Any) -> str:
        """The name of a country or a sea, in the interface language."""
        given = names if isinstance(names, dict) else names.model_dump()
        return str(given.get(self.lang) or given["neutral"])

    def deadline(self, row: Status) -> str:
        """First due, due now, met: one obligation's dates in a phrase."""
        if row.status == "not-in-force":
            return self.status("not-in-force")
        parts = []
        if row.due is None:
            parts.append(self.say("no date in the text"))
        else:
            if row.first_due != row.due:
                parts.append(f"{self.say('first due')} {self.short(row.first_due or row.due)}")
            parts.append(f"{self.say('due')} {self.short(row.due)}")
        if row.done:
            parts.append(f"{self.status(row.status)} {self.short(row.done)}")
        elif row.ended:
            parts.append(f"{self.say('ended')} {self.short(row.ended)}")
        elif row.status != "open":
            since = (
                f" {self.say('since')} {self.short(row.disputed_since)}"
                if row.disputed_since and row.status == "disputed"
                else ""
            )
            parts.append(f"{self.status(row.status)}{since}")
        if row.notice_by and row.term_end:
            parts.append(f"{self.say('term ends')} {self.short(row.term_end)}")
        return " · ".join(parts)


@lru_cache(maxsize=4096)
def _format(day: date, pattern: str, lang: str) -> str:
    return str(format_date(day, format=pattern, locale=lang))

"""The one writer of every sentence that a reader is told: holders, statuses, deadlines, lateness, causes.

A sentence is a whole template in the catalogues, with its plural forms; values are filled in last.  The page, the
sheet, the site and the map (through :mod:`layers.map.payload`) take their sentences from here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

from geodata.attribution.said import Said
from geodata.holdings import Holding
from geodata.model import Reading
from geodata.record_events import SideStatement
from geodata.record_types import Names, People, Source
from geodata.status import Status
from layers.wording import dates, vocabulary
from layers.wording.catalogues import translations


class Translate(Protocol):
    """Gives an English phrase in the reader's language, its placeholders filled."""

    def __call__(self, text: str, **values: object) -> str:
        """The phrase."""


NONE = "—"
"""What stands in a table where there is nothing to say."""
YEAR_ENDS = ("г..", "г.")
"""A Russian date ends in a full stop, which ends the sentence too."""


@dataclass(frozen=True)
class Wording:
    """A reader's language, and the form of place names that leads.

    ``names`` is ``neutral``, ``az``, ``hy``, ``ru``, or ``lang`` for the form of the language (in English the neutral one).
    """

    lang: str = "en"
    names: str = "lang"

    # --- words

    def tr(self, text: str, **values: object) -> str:
        """A phrase or a sentence in the language; English where the catalogue has none."""
        said = translations(self.lang).gettext(text)
        return said.format_map(values).replace(*YEAR_ENDS) if values else said

    def said(self, said: Said) -> str:
        """What is wrong with a list of points or a row of it, in the language."""
        return said.told(self.tr, self.number)

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """A sentence with a number, in the plural form of the language."""
        return translations(self.lang).ngettext(one, many, n).format_map({"n": n, **values})

    def sentences(self, texts: Iterable[str]) -> str:
        """Texts as sentences, each with the full stop of the language."""
        stop = "։" if self.lang == "hy" else "."
        return " ".join(text.rstrip(".։") + stop for text in texts)

    def listed(self, head: str, items: Iterable[object]) -> str:
        """What is listed, and its items: “Handed over under a clause: 2, 6”."""
        mark = "՝" if self.lang == "hy" else ":"
        return f"{head}{mark} {', '.join(map(str, items))}"

    @staticmethod
    def quoted(text: str, language: str) -> str:
        """Words of a source in the quotation marks of their own language."""
        return f"«{text}»" if language in {"hy", "ru"} else f"“{text}”"

    # --- days and numbers

    def day(self, day: date | str | None) -> str:
        """A day in full, such as “25 November 2020”; a dash for none."""
        return NONE if day is None else dates.long_day(day, self.lang)

    def short(self, day: date | str | None) -> str:
        """A day in short, such as “25 Nov 2020”; a dash for none."""
        return NONE if day is None else dates.short_day(day, self.lang)

    def cell(self, day: date | str | None) -> str:
        """A day in short for a narrow column: it does not break."""
        return self.short(day).replace(" ", dates.NO_BREAK)

    def edtf(self, text: str, *, short: bool = False) -> str:
        """An uncertain date in words."""
        return dates.uncertain_date(text, self.lang, short=short)

    def number(self, value: float, digits: int = 0) -> str:
        """A number with the language's separators."""
        return dates.number(value, self.lang, digits)

    def area(self, km2: float) -> str:
        """An area in km²; one below 10 km² with one decimal, none as a bare 0."""
        return self.tr("{n} km²", n=self.number(km2, 1 if 0 < km2 < 10 else 0)).replace(" ", dates.NO_BREAK)

    def length(self, metres: float) -> str:
        """A distance in km, or in metres below one."""
        if metres >= 1000:
            return self.tr("{n} km", n=self.number(metres / 1000, 1))
        return self.tr("{n} m", n=self.number(metres))

    # --- names

    def name(self, names: Names | dict[str, Any]) -> str:
        """A name in the form that leads, or the neutral one."""
        return _form(names, self.lang if self.names == "lang" else self.names)

    def writes(self, names: Names | dict[str, Any]) -> bool:
        """Whether a name has a form in the script of the language that leads; without a source it has none."""
        wanted = self.lang if self.names == "lang" else self.names
        return wanted not in {"hy", "ru"} or not any("LATIN" in unicodedata.name(one, "") for one in self.name(names))

    def layer(self, names: Names | dict[str, Any]) -> str:
        """What a layer is called: where its neutral form is one name and not two, that of the language is as neutral."""
        neutral = _form(names, "neutral")
        return self.country(names) if self.names == "neutral" and " / " not in neutral else self.name(names)

    def country(self, names: Names | dict[str, Any]) -> str:
        """The name of a country or a sea, in the language of the interface."""
        return _form(names, self.lang)

    # --- what has an id

    def holder(self, controller: str) -> str:
        """Who holds, never who owns."""
        return self.tr(vocabulary.controllers().get(controller, controller))

    def side(self, side: str) -> str:
        """A side that speaks."""
        return self.tr(vocabulary.sides().get(side, side))

    def status(self, word: str) -> str:
        """A status."""
        return self.tr(vocabulary.STATUS[word])

    def cause(self, cause: str, clause: int | None = None) -> str:
        """Why ground changed hands: under which clause, by force, or otherwise."""
        return self.tr("under clause {n}", n=clause) if clause else self.tr(vocabulary.CAUSE[cause])

    def handover(self, former: str, holder: str) -> str:
        """From whom to whom."""
        return f"{self.holder(former)} → {self.holder(holder)}"

    def doubt(self, *, disputed: bool, certain: bool) -> str:
        """What is not sure of a hand-over; empty where all is."""
        if disputed and not certain:
            return self.tr("disputed, and day or extent uncertain")
        if disputed:
            return self.tr("disputed")
        return "" if certain else self.tr("day or extent uncertain")

    def holding(self, held: Holding, begin: date) -> str:
        """Who held a piece and from when (``begin``: the record's first day), and from which day that is certain."""
        tr = self.tr
        parts = [f"{self.day(held.since or begin)}: {self.holder(held.controller)}"]
        parts += [] if held.certain else [tr("not certain")]
        for day, certain in held.turns:
            told = tr("certain from {day}") if certain else tr("not certain from {day}")
            parts.append(told.format(day=self.day(day)))
        return "; ".join(parts)

    def earlier(self, forced: float, unsure: float, day: date | str) -> list[str]:
        """What came by force before the first of two days (km2), and how much of it was not certain that day."""
        told = []
        if forced:
            told.append(
                self.tr(
                    "By {day}, {area} had already changed hands by force: that is not counted here.",
                    area=self.area(forced),
                    day=self.day(day),
                )
            )
        if forced and unsure:
            told.append(
                self.tr(
                    "Of these {all}, it is not certain who held {area} on {day} (striped on the map of that day).",
                    all=self.area(forced),
                    area=self.area(unsure),
                    day=self.day(day),
                )
            )
        return told

    def later(self, sums: Mapping[str, float], day: date | str) -> list[str]:
        """What changed hands after the second of two days, in km2 by what brought it about."""
        if not any(sums.values()):
            return []
        return [
            self.tr(
                "After {day}, {clause} more changed hands under clauses, {force} by force and {other} otherwise: that is not counted here.",
                day=self.day(day),
                **{cause: self.area(sums[cause]) for cause in ("clause", "force", "other")},
            )
        ]

    def event_kind(self, kind: str | None) -> str:
        """What an event is."""
        return self.tr(vocabulary.EVENT_KIND[kind]) if kind else ""

    def outcome_of(self, outcome: str) -> str:
        """What a court made of a request."""
        return self.tr(vocabulary.OUTCOME[outcome])

    def people(self, item: People) -> str:
        """People who are counted: what happened to them, whose people, how many, by whose count."""
        return self.tr(
            "{what}, {whose}: {number} (counted by {by}).",
            what=self.tr(vocabulary.FATE[item.what]).capitalize(),
            whose=self.tr(vocabulary.WHOSE[item.whose]),
            number=self.tr("no figure seen") if item.number is None else self.number(item.number),
            by=item.counted_by,
        )

    def voice(self, item: Reading | SideStatement) -> str:
        """Who said it, in which capacity and when, or why nobody is named; a speaker who is no organ of the side is marked."""
        gap = self.tr("No speaker named: {reason}", reason=item.speaker_gap) if item.speaker_gap else None
        parts = (item.speaker or gap, item.office, self.edtf(item.date) if item.date else None)
        note = "" if item.organ else self.tr("Does not speak for that side.")
        return ". ".join(filter(None, (", ".join(filter(None, parts)), note)))

    # --- deadlines

    def due(self, row: Status) -> str:
        """What the text says of time: the day in force now and the first, a term, or that it names no date."""
        if row.status == "not-in-force":
            return self.tr("not in force")
        if row.due is None:
            return (
                self.tr("term to {day}", day=self.short(row.term_end))
                if row.term_end
                else self.tr("no date in the text")
            )
        if row.first_due in (None, row.due):
            return self.tr("due {due}", due=self.short(row.due))
        return self.tr("due {due}, first {first}", due=self.short(row.due), first=self.short(row.first_due))

    def outcome(self, row: Status) -> str:
        """What has come of it by the day: met, lapsed, disputed since, or its status."""
        if row.done:
            return self.tr("met {day}", day=self.short(row.done))
        if row.ended:
            return self.tr("lapsed {day}", day=self.short(row.ended))
        if row.status == "disputed" and row.disputed_since:
            return self.tr("disputed since {day}", day=self.short(row.disputed_since))
        return "" if row.status in ("open", "not-in-force") else self.status(row.status)

    def deadline(self, row: Status) -> str:
        """One obligation's dates in a sentence: due, and what came of it."""
        return "; ".join(part for part in (self.due(row), self.outcome(row)) if part)

    def due_in_table(self, row: Status) -> str:
        """The due day in force, the end of a term, or that the text names none; a dash before the statement is in force."""
        if row.due:
            return self.cell(row.due)
        return NONE if row.status == "not-in-force" else self.due(row)

    def done_in_table(self, row: Status) -> str:
        """The day on which it was done or, failing that, lapsed."""
        if row.ended and not row.done:
            return self.tr("lapsed {day}", day=self.cell(row.ended))
        return self.cell(row.done)

    def lateness(self, row: Status) -> str:
        """How late or early it was done, against the deadline then in force and against the first; empty without both days."""
        if row.days_late is None:
            return ""
        if row.days_late_first in (None, row.days_late):
            return self._late(row.days_late)
        return self.tr(
            "{now}; against the first date: {first}",
            now=self._late(row.days_late),
            first=self._late(row.days_late_first or 0),
        )

    def lateness_figures(self, row: Status) -> str:
        """The same for a narrow column: “0 (+10)”; a dash without both days."""
        if row.days_late is None:
            return NONE
        now = f"{row.days_late:+d}" if row.days_late else "0"
        if row.days_late_first in (None, row.days_late):
            return now
        return f"{now}{dates.NO_BREAK}({row.days_late_first:+d})"

    def _late(self, days: int) -> str:
        if days > 0:
            return self.plural("{n} day late", "{n} days late", days)
        if days < 0:
            return self.plural("{n} day early", "{n} days early", -days)
        return self.tr("on the day")


def publisher(source: Source, tr: Translate) -> str:
    """Who published a source, or that this is not recorded, and whose report or words it prints."""
    name = tr(source.publisher) if source.publisher in vocabulary.UNRECORDED else source.publisher
    return f"{name}, {source.credit}" if source.credit else name


def as_read(source: Source, tr: Translate) -> str:
    """The publisher, and who copied the text where a copy was read."""
    name = publisher(source, tr)
    return tr("{publisher}, as copied by {host}", publisher=name, host=source.copied_by) if source.copied_by else name


def _form(names: Names | dict[str, Any], wanted: str) -> str:
    given = names if isinstance(names, dict) else names.model_dump()
    return str(given.get(wanted) or given.get("neutral") or "")


@lru_cache(maxsize=64)
def wording(lang: str = "en", names: str = "lang") -> Wording:
    """The writer for a language and a form of names, made once."""
    return Wording(lang, names)

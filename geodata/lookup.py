"""What the rows of a day need from the record, and the phrases in which they tell it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

from geodata.breakpoints import status_days
from geodata.model import Record
from geodata.record_ground import Zone
from geodata.record_types import Evidence
from geodata.status import Status, statuses

NO_DATE = "no date in the text"


class Lookup:
    """What the rows of one day need from the record: zones, places, events and the status of every obligation."""

    def __init__(self, record: Record, day: date, known: date | None = None) -> None:
        self.day = day
        self.start = record.coverage_start
        self.zones: dict[str, Zone] = {zone.id: zone for zone in record.zones}
        self.units = {unit.id: unit for unit in record.units}
        self.identifiers = record.identifiers
        self.places = {place.id: place for place in record.places}
        self.events = {event.id: event for event in record.events}
        rows = statuses(record, day, known)
        self.statuses: dict[str, Status] = {row.id: row for row in rows}

    def evidence(self, event_id: str | None, unit: str | None = None) -> list[str]:
        """The words that carry an event; with a unit, those of its hand-over only."""
        event = self.events.get(event_id or "")
        if event is None:
            return []
        carried = [item for transfer in event.transfers if unit in (None, transfer.unit) for item in transfer.evidence]
        words = carried if unit else [*event.evidence, *carried]
        return list(dict.fromkeys(map(evidence_words, words)))

    def obligations(self, zones: Iterable[str]) -> list[Status]:
        """Status of the obligations of some zones, in the order of the zones, each once."""
        found: dict[str, Status] = {}
        for zone_id in zones:
            zone = self.zones.get(zone_id)
            if zone is None or not zone.clauses:
                continue
            listed = list(zone.obligations) or [row.id for row in self.statuses.values() if zone_id in row.zones]
            for obligation in listed:
                found.setdefault(obligation, self.statuses[obligation])
        return list(found.values())


def evidence_words(item: Evidence) -> str:
    """The words of a source in a phrase, such as ``“entered the district” (s25, en, azerbaijan)``."""
    return f"“{item.quote}” ({', '.join(filter(None, (item.source, item.language, item.side or item.witness)))})"


class Book:
    """The :class:`Lookup` of the last day of a row, each made once."""

    def __init__(self, record: Record, last: date) -> None:
        self.last = last
        self._record = record
        self._made: dict[date, Lookup] = {}
        self._status_days = sorted(status_days(record))

    def of(self, until: date | None) -> Lookup:
        """That of the day before ``until``, at the latest of the last day."""
        day = self.last if until is None else min(self.last, until - timedelta(days=1))
        if day not in self._made:
            self._made[day] = Lookup(self._record, day)
        return self._made[day]

    def cut(self, zone: str, since: date | None, until: date | None) -> list[tuple[date | None, date | None]]:
        """A period cut on each day, up to the last, on which an obligation of a zone changes its status or dates."""
        first, end = since or date.min, until or date.max
        days = [
            day
            for day in self._status_days
            if first < day < end and day <= self.last and self._deadlines(zone, day) != self._deadlines(zone, day, 1)
        ]
        return list(pairwise([since, *days, until]))

    def _deadlines(self, zone: str, day: date, earlier: int = 0) -> list[str]:
        look = self.of(day + timedelta(days=1 - earlier))
        return [deadline_words(item) for item in look.obligations([zone])]


def deadline_words(item: Status) -> str:
    """One obligation's dates in a phrase, such as ``6-kalbajar: first due 2020-11-15, due 2020-11-25, met 2020-11-25``."""
    if item.status == "not-in-force":
        return f"{item.id}: not in force"
    parts = [f"due {item.due}"] if item.due else [NO_DATE]
    if item.first_due and item.first_due != item.due:
        parts.insert(0, f"first due {item.first_due}")
    if item.done:
        parts.append(f"met {item.done}")
    if item.ended:
        parts.append(f"ended {item.ended}")
    return f"{item.id}: {', '.join(parts)} ({item.status})"

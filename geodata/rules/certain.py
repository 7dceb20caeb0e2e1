"""*Certain is earned*: ground that the record itself contradicts can't count as certain.

Three kinds of statement say who held a place or a unit on a day: the known side of a settlement, a published
“held until”, and a view of an event that names ground.  Each is asked of the ground.  Where the ground says otherwise
it has to be uncertain there and then.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from geodata.control import control_at
from geodata.ground import Ground
from geodata.model import Record
from geodata.parts import span_on
from geodata.record_ground import Place
from geodata.rules.walk import Finding, Where


class Claim(NamedTuple):
    """Somebody says who held a place or a unit on a day."""

    file: str
    where: Where
    ground: str
    holder: str
    day: date
    disputed: bool


def contradictions(record: Record, ground: Ground) -> Iterator[Finding]:
    """Claims of the record that the ground contradicts while it calls itself certain."""
    places = {place.id: place for place in record.places}
    for claim in claims(record):
        place = places.get(claim.ground)
        answers = _at_place(ground, place, claim.day) if place else _in_unit(ground, claim.ground, claim.day)
        for controller, certain in answers:
            if certain and controller != claim.holder:
                yield Finding(
                    claim.file,
                    claim.where,
                    f"“{claim.ground}” is said to be held by {claim.holder} on {claim.day}; the ground says {controller}, as certain.",
                )
            elif certain and claim.disputed:
                yield Finding(
                    claim.file,
                    claim.where,
                    f"who held “{claim.ground}” on {claim.day} is disputed; the ground calls {controller} certain.",
                )


def claims(record: Record) -> Iterator[Claim]:
    """Every claim of the record about who held what, for each day on which the answer may change."""
    for index, place in enumerate(record.places):
        if place.lat is None:
            continue
        if known := place.known_side:
            where: Where = (index, "known_side")
            day = record.effect_day
            yield Claim("places", where, place.id, known.holder, day, known.disputed)
        for number, held in enumerate(place.held):
            first = held.since or min(event.counts_from for event in record.events)
            last = held.until or record.coverage_end
            for day in days_between(record, first, last):
                yield Claim("places", (index, "held", number), place.id, held.holder, day, held.disputed)
    for index, event in enumerate(record.events):
        for number, view in enumerate(event.views):
            for thing in view.ground:
                day = event.counts_from
                yield Claim("events", (index, "views", number), thing, str(view.holder), day, False)


def days_between(record: Record, first: date, last: date) -> list[date]:
    """The first day, and every later day before ``last`` on which an event begins or counts."""
    changes = {day for event in record.events for day in (event.first_day, event.counts_from)}
    return sorted({first, *(day for day in changes if first < day < last)})


def _at_place(ground: Ground, place: Place, day: date) -> Iterator[tuple[str | None, bool]]:
    if place.lat is not None and place.lon is not None:
        answer = control_at(ground, place.lat, place.lon, day)
        yield answer.controller, bool(answer.certain)


def _in_unit(ground: Ground, unit: str, day: date) -> Iterator[tuple[str | None, bool]]:
    for piece in ground.pieces:
        if piece.unit == unit:
            span = span_on(piece, day)
            yield span.controller, span.certain

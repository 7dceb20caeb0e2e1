"""Compiles who held what, when: a unit's spans follow from its state in 1994 and the transfers of the events.

A span is half-open, ``[since, until)``.  The first has no start and the last no end.  A transfer dated by an EDTF
interval counts from the interval's last day; inside the interval the former controller stands with ``certain``
false and ``or`` naming the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from geodata.model import Doubtful
from geodata.parts import Ring, Span
from geodata.record_events import Event, Transfer
from geodata.record_ground import Unit
from geodata.record_types import Controller


def compile_spans(
    unit: Unit, events: Iterable[Event], ring: Ring | None = None, sector_dates: Doubtful | None = None
) -> tuple[Span, ...]:
    """Spans of a unit, oldest first, covering all time without gap or overlap.

    Parameters
    ----------
    unit
        The unit, with its controller at the start of the record.
    events
        All events; those with a transfer of this unit are used.
    ring
        Where the ground lies in a sector that takes its date from a town.
    sector_dates
        Days within which such a date is uncertain beyond the town, and everywhere in a unit that is dated by an
        announcement: every span between them says ``certain: false``, from the day on which the sector was reached
        where that is known.
    """
    steps = sorted(
        ((event, transfer) for event in events for transfer in event.transfers if transfer.unit == unit.id),
        key=lambda step: step[0].counts_from,
    )
    spans: list[Span] = [_span(unit.control)]
    doubts: list[tuple[date, date, dict[str, str]]] = []
    for event, transfer in steps:
        before = spans[-1].controller
        if event.first_day < event.counts_from and transfer.to != before:
            doubts.append((event.first_day, event.counts_from, {before: transfer.to}))
        spans[-1] = replace(spans[-1], until=event.counts_from)
        spans.append(_span(transfer.to, before, event, transfer))
    for since, until, other in doubts:
        spans = _doubt(spans, since, until, other)
    if sector_dates and (ring == "beyond" or unit.announced) and steps:
        first, last = unit.control, steps[0][1].to
        since = max(sector_dates.since, unit.reached or sector_dates.since)
        spans = _doubt(spans, since, sector_dates.until, {first: last, last: first})
    for doubt in unit.doubts:
        others = {span.controller: doubt.or_ for span in spans if span.controller != doubt.or_}
        spans = _doubt(spans, doubt.since, doubt.until, others)
    return tuple(spans)


def _span(
    controller: Controller,
    before: str | None = None,
    event: Event | None = None,
    transfer: Transfer | None = None,
) -> Span:
    certain = transfer is None or transfer.certain
    return Span(
        since=event.counts_from if event else None,
        until=None,
        controller=controller,
        certain=certain,
        other=None if certain else before,
        event=event.id if event else None,
        clause=transfer.clause if transfer else None,
        cause=transfer.cause if transfer else None,
        disputed=bool(transfer and transfer.disputed),
    )


def _doubt(spans: list[Span], since: date | None, until: date, other: Mapping[str, str]) -> list[Span]:
    """Cut the spans at both days and mark what lies between as uncertain, where ``other`` knows an alternative.

    Without ``since`` all before ``until`` is uncertain.
    """
    result: list[Span] = []
    for span in _cut(_cut(spans, since) if since else spans, until):
        begun = since is None or (span.since is not None and since <= span.since)
        inside = begun and span.until is not None and span.until <= until
        if inside and span.certain and span.controller in other:
            result.append(replace(span, certain=False, other=other[span.controller]))
        else:
            result.append(span)
    return result


def _cut(spans: list[Span], day: date) -> list[Span]:
    """The spans, the one that holds over a day cut in two there."""
    result: list[Span] = []
    for span in spans:
        if (span.since is None or span.since < day) and (span.until is None or day < span.until):
            result += [replace(span, until=day), replace(span, since=day)]
        else:
            result.append(span)
    return result

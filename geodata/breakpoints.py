"""The days at which anything changes: control, zones, the status of an obligation, or an event of note."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from geodata.ground import Ground
from geodata.loading import event_by_id
from geodata.model import Record
from geodata.parts import Dated
from geodata.status import statuses


def breakpoints(record: Record, ground: Ground) -> list[date]:
    """Every day (sorted) on which the map, a status or the list of events differs from the day before."""
    start, end = record.coverage_start, record.coverage_end
    days = {start, end} | control_days(ground) | status_days(record) | event_days(record)
    return [day for day in sorted(days) if start <= day <= end]


def control_days(ground: Ground) -> set[date]:
    """Days on which a span, a zone, a line or a point begins or ends."""
    return piece_days(ground) | _ends(ground.lines) | _ends(ground.points)


def piece_days(ground: Ground) -> set[date]:
    """Days on which a piece changes hands, its holder or date becomes certain or uncertain, or a zone begins or ends."""
    return {day for piece in ground.pieces for day in _ends(piece.spans) | _ends(piece.zones)}


def _ends(items: Iterable[Dated]) -> set[date]:
    return {day for item in items for day in (item.since, item.until) if day}


def status_days(record: Record) -> set[date]:
    """Days on which some obligation's row differs from the day before, as known on the day itself."""
    candidates = {record.effect_day}
    for obligation in record.obligations:
        for deadline in obligation.deadlines:
            candidates |= {deadline.announced, deadline.due + timedelta(days=1)}
        candidates |= {dispute.since for dispute in obligation.disputes}
        for fulfilment in (obligation.done, obligation.ended):
            if fulfilment is not None:
                event = event_by_id(record, fulfilment.event)
                candidates.add(max(event.counts_from, event.known_from))
    return {day for day in candidates if statuses(record, day) != statuses(record, day - timedelta(days=1))}


def event_days(record: Record) -> set[date]:
    """First and last day of every event at which the time bar stops."""
    return {day for event in record.events if event.stop for day in (event.first_day, event.counts_from)}

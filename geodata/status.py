"""Status of every obligation at a date, as known on a date.  Derived by rule, never typed in.

The rules, the first that applies (t is the earlier of the day asked about and the day of knowledge): before the day
of effect ``not-in-force``; done -> ``met`` or ``met-late``, for good; ended -> ``lapsed``; a dated pair of conflicting
readings on whether it is kept -> ``disputed``; a standing duty -> ``continuing``; no due day -> ``open``; else
``pending`` up to and on the due day, ``overdue`` from the next.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from geodata.loading import event_by_id
from geodata.model import Deadline, Fulfilment, Obligation, Record
from geodata.parts import as_json

Word = Literal[
    "not-in-force", "pending", "overdue", "met", "met-late", "continuing", "disputed", "lapsed", "open"
]  # fmt: skip


@dataclass(frozen=True)
class Status:
    """One obligation at a date.  ``days_late`` is negative when early, null without both days."""

    id: str
    clause: int
    title: str
    status: Word
    due: date | None
    first_due: date | None
    done: date | None
    days_late: int | None
    days_late_first: int | None
    ended: date | None
    disputed_since: date | None
    term_end: date | None
    notice_by: date | None
    zones: tuple[str, ...]
    sources: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The row as plain JSON values."""
        return as_json(self)


def statuses(record: Record, on: date, known: date | None = None) -> list[Status]:
    """Status of all fifteen obligations.

    Parameters
    ----------
    on
        The day asked about.
    known
        What had been announced by this day is used, nothing later; default: the same day.

    Returns
    -------
    list of Status
        Fifteen, in the order of the record.
    """
    return [status_of(record, obligation, on, known or on) for obligation in record.obligations]


def status_of(record: Record, obligation: Obligation, on: date, known: date) -> Status:
    """Status of one obligation; see :func:`statuses`."""
    day = min(on, known)
    effect = record.effect_day
    in_force = day >= effect
    deadlines = deadlines_known(obligation, known) if in_force else []
    due = deadlines[-1].due if deadlines else None
    first_due = deadlines[0].due if deadlines else None
    done = _event_day(record, obligation.done, day)
    ended = _event_day(record, obligation.ended, day)
    disputed = next((dispute.since for dispute in obligation.disputes if dispute.since <= day), None)
    term_end, notice_by = term_days(obligation) if in_force else (None, None)
    return Status(
        id=obligation.id,
        clause=obligation.clause,
        title=obligation.title,
        status=_word(obligation, day, due, done, ended, disputed, in_force=in_force),
        due=due,
        first_due=first_due,
        done=done,
        days_late=days_between(due, done),
        days_late_first=days_between(first_due, done),
        ended=ended,
        disputed_since=disputed,
        term_end=term_end,
        notice_by=notice_by,
        zones=tuple(obligation.zones),
        sources=tuple(dict.fromkeys([*obligation.sources, *(s for d in deadlines for s in d.sources)])),
    )


def _word(
    obligation: Obligation,
    day: date,
    due: date | None,
    done: date | None,
    ended: date | None,
    disputed: date | None,
    *,
    in_force: bool,
) -> Word:
    if not in_force:
        return "not-in-force"
    if done:
        return "met-late" if due and done > due else "met"
    if ended:
        return "lapsed"
    if disputed:
        return "disputed"
    if obligation.standing:
        return "continuing"
    if due is None:
        return "open"
    return "pending" if day <= due else "overdue"


def deadlines_known(obligation: Obligation, known: date) -> list[Deadline]:
    """The deadlines announced by a day, first to last."""
    return [deadline for deadline in obligation.deadlines if deadline.announced <= known]


def days_between(due: date | None, done: date | None) -> int | None:
    """Days from ``due`` to ``done``: positive when late, negative when early."""
    if due is None or done is None:
        return None
    return (done - due).days


def term_days(obligation: Obligation) -> tuple[date | None, date | None]:
    """End of the term and last day for notice, computed from the day of effect (clause 4: five years, six months)."""
    if obligation.term is None:
        return None, None
    end = add_months(obligation.term.starts, 12 * obligation.term.years)
    return end, add_months(end, -obligation.term.notice_months)


def add_months(day: date, months: int) -> date:
    """Shift a day by calendar months; the last of a month stays within the month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _event_day(record: Record, fulfilment: Fulfilment | None, day: date) -> date | None:
    """Day of the event that did or ended an obligation, if it had happened and was known by ``day``."""
    if fulfilment is None:
        return None
    event = event_by_id(record, fulfilment.event)
    return event.counts_from if max(event.counts_from, event.known_from) <= day else None

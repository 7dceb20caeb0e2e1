"""What changed hands between two days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from geodata.ground import Ground
from geodata.parts import Piece, Span, as_json, span_on


@dataclass(frozen=True, slots=True)
class Change:
    """Ground of one unit that passed from one controller to another.

    Attributes
    ----------
    zone
        The unit.
    from_, to
        Former and next controller.
    event, clause, cause
        The event of the hand-over, the clause that required it (or None), and clause, force or other.
    km2
        Geodesic area.
    disputed, certain
        Whether accounts of it differ; whether its day and extent are certain.
    published_km2, published_note
        What was printed for that ground (empty: nothing is set beside it), and why the map's area differs.
    """

    zone: str
    from_: str
    to: str
    event: str
    clause: int | None
    cause: str
    date: date
    km2: float
    disputed: bool
    certain: bool
    published_km2: tuple[float, ...] = ()
    published_note: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The row as ``geodata changes --json`` prints it."""
        return as_json(self)


def changes(ground: Ground, start: date, end: date, *, net: bool = False) -> list[Change]:
    """Every hand-over dated after ``start`` and up to ``end``, in order.

    Parameters
    ----------
    net
        Compare the two days only: ground that went and came back is left out, and each row names the last hand-over.

    Raises
    ------
    ValueError
        When ``end`` lies before ``start``, or ``start`` before the record.
    """
    if end < start:
        raise ValueError(f"{end} lies before {start}: give the earlier day first.")
    ground.day_covered(start)
    steps = sorted((_net_steps if net else _all_steps)(ground, start, end), key=_order)
    rows = [_together(list(group)) for _, group in groupby(steps, key=_order)]
    return [_beside(row, ground) for row in rows]


def forced_until(ground: Ground, day: date) -> tuple[float, float]:
    """Area, in km2, that changed hands by force up to a day, and that whose holder on it came so and is not certain."""
    forced = sum(row.km2 for row in changes(ground, ground.coverage_start, day) if row.cause == "force")
    spans = [(piece.km2, span_on(piece, day)) for piece in ground.pieces]
    return forced, sum(km2 for km2, span in spans if not span.certain and span.cause == "force")


def _beside(row: Change, ground: Ground) -> Change:
    """The row with the areas that were printed for its ground."""
    printed = ground.published.get(row.zone)
    return replace(row, published_km2=printed.km2, published_note=printed.note) if printed else row


def _order(step: Change) -> tuple[date, str, str, str]:
    return step.date, step.zone, step.from_, step.event


def _together(steps: list[Change]) -> Change:
    """Hand-overs of several pieces of a unit, on one day by one event, as one row."""
    return replace(steps[0], km2=round(sum(step.km2 for step in steps), 3), certain=all(step.certain for step in steps))


def _all_steps(ground: Ground, start: date, end: date) -> Iterator[Change]:
    for piece in ground.pieces:
        for before, after in handovers(piece):
            if after.since and start < after.since <= end:
                yield _step(piece, before.controller, after, certain=before.certain and after.certain)


def _net_steps(ground: Ground, start: date, end: date) -> Iterator[Change]:
    for piece in ground.pieces:
        before, after = span_on(piece, start), span_on(piece, end)
        if before.controller != after.controller:
            last = [span for _, span in handovers(piece) if span.since and span.since <= end][-1]
            yield _step(piece, before.controller, last, certain=before.certain and after.certain)


def handovers(piece: Piece) -> list[tuple[Span, Span]]:
    """The pairs of spans between which the controller of a piece changed."""
    return [(before, after) for before, after in pairwise(piece.spans) if before.controller != after.controller]


def _step(piece: Piece, former: str, span: Span, *, certain: bool) -> Change:
    if span.since is None or span.event is None or span.cause is None:
        raise ValueError(f"{piece.id}: a span after the first has no day, event or cause; rebuild it with `make data`.")
    return Change(
        zone=piece.unit,
        from_=former,
        to=span.controller,
        event=span.event,
        clause=span.clause,
        cause=span.cause,
        date=span.since,
        km2=piece.km2,
        disputed=span.disputed,
        certain=certain,
    )

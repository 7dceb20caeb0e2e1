"""Every state that the ground passes through, as tables: piece by piece, state by state.

Between two days on which a span, a zone or a point of doubt begins or ends, nothing changes.  There are a few dozen such
states; a row's day falls into one of them, and a look-up answers what :func:`geodata.control.control_at` looks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from geodata.attribution.written_day import EPOCH
from geodata.ground import Ground
from geodata.parts import Dated, span_on, zones_on

NONE = -1
"""Code of “nobody”, “none” in all tables; the last row of each table, so that outside pieces need no special case."""


def day_number(day: date) -> int:
    """Days since 1970-01-01, as Arrow and NumPy count them."""
    return (day - EPOCH).days


@dataclass(frozen=True, eq=False)
class TimeSlices:
    """Tables indexed ``[piece, state]``; the last row stands for “outside” and is what index -1 finds.

    Attributes
    ----------
    days
        First day of each state, oldest first; the first is the beginning of the record.
    of_day
        State of each day from the beginning of the record to the end of coverage.
    controller, other, sovereign, unit, zones, clauses
        Codes into ``names`` of the same name; -1 for none.
    certain
        Whether the span itself is certain.
    accuracy_m
        Accuracy of each piece, metres.
    """

    days: tuple[date, ...]
    start: int
    of_day: NDArray[np.int16]
    controller: NDArray[np.int8]
    other: NDArray[np.int8]
    certain: NDArray[np.bool_]
    zones: NDArray[np.int16]
    clauses: NDArray[np.int16]
    sovereign: NDArray[np.int8]
    unit: NDArray[np.int16]
    accuracy_m: NDArray[np.int32]
    names: dict[str, list[str]]

    @cached_property
    def possible(self) -> NDArray[np.int32]:
        """Who may hold each piece in each state by the record, a bit for each controller."""
        bits = [np.where(codes == NONE, 0, 1 << np.maximum(codes, 0)) for codes in (self.controller, self.other)]
        return np.asarray(bits[0] | bits[1], np.int32)

    def at(self, days: NDArray[np.int32]) -> NDArray[np.int16]:
        """State of each day number; days beyond the coverage get the nearest state covered."""
        return self.of_day[np.clip(days - self.start, 0, len(self.of_day) - 1)]

    @property
    def end(self) -> int:
        """Day number of the end of coverage."""
        return self.start + len(self.of_day) - 1


@lru_cache(maxsize=2)
def time_slices(ground: Ground) -> TimeSlices:
    """The tables of a ground."""
    start, end = day_number(ground.coverage_start), day_number(ground.coverage_end)
    first = sorted({start, *(day for day in _changes(ground) if start < day <= end)})
    days = tuple(EPOCH + timedelta(days=day) for day in first)
    names: dict[str, list[str]] = {
        "controller": sorted({span.controller for piece in ground.pieces for span in piece.spans}),
        "sovereign": sorted({piece.sovereign for piece in ground.pieces}),
        "unit": sorted({piece.unit for piece in ground.pieces}),
        "zones": [],
        "clauses": [],
    }
    shape = (len(ground.pieces) + 1, len(days))
    table = {name: np.full(shape, NONE, np.int16) for name in ("controller", "other", "zones", "clauses")}
    certain = np.ones(shape, bool)
    for row, piece in enumerate(ground.pieces):
        for column, day in enumerate(days):
            span, zones = span_on(piece, day), zones_on(piece, day)
            table["controller"][row, column] = names["controller"].index(span.controller)
            table["other"][row, column] = _code(names["controller"], span.other)
            table["zones"][row, column] = _code(names["zones"], "; ".join(zone.zone for zone in zones))
            table["clauses"][row, column] = _code(
                names["clauses"], "; ".join(map(str, sorted({number for zone in zones for number in zone.clauses})))
            )
            certain[row, column] = span.certain
    return TimeSlices(
        days=days,
        start=start,
        of_day=(np.searchsorted(first, np.arange(start, end + 1), side="right") - 1).astype(np.int16),
        controller=table["controller"].astype(np.int8),
        other=table["other"].astype(np.int8),
        certain=certain,
        zones=table["zones"],
        clauses=table["clauses"],
        sovereign=np.array([*(names["sovereign"].index(piece.sovereign) for piece in ground.pieces), NONE], np.int8),
        unit=np.array([*(names["unit"].index(piece.unit) for piece in ground.pieces), NONE], np.int16),
        accuracy_m=np.array([*(piece.accuracy_m for piece in ground.pieces), 0], np.int32),
        names=names,
    )


def _changes(ground: Ground) -> set[int]:
    dated: list[Dated] = [*(symbol for symbol in ground.points if symbol.doubt), *ground.anchors]
    for piece in ground.pieces:
        dated += [*piece.spans, *piece.zones]
    return {day_number(day) for item in dated for day in (item.since, item.until) if day}


def _code(names: list[str], value: str | None) -> int:
    """Code of a value, which joins the names if it is new; none for an empty one."""
    if not value:
        return NONE
    if value not in names:
        names.append(value)
    return names.index(value)

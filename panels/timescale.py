"""Time as a chart shows it: days placed by rule on a line from 0 to 1, so that no time zone can move them.

Vega would read a day as midnight in the reader's zone; here it only ever sees positions and finished words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from layers.wording.dates import as_day


@dataclass(frozen=True)
class Timescale:
    """A line of known days at known positions; between two of them a day lies in proportion.

    ``days`` and ``places`` (0 to 1) have one length and rise.
    """

    days: tuple[date, ...]
    places: tuple[float, ...]

    def place(self, day: date | str) -> float:
        """Where a day lies; days before the first and after the last stay at the ends."""
        day = as_day(day)
        after = bisect_right(self.days, day)
        if after == 0 or after == len(self.days):
            return self.places[min(after, len(self.days) - 1)]
        first, last = self.days[after - 1], self.days[after]
        share = (day - first).days / (last - first).days
        return round(self.places[after - 1] + share * (self.places[after] - self.places[after - 1]), 5)

    def holds(self, day: date | str) -> bool:
        """Whether a day lies on the line."""
        return self.days[0] <= as_day(day) <= self.days[-1]

    def axis(self, ticks: Sequence[tuple[date, str]]) -> dict[str, Any]:
        """The x channel of a chart whose rows hold positions in ``x``, with words at some days."""
        places = [self.place(day) for day, _ in ticks]
        # Looked up by number, since a position is not a key.
        words = "indexof(places, datum.value) < 0 ? '' : ticks[indexof(places, datum.value)]"
        return {
            "field": "x",
            "type": "quantitative",
            "title": None,
            "scale": {"domain": [0, 1]},
            "axis": {"values": places, "labelExpr": words, "labelAngle": 0, "labelFlush": True, "labelOverlap": True},
        }

    def words(self, ticks: Sequence[tuple[date, str]]) -> dict[str, list[Any]]:
        """The lists that :meth:`axis` looks its words up in."""
        return {"places": [self.place(day) for day, _ in ticks], "ticks": [text for _, text in ticks]}


def broken(first: date, turn: date, last: date, share: float = 0.6, gap: float = 0.04) -> Timescale:
    """A line with much space from ``first`` to ``turn``, a break, and the rest to ``last``."""
    return Timescale((first, turn, turn.replace(day=turn.day + 1), last), (0.0, share, share + gap, 1.0))


def by_stops(days: Sequence[date]) -> Timescale:
    """A line on which each stop has the same space, as on the time bar."""
    return Timescale(tuple(days), tuple(number / max(1, len(days) - 1) for number in range(len(days))))

"""Who held each place, and how sure that is: a row for each change, as a table of place, day, holder and certainty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from geodata.attribution.attribute import attribute
from geodata.attribution.time_slices import day_number, time_slices
from geodata.ground import Ground
from geodata.model import Record
from geodata.parts import iso

HOLDERS = ("place", "name", "lat", "lon", "since", "holder", "certain", "or")
"""The columns: ``since`` is the first day of the row, which holds to the next row of its place."""
Known = tuple[str, str, str | None]


def holders(record: Record, ground: Ground) -> Iterator[tuple[object, ...]]:
    """The rows, place by place in the order of the record, each place's oldest first.

    ``certain`` is that of ``python -m geodata at``: the record is in no doubt, and the place is no nearer to a line between
    the sides than that line's error.
    """
    places = [place for place in record.places if place.lat is not None and place.lon is not None]
    days = time_slices(ground).days
    answers = [_on(ground, [(place.lat or 0.0, place.lon or 0.0) for place in places], day) for day in days]
    for number, place in enumerate(places):
        before: Known | None = None
        for day, found in zip(days, answers, strict=True):
            now = found[number]
            if now is not None and now != before:
                yield (place.id, place.names.neutral, place.lat, place.lon, iso(day), *now)
            before = now


def _on(ground: Ground, positions: list[tuple[float, float]], day: date) -> list[Known | None]:
    """Holder, certainty and who else of each position on a day; None outside the mapped area."""
    lat, lon = np.array(positions).T
    when = np.full(len(lat), day_number(day), np.int32)
    answer = attribute(ground, lat, lon, when, when)
    names = answer.names["controller"]

    def known(row: int) -> Known | None:
        if answer.piece[row] < 0:
            return None
        own = int(answer.controller[row])
        others = [name for code, name in enumerate(names) if code != own and int(answer.possible[row]) >> code & 1]
        return names[own], str(bool(answer.certain[row])).lower(), "; ".join(others) or None

    return [known(row) for row in range(len(positions))]

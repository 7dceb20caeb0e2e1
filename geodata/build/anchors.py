"""Anchors: settlements whose holder on one day is known, with the days for which that tells who holds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import shapely

from geodata.build.points import CC_BY
from geodata.parts import Span, iso, valid_on
from geodata.record_ground import Place

Row = tuple[dict[str, Any], Any]


def anchor_rows(
    places: Iterable[Place], pieces: list[Row], histories: Mapping[str, Sequence[Span]], day: date
) -> list[Row]:
    """Features of anchors.geojson, in the record's order of places.

    A settlement counts when its side on ``day`` is known, its lists do not disagree, and its piece had that holder then.
    It holds for as long as the piece kept that holder.
    """
    rows = []
    for place in places:
        side = place.known_side
        if side is None or side.disputed or place.lat is None or place.lon is None:
            continue
        point = shapely.Point(place.lon, place.lat)
        piece = next((properties["piece"] for properties, shape in pieces if shape.intersects(point)), None)
        spans = reign(histories[piece], day) if piece else []
        if spans and spans[0].controller == side.holder:
            properties = {
                "place": place.id,
                "holder": side.holder,
                "since": iso(spans[0].since),
                "until": iso(spans[-1].until),
                "accuracy_m": place.accuracy_m,
                "source": "; ".join(side.sources),
                "licence": CC_BY,
            }
            rows.append((properties, shapely.set_precision(point, 1e-5)))
    return rows


def reign(spans: Sequence[Span], day: date) -> list[Span]:
    """The spans around a day in which the holder stayed the same, oldest first."""
    middle = next(number for number, span in enumerate(spans) if valid_on(span, day))
    holder, first, last = spans[middle].controller, middle, middle
    while first > 0 and spans[first - 1].controller == holder:
        first -= 1
    while last + 1 < len(spans) and spans[last + 1].controller == holder:
        last += 1
    return list(spans[first : last + 1])

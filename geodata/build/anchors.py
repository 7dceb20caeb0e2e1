"""Anchors: settlements whose holder on one day is known, with the days for which that tells who holds them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import shapely

from geodata.build.points import CC_BY
from geodata.history import Span
from geodata.model import Place

Row = tuple[dict[str, Any], Any]


def anchor_rows(places: Iterable[Place], pieces: list[Row], day: str) -> list[Row]:
    """Features of anchors.geojson, in the record's order of places.

    A settlement counts when its side on ``day`` is known, its lists do not disagree, and its piece had that holder then.
    It holds for as long as the piece kept that holder.
    """
    rows = []
    for place in places:
        side = place.side_2020_11_10
        if side is None or side.disputed or place.lat is None or place.lon is None:
            continue
        point = shapely.Point(place.lon, place.lat)
        spans: list[Span] = next((properties["spans"] for properties, shape in pieces if shape.intersects(point)), [])
        since, until, holder = _reign(spans, day)
        if holder == side.holder:
            properties = {
                "place": place.id,
                "holder": holder,
                "since": since,
                "until": until,
                "accuracy_m": place.accuracy_m,
                "source": "; ".join(side.sources),
                "licence": CC_BY,
            }
            rows.append((properties, shapely.set_precision(point, 1e-5)))
    return rows


def _reign(spans: list[Span], day: str) -> tuple[str | None, str | None, str | None]:
    """First day and first day no more of the time around ``day`` in which the holder stayed the same, and the holder."""
    starts = [spans[0]["since"]] if spans else []
    starts += [after["since"] for before, after in pairwise(spans) if before["controller"] != after["controller"]]
    since = max((start for start in starts if (start or "") <= day), key=lambda start: start or "", default=None)
    until = min((start for start in starts if start and start > day), default=None)
    holder = next(
        (span["controller"] for span in spans if (span["since"] or "") <= day < (span["until"] or "9999")), None
    )
    return since, until, holder

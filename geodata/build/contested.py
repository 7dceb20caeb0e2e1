"""Settlements whose side the lists of the sides do not agree on: the ground around them is uncertain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import shapely

from geodata.build.anchors import Row, reign
from geodata.build.lines import names_of
from geodata.build.points import CC_BY
from geodata.parts import Span, iso
from geodata.record_ground import Place, Zone

ZONE = "line-2020-11-10"
"""The line that is laid between settlements with a known side; the contested ones are drawn with it."""


def contested_rows(
    places: Iterable[Place], zones: list[Zone], pieces: list[Row], histories: Mapping[str, Sequence[Span]], day: date
) -> list[Row]:
    """One point, named after it, for each settlement whose side on ``day`` the sides' lists do not agree on, in the record's order.

    Around it, as far as its own position is sure, the ground is uncertain from that day for as long as its holder stays.
    """
    line = next(zone for zone in zones if zone.id == ZONE)
    rows = []
    for place in places:
        side = place.known_side
        if side is None or side.other is None or place.lat is None or place.lon is None:
            continue
        point = shapely.Point(place.lon, place.lat)
        piece = next(properties for properties, shape in pieces if shape.intersects(point))
        properties = {
            "zone": line.id,
            "point": f"contested-{place.id}",
            "names": names_of(place),
            "since": day.isoformat(),
            "until": iso(reign(histories[piece["piece"]], day)[-1].until),
            "clauses": list(line.clauses),
            "accuracy_m": place.accuracy_m,
            "doubt_control": {"unit": piece["unit"], "or": side.other},
            "basis": "schematic",
            "text": f"{place.names.neutral}: {side.note or 'the lists of the sides do not agree on it.'}",
            "source": "; ".join(side.sources),
            "sources": list(side.sources),
            "licence": CC_BY,
        }
        rows.append((properties, shapely.set_precision(point, 1e-5)))
    return rows

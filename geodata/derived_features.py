"""Features that follow from the others: ground by holder, ground within a line's error, places with who held them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geodata.columns import KINDS
from geodata.control import METRES_PER_DEGREE, piece_at
from geodata.edges import edges_on
from geodata.features import (
    PUBLISHED,
    Row,
    begun,
    history_rows,
    licence_of,
    make_row,
    rows_on,
    silent_about,
    sources_of,
)
from geodata.ground import Ground
from geodata.lookup import Lookup
from geodata.model import Record
from geodata.parts import Edge, Piece, iso, span_on, zones_on
from geodata.record_ground import Place

GEOD = Geod(ellps="WGS84")
DECIMALS = 5
"""About one metre, as the shapes are rounded."""
QUARTER = 6
"""Segments of a quarter of a circle in the outline of an error."""
Period = tuple[date | None, date | None]


def state_rows(
    ground: Ground, record: Record, day: date, *, known: date | None = None, later: bool = False
) -> dict[str, list[Row]]:
    """All :data:`geodata.columns.KINDS` of features of a day; see :func:`geodata.features.rows_on`."""
    day = ground.day_covered(day)
    made = rows_on(ground, record, day, known=known, later=later)
    periods = [period for period in periods_of(ground) if later or period[0] is None or period[0] <= day]
    look = Lookup(record, day, known)
    made |= {
        "held": list(_held(ground, record, look, periods, day)),
        "edges": list(_edges(ground, look, periods, day)),
        "places": [row for place in _placed(record) if (row := _place_row(ground, place, look, day))],
    }
    made["doubt"] = [_error_row(row) for row in made["edges"]]
    rows = {kind: made[kind] for kind in KINDS}
    return rows if later else {kind: silent_about(group, day) for kind, group in rows.items()}


def whole_rows(ground: Ground, record: Record, end: date | None = None) -> dict[str, list[Row]]:
    """All kinds of features over time, up to a day; see :func:`geodata.features.history_rows`."""
    last = end or ground.coverage_end
    made = history_rows(ground, record, end)
    look = Lookup(record, last)
    periods = [period for period in periods_of(ground) if period[0] is None or period[0] <= last]
    made |= {
        "held": list(_held(ground, record, look, periods, None)),
        "edges": list(_edges(ground, look, periods, None)),
        "places": list(_place_history(ground, record, look)),
    }
    made["doubt"] = [_error_row(row) for row in made["edges"]]
    return {kind: silent_about(made[kind], last) for kind in KINDS}


def periods_of(ground: Ground) -> list[Period]:
    """The periods in which nothing changed hands: first day, first day no more."""
    start = ground.coverage_start
    days = sorted({span.since for piece in ground.pieces for span in piece.spans if span.since and span.since > start})
    return list(pairwise([None, *days, None]))


def _on(period: Period, day: date) -> bool:
    return (period[0] is None or period[0] <= day) and (period[1] is None or day < period[1])


def _held(ground: Ground, record: Record, look: Lookup, periods: list[Period], day: date | None) -> Iterator[Row]:
    """One polygon for each holder and each period in which it held the same pieces; of a day, if one is given."""
    for controller in record.statement.controllers:
        members = [tuple(p for p in ground.pieces if _holder(p, period) == controller.id) for period in periods]
        for since, until, pieces in _runs(periods, members):
            if pieces and (day is None or _on((since, until), day)):
                yield make_row(
                    feature_id=controller.id if day else f"{controller.id}.{since or look.start}",
                    layer="control",
                    names=None,
                    controller=controller.id,
                    record_certain=all(_certain(piece, (since, until)) for piece in pieces),
                    since=iso(since),
                    start=look.start,
                    until=iso(until),
                    obligations=[],
                    accuracy_m=max(piece.accuracy_m for piece in pieces),
                    basis="; ".join(sorted({piece.basis for piece in pieces})),
                    km2=round(sum(piece.km2 for piece in pieces), 3),
                    sources=[source for piece in pieces for source in sources_of(piece)],
                    licence="; ".join(sorted({piece.licence for piece in pieces})),
                    as_of=iso(_last(until, look.day)),
                    geometry=shapely.coverage_union_all([piece.geometry for piece in pieces]),
                )


def _holder(piece: Piece, period: Period) -> str:
    return span_on(piece, period[0] or date.min).controller


def _certain(piece: Piece, period: Period) -> bool:
    return span_on(piece, period[0] or date.min).certain


def _last(until: date | None, day: date) -> date:
    return day if until is None else min(day, date.fromordinal(until.toordinal() - 1))


def _runs(periods: list[Period], values: Iterable[Any]) -> Iterator[tuple[date | None, date | None, Any]]:
    """Neighbouring periods with the same value as one."""
    open_run: tuple[date | None, date | None, Any] | None = None
    for (since, until), value in zip(periods, values, strict=True):
        if open_run and open_run[2] == value:
            open_run = (open_run[0], until, value)
            continue
        if open_run:
            yield open_run
        open_run = (since, until, value)
    if open_run:
        yield open_run


def _edges(ground: Ground, look: Lookup, periods: list[Period], day: date | None) -> Iterator[Row]:
    """Each line between two sides, and around a third party's ground, while the holders beside it differ."""
    holders = {piece.id: [_holder(piece, period) for period in periods] for piece in ground.pieces}
    shown = [
        {edge: kind for edge, kind, changes in edges_on(ground, since or look.start) if changes} for since, _ in periods
    ]
    drawn = {"line-of-control", "third-party"}
    for number, edge in enumerate(ground.edges):
        if edge.left is None or edge.right is None:
            continue
        left, right = holders[edge.left], holders[edge.right]
        values = [(a, b) if on.get(edge) in drawn else None for on, a, b in zip(shown, left, right, strict=True)]
        for since, until, pair in _runs(periods, values):
            if pair and (day is None or _on((since, until), day)):
                name = f"{edge.left}_{edge.right}_{number}" + ("" if day else f".{since or look.start}")
                yield _edge_row(edge, name, pair, (since, until), look)


def _edge_row(edge: Edge, name: str, between: tuple[str, str], period: Period, look: Lookup) -> Row:
    return make_row(
        feature_id=name,
        layer="control",
        names=None,
        since=iso(period[0]),
        start=look.start,
        until=iso(period[1]),
        two_sides=list(between),
        obligations=[],
        accuracy_m=edge.accuracy_m,
        basis=edge.basis or "adjusted",
        km=round(GEOD.geometry_length(edge.geometry) / 1e3, 3),
        sources=[edge.source] if edge.source else [edge.follows or edge.basis],
        licence=edge.licence or "ODbL-1.0",
        as_of=iso(_last(period[1], look.day)),
        geometry=edge.geometry,
    )


def _error_row(edge: Row) -> Row:
    """The ground within the error of a line."""
    area = within(edge["geometry"], edge["accuracy_m"])
    km2 = round(abs(GEOD.geometry_area_perimeter(area)[0]) / 1e6, 3)
    return edge | {"km": None, "km2": km2, "geometry": area}


def within(line: BaseGeometry, metres: float) -> BaseGeometry:
    """The ground within a distance of a line: drawn in local metres around the line, good to one percent here."""
    _, south, _, north = line.bounds
    scale = np.array([METRES_PER_DEGREE * np.cos(np.radians((south + north) / 2)), METRES_PER_DEGREE])
    flat = shapely.transform(line, lambda xy: xy * scale).simplify(metres / 20)
    area = shapely.transform(flat.buffer(metres, quad_segs=QUARTER), lambda xy: xy / scale)
    return shapely.orient_polygons(shapely.make_valid(shapely.set_precision(area, 10**-DECIMALS)))


def _placed(record: Record) -> list[Place]:
    return [place for place in record.places if place.lat is not None and place.lon is not None]


def _place_row(ground: Ground, place: Place, look: Lookup, day: date, period: Period | None = None) -> Row | None:
    """A place with who held it on a day; None outside the mapped area."""
    assert place.lat is not None
    assert place.lon is not None
    piece = piece_at(ground, place.lat, place.lon)
    if piece is None:
        return None
    span = span_on(piece, day)
    since, until = period or (span.since, span.until)
    zones = zones_on(piece, day)
    return make_row(
        feature_id=f"{place.id}.{since or look.start}" if period else place.id,
        layer="control",
        names=place.names,
        geonames_id=look.identifiers.geonames(place.id),
        controller=span.controller,
        record_certain=span.certain,
        or_controller=span.other,
        sovereign=piece.sovereign,
        since=iso(since),
        start=look.start,
        until=iso(until),
        zones=[zone.zone for zone in zones],
        clauses=sorted({number for zone in zones for number in zone.clauses}),
        obligations=[],
        accuracy_m=place.accuracy_m,
        basis=PUBLISHED,
        note=place.note,
        sources=place.sources,
        licence=licence_of(place),
        as_of=iso(_last(until, look.day)),
        geometry=shapely.Point(place.lon, place.lat),
    )


def _place_history(ground: Ground, record: Record, look: Lookup) -> Iterator[Row]:
    for place in _placed(record):
        assert place.lat is not None
        assert place.lon is not None
        piece = piece_at(ground, place.lat, place.lon)
        for span in piece.spans if piece else ():
            if begun(span, look):
                row = _place_row(ground, place, look, span.since or look.start, (span.since, span.until))
                if row:
                    yield row

"""The state of a day, or the whole history, as flat rows: one row a feature, every row with its clause and deadline.

Rows are plain dictionaries with a shapely geometry (WGS84, longitude before latitude) under ``geometry``; they need
neither pandas nor GDAL.  :mod:`geodata.frames` makes GeoDataFrames of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import shapely

from geodata.columns import COLUMNS
from geodata.ground import Ground
from geodata.lookup import NO_DATE, Book, Lookup, deadline_words
from geodata.model import Record
from geodata.parts import (
    Dated,
    Line,
    Piece,
    Span,
    Symbol,
    ZoneMembership,
    iso,
    share_a_day,
    span_on,
    valid_on,
    zones_on,
)
from geodata.record_events import Event
from geodata.record_ground import Place
from geodata.record_types import Names
from geodata.status import Status

Row = dict[str, Any]
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PUBLISHED = "published coordinates"
"""Basis of a place."""
RECORD_LICENCE = "CC-BY-4.0"
"""Licence of the record's own texts and dates."""


def rows_on(
    ground: Ground, record: Record, day: date, *, known: date | None = None, later: bool = False
) -> dict[str, list[Row]]:
    """The state of a day.

    Parameters
    ----------
    day
        A day after the end of coverage gets the last state.
    known
        Deadlines and statuses as announced by this day; default: the same day.
    later
        Whether ``until`` may tell a day after ``day``; it is None else.

    Returns
    -------
    dict
        A list of rows for each kind, in drawing order; empty lists stay in.  :mod:`geodata.derived_features` has the other kinds.
    """
    day = ground.day_covered(day)
    look = Lookup(record, day, known)
    rows = {
        "control": [_piece_row(piece, span_on(piece, day), look) for piece in ground.pieces],
        "zones": _zones_on(ground, look, day),
        "lines": [_shape_row(line, look) for line in ground.lines if valid_on(line, day)],
        "points": [_shape_row(point, look) for point in ground.points if valid_on(point, day)],
        "events": [_event_row(*found, look) for found in _located(record, look, until=day)],
    }
    return rows if later else {kind: silent_about(group, day) for kind, group in rows.items()}


def history_rows(ground: Ground, record: Record, end: date | None = None) -> dict[str, list[Row]]:
    """The record up to a day (None: all of it): a row for each span of each piece and each period of the other features.

    ``since`` (first day) and ``until`` (first day no more) bound the row; ``until`` is None where it still holds at the
    end.  Statuses and deadlines are those of the row's last day, ``as_of``; those of a zone hold throughout its row.
    """
    last = end or ground.coverage_end
    book = Book(record, last)
    whole = book.of(None)
    spans = [(piece, span) for piece in ground.pieces for span in piece.spans if begun(span, whole)]
    rows = {
        "control": [_piece_row(*pair, book.of(pair[1].until), numbered=True) for pair in spans],
        "zones": _zone_periods(ground, book),
        "lines": [_shape_row(line, book.of(line.until)) for line in ground.lines if begun(line, whole)],
        "points": [_shape_row(point, book.of(point.until)) for point in ground.points if begun(point, whole)],
        "events": [
            _event_row(event, place, point, book.of(event.counts_from + timedelta(days=1)))
            for event, place, point in _located(record, whole, until=last)
        ],
    }
    return {kind: silent_about(group, last) for kind, group in rows.items()}


def begun(item: Dated, look: Lookup) -> bool:
    """Whether something dated held on a day of the record up to that of the look-up."""
    return (item.since is None or item.since <= look.day) and (item.until is None or item.until > look.start)


def silent_about(rows: list[Row], day: date) -> list[Row]:
    """The rows without an ``until`` later than the morrow of a day."""
    morrow = (day + timedelta(days=1)).isoformat()
    return [row | {"until": None} if row["until"] and row["until"] > morrow else row for row in rows]


def with_layers(rows: dict[str, list[Row]], layers: Iterable[str], record: Record) -> dict[str, list[Row]]:
    """Keep only what the given layers show; a group stands for the zones in it.

    Raises
    ------
    ValueError
        Naming the first layer that there is not.
    """
    wanted = set(expand(layers, record))
    return {
        kind: [row for row in group if ("control" if kind == "control" else row["layer"]) in wanted]
        for kind, group in rows.items()
    }


def expand(layers: Iterable[str], record: Record) -> list[str]:
    """Layer ids with groups replaced by their members; see :func:`with_layers`."""
    zones = {zone.id: zone for zone in record.zones}
    result: list[str] = []
    for layer in layers:
        if layer not in zones:
            known = ", ".join(sorted(zones))
            raise ValueError(f"There is no layer “{layer}”; the layers are {known}.")
        result += [layer, *zones[layer].group]
    return list(dict.fromkeys(result))


def _piece_row(piece: Piece, span: Span, look: Lookup, *, numbered: bool = False) -> Row:
    unit = look.units.get(piece.unit)
    held = [zone for zone in piece.zones if share_a_day(zone, span)] if numbered else zones_on(piece, look.day)
    zones = [zone.zone for zone in held]
    number = f".{piece.spans.index(span) + 1}" if numbered else ""
    sources = [*sources_of(piece), *(unit.sources if unit else [])]
    return make_row(
        feature_id=piece.id + number,
        layer="control",
        names=unit.names if unit else None,
        controller=span.controller,
        record_certain=span.certain,
        or_controller=span.other,
        sovereign=piece.sovereign,
        since=iso(span.since),
        start=look.start,
        until=iso(span.until),
        event=span.event,
        change_clause=span.clause,
        cause=span.cause,
        disputed=span.disputed,
        zones=zones,
        clauses=sorted({clause for zone in held for clause in zone.clauses}),
        obligations=look.obligations(zones),
        accuracy_m=piece.accuracy_m,
        basis=piece.basis,
        km2=piece.km2,
        sources=sources,
        evidence=look.evidence(span.event, piece.unit),
        licence=piece.licence,
        as_of=iso(look.day),
        geometry=piece.geometry,
    )


Members = list[tuple[Piece, ZoneMembership]]


def _zones_on(ground: Ground, look: Lookup, day: date) -> list[Row]:
    members: dict[str, Members] = {}
    for piece in ground.pieces:
        for zone in zones_on(piece, day):
            members.setdefault(zone.zone, []).append((piece, zone))
    return [_zone_row(zone_id, members[zone_id], look) for zone_id in sorted(members)]


def _zone_periods(ground: Ground, book: Book) -> list[Row]:
    """A row for each period in which a zone keeps the same pieces, and its obligations their status and dates."""
    return [
        _zone_row(zone_id, members, book.of(until))
        | {"feature_id": f"{zone_id}.{since or ground.coverage_start}", "open_start": since is None}
        | {"since": iso(since or ground.coverage_start), "until": iso(until)}
        for zone_id in sorted({zone.zone for piece in ground.pieces for zone in piece.zones})
        for first, end, members in zone_periods(ground, zone_id)
        if first is None or first <= book.last
        for since, until in book.cut(zone_id, first, end)
    ]


def zone_periods(ground: Ground, zone_id: str) -> list[tuple[date | None, date | None, Members]]:
    """The periods, oldest first, in which a zone keeps the same pieces: first day, first day no more, its pieces."""
    every = [(piece, zone) for piece in ground.pieces for zone in piece.zones if zone.zone == zone_id]
    starts = {zone.since for _, zone in every}
    ends = {zone.until for _, zone in every}
    days = sorted(day for day in starts | ends if day)
    bounds = [*([None] if None in starts else []), *days, *([None] if None in ends else [])]
    periods = []
    for since, until in pairwise(bounds):
        members = [(piece, zone) for piece, zone in every if valid_on(zone, since or date.min)]
        if members:
            periods.append((since, until, members))
    return periods


def _zone_row(zone_id: str, members: Members, look: Lookup) -> Row:
    zone = look.zones.get(zone_id)
    pieces = [piece for piece, _ in members]
    since = [item.since for _, item in members]
    return make_row(
        feature_id=zone_id,
        layer=zone_id,
        names=zone.names if zone else None,
        since=None if None in since else iso(max(day for day in since if day)),
        start=look.start,
        until=iso(min((item.until for _, item in members if item.until), default=None)),
        clauses=sorted({number for _, item in members for number in item.clauses}),
        obligations=look.obligations([zone_id]),
        accuracy_m=max(piece.accuracy_m for piece in pieces),
        basis="; ".join(sorted({piece.basis for piece in pieces})),
        km2=round(sum(piece.km2 for piece in pieces), 3),
        note=zone.text if zone else None,
        sources=[*(zone.sources if zone else []), *(source for piece in pieces for source in sources_of(piece))],
        licence="; ".join(sorted({piece.licence for piece in pieces})),
        as_of=iso(look.day),
        geometry=shapely.coverage_union_all([piece.geometry for piece in pieces]),
    )


def _shape_row(shape: Line | Symbol, look: Lookup) -> Row:
    zone = look.zones.get(shape.zone)
    texts = [shape.note, shape.guards] if isinstance(shape, Line) else [shape.text]
    return make_row(
        feature_id=shape.id,
        layer=shape.zone,
        names=shape.names or (zone.names.model_dump() if zone else {}),
        since=iso(shape.since),
        start=look.start,
        until=iso(shape.until),
        clauses=sorted(shape.clauses),
        obligations=look.obligations([shape.zone]),
        accuracy_m=shape.accuracy_m,
        basis=shape.basis,
        km=shape.km if isinstance(shape, Line) else None,
        note=" ".join(text for text in texts if text) or None,
        sources=[*sources_of(shape), *(zone.sources if zone else [])],
        licence=shape.licence,
        as_of=iso(look.day),
        geometry=shape.geometry,
    )


def _located(record: Record, look: Lookup, *, until: date) -> Iterator[tuple[Event, Place, shapely.Point]]:
    """Each event up to a day with each of its places that has coordinates, and these."""
    for event in record.events:
        if event.counts_from <= until:
            for place in (look.places[place_id] for place_id in event.places):
                if place.lat is not None and place.lon is not None:
                    yield event, place, shapely.Point(place.lon, place.lat)


def _event_row(event: Event, place: Place, point: shapely.Point, look: Lookup) -> Row:
    return make_row(
        feature_id=f"{event.id}.{place.id}",
        layer="events",
        names=place.names,
        geonames_id=look.identifiers.geonames(place.id),
        title=event.title,
        event_kind=event.kind,
        since=event.first_day.isoformat(),
        start=look.start,
        until=(event.counts_from + timedelta(days=1)).isoformat(),
        event=event.id,
        disputed=event.disputed,
        zones=list(event.zones),
        clauses=sorted(event.clauses),
        obligations=[look.statuses[item] for item in event.obligations],
        accuracy_m=place.accuracy_m,
        basis=PUBLISHED,
        confidence=event.confidence,
        views=[f"{view.side}: {view.text}" for view in event.views],
        note=event.text,
        sources=[*event.sources, *place.sources],
        evidence=look.evidence(event.id),
        licence=licence_of(place),
        as_of=iso(look.day),
        geometry=point,
    )


def licence_of(place: Place) -> str:
    """The licence of a place's coordinates."""
    return "ODbL-1.0" if "openstreetmap" in place.sources else RECORD_LICENCE


def make_row(
    *, names: Names | Mapping[str, str] | None, obligations: list[Status], geometry: Any, **values: Any
) -> Row:
    """A row with every column in order; the obligation with the next deadline speaks for the feature."""
    given = names.model_dump() if isinstance(names, Names) else (names or {})
    lead = next((item for item in obligations if item.due), obligations[0] if obligations else None)
    row: Row = dict.fromkeys(COLUMNS)
    row.update(values)
    row["open_start"] = values["since"] is None
    row["since"] = values["since"] or values["start"].isoformat()
    del row["start"]
    row["name"] = given.get("neutral") or given.get("en") or values["feature_id"]
    row |= {f"name_{language}": given.get(language) for language in ("az", "hy", "ru")}
    row["sources"] = list(dict.fromkeys(values["sources"]))
    row["evidence"] = list(values.get("evidence") or [])
    if lead:
        row["obligation"] = lead.id
        row["deadline_first"], row["deadline_current"] = iso(lead.first_due), iso(lead.due)
        row["deadline_met"] = iso(lead.done)
        row["status"] = lead.status
    row["deadlines"] = [deadline_words(item) for item in obligations]
    row["deadline_note"] = _note(row["clauses"], lead) if row["clauses"] is not None else None
    row["geometry"] = geometry
    return row


def _note(clauses: list[int] | None, lead: Status | None) -> str | None:
    if not clauses and lead is None:
        return "no clause governs it"
    if lead is None or lead.status == "not-in-force":
        return "the statement is not in force" if lead else NO_DATE
    return None if lead.due else NO_DATE


def sources_of(shape: Piece | Line | Symbol) -> list[str]:
    """The sources of a shape: a list of ids, ids divided by commas or semicolons, or a note in words."""
    if isinstance(shape, Symbol) and shape.sources:
        return list(shape.sources)
    parts = [part.strip() for part in shape.source.replace(";", ",").split(",") if part.strip()]
    return parts if all(_ID.fullmatch(part) for part in parts) else [shape.source]

"""The state of a day, or the whole history, as flat rows: one row a feature, every row with its clause and deadline.

Rows are plain dictionaries with a shapely geometry (WGS84, longitude before latitude) under ``geometry``; they need
neither pandas nor GDAL.  :mod:`geodata.frames` makes GeoDataFrames of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import shapely

from geodata.control import span_on, zones_on
from geodata.dates import parse_day
from geodata.ground import Ground
from geodata.model import Evidence, Names, Record, Zone
from geodata.parts import Line, Piece, Span, Symbol, ZoneMembership, holds, iso, share_a_day
from geodata.status import Status, statuses

Row = dict[str, Any]
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LAYERS = ("control", "zones", "lines", "points", "events")
"""The kinds of feature, in drawing order."""
COLUMNS = (
    "feature_id", "layer", "name", "name_az", "name_hy", "name_ru",
    "controller", "certain", "or_controller", "sovereign", "since", "until",
    "event", "change_clause", "cause", "disputed", "zones", "clauses",
    "obligation", "deadline_first", "deadline_current", "deadline_met", "status", "deadlines", "deadline_note",
    "accuracy_m", "basis", "km2", "km", "note", "sources", "evidence", "licence", "as_of",
)  # fmt: skip
"""Every column, in the order in which all formats write them; a layer uses those that make sense for it."""
NO_DATE = "no date in the text"
RECORD_LICENCE = "CC-BY-4.0"
"""Licence of the record's own texts and dates."""


class Lookup:
    """What the rows of one day need from the record: zones, places, events and the status of every obligation."""

    def __init__(self, record: Record, day: date, known: date | None = None) -> None:
        self.day = day
        self.zones: dict[str, Zone] = {zone.id: zone for zone in record.zones}
        self.units = {unit.id: unit for unit in record.units}
        self.places = {place.id: place for place in record.places}
        self.events = {event.id: event for event in record.events}
        rows = statuses(record, day, known)
        self.statuses: dict[str, Status] = {row.id: row for row in rows}

    def evidence(self, event_id: str | None, unit: str | None = None) -> list[str]:
        """The words that carry an event; with a unit, those of its hand-over only."""
        event = self.events.get(event_id or "")
        if event is None:
            return []
        carried = [item for transfer in event.transfers if unit in (None, transfer.unit) for item in transfer.evidence]
        words = carried if unit else [*event.evidence, *carried]
        return list(dict.fromkeys(map(evidence_words, words)))

    def obligations(self, zones: Iterable[str]) -> list[Status]:
        """Status of the obligations of some zones, in the order of the zones, each once."""
        found: dict[str, Status] = {}
        for zone_id in zones:
            zone = self.zones.get(zone_id)
            if zone is None or not zone.clauses:
                continue
            listed = list(zone.obligations) or [row.id for row in self.statuses.values() if zone_id in row.zones]
            for obligation in listed:
                found.setdefault(obligation, self.statuses[obligation])
        return list(found.values())


def evidence_words(item: Evidence) -> str:
    """The words of a source in a phrase, such as ``“entered the district” (s25, en, azerbaijan)``."""
    return f"“{item.quote}” ({', '.join(filter(None, (item.source, item.language, item.side or item.witness)))})"


def rows_on(ground: Ground, record: Record, day: date, *, known: date | None = None) -> dict[str, list[Row]]:
    """The state of a day.

    Parameters
    ----------
    day
        A day after the end of coverage gets the last state.
    known
        Deadlines and statuses as announced by this day; default: the same day.

    Returns
    -------
    dict
        A list of rows for each of :data:`LAYERS`; empty lists stay in.
    """
    day = ground.day_covered(day)
    look = Lookup(record, day, known)
    return {
        "control": [_piece_row(piece, span_on(piece, day), look) for piece in ground.pieces],
        "zones": _zones_on(ground, look, day),
        "lines": [_shape_row(line, look) for line in ground.lines if holds(line, day)],
        "points": [_shape_row(point, look) for point in ground.points if holds(point, day)],
        "events": _event_rows(record, look, until=day),
    }


def history_rows(ground: Ground, record: Record) -> dict[str, list[Row]]:
    """The whole record: a row for each span of each piece and each period of each zone, line and point.

    ``since`` (first day) and ``until`` (first day no more) bound the row; null where it has no beginning or end.
    Statuses and deadlines are those of the end of coverage.
    """
    look = Lookup(record, ground.coverage_end)
    return {
        "control": [_piece_row(piece, span, look, numbered=True) for piece in ground.pieces for span in piece.spans],
        "zones": _zone_periods(ground, look),
        "lines": [_shape_row(line, look) for line in ground.lines],
        "points": [_shape_row(point, look) for point in ground.points],
        "events": _event_rows(record, look, until=ground.coverage_end),
    }


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
    sources = [*_sources(piece), *(unit.sources if unit else [])]
    return _row(
        feature_id=piece.id + number,
        layer="control",
        names=unit.names if unit else None,
        controller=span.controller,
        certain=span.certain,
        or_controller=span.other,
        sovereign=piece.sovereign,
        since=iso(span.since),
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


def _zone_periods(ground: Ground, look: Lookup) -> list[Row]:
    """A row for each period in which a zone keeps the same pieces."""
    return [
        _zone_row(zone_id, members, look)
        | {"feature_id": f"{zone_id}.{since or ground.coverage_start}", "since": iso(since), "until": iso(until)}
        for zone_id in sorted({zone.zone for piece in ground.pieces for zone in piece.zones})
        for since, until, members in zone_periods(ground, zone_id)
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
        members = [(piece, zone) for piece, zone in every if holds(zone, since or date.min)]
        if members:
            periods.append((since, until, members))
    return periods


def _zone_row(zone_id: str, members: Members, look: Lookup) -> Row:
    zone = look.zones.get(zone_id)
    pieces = [piece for piece, _ in members]
    since = [item.since for _, item in members]
    return _row(
        feature_id=zone_id,
        layer=zone_id,
        names=zone.names if zone else None,
        since=None if None in since else iso(max(day for day in since if day)),
        until=iso(min((item.until for _, item in members if item.until), default=None)),
        clauses=sorted({number for _, item in members for number in item.clauses}),
        obligations=look.obligations([zone_id]),
        accuracy_m=max(piece.accuracy_m for piece in pieces),
        basis="; ".join(sorted({piece.basis for piece in pieces})),
        km2=round(sum(piece.km2 for piece in pieces), 3),
        note=zone.text if zone else None,
        sources=[*(zone.sources if zone else []), *(source for piece in pieces for source in _sources(piece))],
        licence="; ".join(sorted({piece.licence for piece in pieces})),
        as_of=iso(look.day),
        geometry=shapely.coverage_union_all([piece.geometry for piece in pieces]),
    )


def _shape_row(shape: Line | Symbol, look: Lookup) -> Row:
    zone = look.zones.get(shape.zone)
    texts = [shape.note, shape.guards] if isinstance(shape, Line) else [shape.text]
    return _row(
        feature_id=shape.id,
        layer=shape.zone,
        names=shape.names or (zone.names.model_dump() if zone else {}),
        since=iso(shape.since),
        until=iso(shape.until),
        clauses=sorted(shape.clauses),
        obligations=look.obligations([shape.zone]),
        accuracy_m=shape.accuracy_m,
        basis=shape.basis,
        km=shape.km if isinstance(shape, Line) else None,
        note=" ".join(text for text in texts if text) or None,
        sources=[*_sources(shape), *(zone.sources if zone else [])],
        licence=shape.licence,
        as_of=iso(look.day),
        geometry=shape.geometry,
    )


def _event_rows(record: Record, look: Lookup, *, until: date) -> list[Row]:
    """A point for each place of each event up to a day, where the place has coordinates."""
    rows = []
    for event in record.events:
        if event.counts_from > until:
            continue
        for place_id in event.places:
            place = look.places[place_id]
            if place.lat is None or place.lon is None:
                continue
            rows.append(
                _row(
                    feature_id=f"{event.id}.{place_id}",
                    layer="events",
                    names=place.names,
                    since=event.first_day.isoformat(),
                    until=(event.counts_from + timedelta(days=1)).isoformat(),
                    event=event.id,
                    disputed=event.disputed,
                    zones=list(event.zones),
                    clauses=sorted(event.clauses),
                    obligations=[look.statuses[item] for item in event.obligations],
                    accuracy_m=place.accuracy_m,
                    basis="published coordinates",
                    note=f"{event.title}. {event.text}",
                    sources=[*event.sources, *place.sources],
                    evidence=look.evidence(event.id),
                    licence="ODbL-1.0" if "openstreetmap" in place.sources else RECORD_LICENCE,
                    as_of=iso(look.day),
                    geometry=shapely.Point(place.lon, place.lat),
                )
            )
    return rows


def _row(*, names: Names | Mapping[str, str] | None, obligations: list[Status], geometry: Any, **values: Any) -> Row:
    """A row with every column in order; the obligation with the next deadline speaks for the feature."""
    given = names.model_dump() if isinstance(names, Names) else (names or {})
    lead = next((item for item in obligations if item.due), obligations[0] if obligations else None)
    row: Row = dict.fromkeys(COLUMNS)
    row.update(values)
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
    row["deadline_note"] = _note(row["clauses"], lead)
    row["geometry"] = geometry
    return row


def deadline_words(item: Status) -> str:
    """One obligation's dates in a phrase, such as ``6-kalbajar: first due 2020-11-15, due 2020-11-25, met 2020-11-25``."""
    if item.status == "not-in-force":
        return f"{item.id}: not in force"
    parts = [f"due {item.due}"] if item.due else [NO_DATE]
    if item.first_due and item.first_due != item.due:
        parts.insert(0, f"first due {item.first_due}")
    if item.done:
        parts.append(f"met {item.done}")
    if item.ended:
        parts.append(f"ended {item.ended}")
    return f"{item.id}: {', '.join(parts)} ({item.status})"


def _note(clauses: list[int] | None, lead: Status | None) -> str:
    if not clauses and lead is None:
        return "no clause governs it"
    if lead is None or lead.status == "not-in-force":
        return "the statement is not in force" if lead else NO_DATE
    return "" if lead.due else NO_DATE


def _sources(shape: Piece | Line | Symbol) -> list[str]:
    """The sources of a shape: a list of ids, ids divided by commas or semicolons, or a note in words."""
    if isinstance(shape, Symbol) and shape.sources:
        return list(shape.sources)
    parts = [part.strip() for part in shape.source.replace(";", ",").split(",") if part.strip()]
    return parts if all(_ID.fullmatch(part) for part in parts) else [shape.source]


def day_of(text: str | None) -> date | None:
    """An ISO day as a date, or None."""
    return parse_day(text) if text else None

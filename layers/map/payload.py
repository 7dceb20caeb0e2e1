"""The texts that the map's script shows: the record in the reader's form, as one JSON value.

Every string here reaches the page as text, never as markup.  Statuses are not typed in: they come from
:mod:`geodata.status`, computed for every day on which they can change.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel

from geodata.breakpoints import breakpoints, status_days
from geodata.ground import Ground
from geodata.model import Event, Obligation, Record
from geodata.parts import Anchor
from geodata.status import status_of
from layers.catalogue import catalogue, styles
from layers.map.flat_arcs import pick
from layers.map.tiles import tiles
from layers.view_state import browser_schema, limits
from layers.wording.catalogues import map_vocabulary
from layers.wording.country_labels import labels

PRINTED = ("status", "due", "first_due", "done", "days_late", "days_late_first", "ended", "disputed_since")
"""Fields of a status row that the map shows and that change with the day."""


def texts(record: Record, ground: Ground) -> dict[str, Any]:
    """Everything that the map says, beside the interface words (:mod:`layers.wording.catalogues`) and the sources (:func:`register`)."""
    return {
        "schema": browser_schema(limits(record)),
        "catalogue": [{"id": layer.id, "draw": layer.draw, "under": layer.under} for layer in catalogue()],
        "styles": {name: styles()[name] for name in ("statuses", "clauses", "edges", "controllers")},
        "coverage": [record.coverage_start.isoformat(), record.coverage_end.isoformat()],
        "sides": ground.sides,
        "anchors": [anchor(found) for found in ground.anchors],
        "effect": record.effect_day.isoformat(),
        "title": record.statement.title,
        "date_label": record.statement.date_label,
        "credits": ground.credits,
        "stops": [day.isoformat() for day in breakpoints(record, ground)],
        "clauses": [plain(clause, "quantities") for clause in record.clauses],
        "witnesses": {witness.id: plain(witness, "checksums") for witness in record.statement.witnesses},
        "obligations": [obligation_text(record, obligation) for obligation in record.obligations],
        "readings": [plain(reading) for reading in record.readings],
        "events": [event_text(event) for event in sorted(record.events, key=lambda item: item.counts_from)],
        "zones": {zone.id: plain(zone, "id", "members", "edition") for zone in record.zones},
        "units": {unit.id: plain(unit, "id", "control", "outline", "town", "published_areas") for unit in record.units},
        "places": [
            plain(place, "country", "district", "side_2020_11_10", "note", "sources", "accuracy_m")
            for place in record.places
            if place.lat is not None
        ],
        "labels": labels(),
        "vocabulary": map_vocabulary(),
        "tiles": tiles(),
    }


def anchor(found: Anchor) -> dict[str, Any]:
    """A settlement whose holder is known, for the question how sure a position is."""
    return {
        **pick(found, "place", "holder", "since", "until", "accuracy_m"),
        "at": [found.geometry.y, found.geometry.x],
    }


def plain(model: BaseModel, *without: str) -> dict[str, Any]:
    """A model as JSON values, without empty fields and without those named."""
    values = model.model_dump(mode="json", by_alias=True, exclude=set(without))
    found: dict[str, Any] = _compact(values)
    return found


def _compact(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _compact(item) for key, item in value.items() if not _empty(item)}
    if isinstance(value, list):
        return [_compact(item) for item in value]
    return value


def _empty(value: Any) -> bool:
    return value is None or value is False or value in ([], {})


def event_text(event: Event) -> dict[str, Any]:
    """An event with the first and last day that its date allows."""
    values = plain(event, "instant", "confidence")
    if "transfers" in values:
        values["transfers"] = [transfer["unit"] for transfer in values["transfers"]]
    return {**values, "first": event.first_day.isoformat(), "day": event.counts_from.isoformat()}


def obligation_text(record: Record, obligation: Obligation) -> dict[str, Any]:
    """An obligation with its texts and the timeline of its status."""
    return {**plain(obligation), "timelines": timelines(record, obligation)}


def timelines(record: Record, obligation: Obligation) -> list[dict[str, Any]]:
    """The status of one obligation on every day, for every state of knowledge.

    A status depends on the day, on which deadlines had been announced, and on nothing else that was known later than
    the day.  So there is one timeline for each stage of the deadline's history.

    Returns
    -------
    list of dict
        ``known`` (the first day of that stage of knowledge) and ``rows`` (``[first day, row]``, oldest first; a row
        holds until the next).  To read it: day = the earlier of ``on`` and ``known``; take the last timeline whose
        ``known`` is not after the day of knowledge, in it the last row whose first day is not after the day.
    """
    start, end = record.coverage_start, record.coverage_end
    stages = [start, *(deadline.announced for deadline in obligation.deadlines)]
    days = [start, *(day for day in sorted(status_days(record)) if start < day <= end)]
    found: list[dict[str, Any]] = []
    for number, known in enumerate(stages):
        following = stages[number + 1] - timedelta(days=1) if number + 1 < len(stages) else date.max
        if following < known:
            continue
        rows: list[list[Any]] = []
        for day in days:
            if day <= following or not rows:
                row = _row(record, obligation, day, max(known, min(day, following)))
                if not rows or rows[-1][1] != row:
                    rows.append([day.isoformat(), row])
        found.append({"known": known.isoformat(), "rows": rows})
    return found


def _row(record: Record, obligation: Obligation, day: date, known: date) -> dict[str, Any]:
    status = status_of(record, obligation, day, known).as_dict()
    return {field: status[field] for field in PRINTED if status[field] is not None}


def register(record: Record, content: dict[str, Any]) -> dict[str, Any]:
    """The sources that the content refers to, by id."""
    used = set(_source_ids(content))
    return {source.id: plain(source, "id", "note") for source in record.sources if source.id in used}


def _source_ids(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [item for item in value.get("sources", []) if isinstance(item, str)] if "sources" in value else []
        return own + [found for item in value.values() for found in _source_ids(item)]
    if isinstance(value, list):
        return [found for item in value for found in _source_ids(item)]
    return []

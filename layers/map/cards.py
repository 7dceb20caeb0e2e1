"""What an opened card tells beside the texts: the fields of the record that cards show, and no others."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from geodata.model import Record
from geodata.record_events import Event
from layers.map.compact import compact

CLAUSE = (
    "paraphrase",
    "who",
    "where",
    "deadline_note",
    "map_note",
    "what_happened",
    "ambiguity",
    "phrases",
    "variants",
    "sources",
)
OBLIGATION = ("duty", "owed_by", "owed_to", "deadlines", "disputes", "done", "ended", "term", "sources")
EVENT = ("text", "views", "court", "agreed", "absent", "evidence", "sources")
ZONE = ("text", "edition", "published_areas", "sources")
READING = (
    "clause",
    "side",
    "date",
    "title",
    "text",
    "speaker",
    "office",
    "speaker_gap",
    "organ",
    "evidence",
    "sources",
)


def cards(record: Record) -> dict[str, Any]:
    """What cards tell, by kind and id."""
    return {
        "clauses": {clause.number: only(clause, *CLAUSE) for clause in record.clauses},
        "obligations": {item.id: only(item, *OBLIGATION) for item in record.obligations},
        "events": {event.id: _event(event) for event in record.events},
        "zones": {zone.id: only(zone, *ZONE) for zone in record.zones},
        "units": {unit.id: only(unit, "note", "sources") for unit in record.units},
        "places": {place.id: only(place, "note", "sources") for place in record.places if place.lat is not None},
        "readings": [only(reading, *READING) for reading in record.readings],
        "witnesses": {item.id: only(item, "title", "language") for item in record.statement.witnesses},
    }


def only(model: BaseModel, *fields: str) -> dict[str, Any]:
    """Some fields of a model as JSON values, without those that are empty."""
    return {key: value for key, value in compact(model).items() if key in fields}


def _event(event: Event) -> dict[str, Any]:
    """An event with the words that its hand-overs rest on."""
    values = only(event, *EVENT)
    words = [word for transfer in event.transfers for word in compact(transfer).get("evidence", [])]
    return {**values, "evidence": [*words, *values.get("evidence", [])]} if words else values

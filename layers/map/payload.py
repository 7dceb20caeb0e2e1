"""The texts that the map's script shows: the record in the reader's form, as two JSON values.

:func:`texts` is what the first paint needs; :func:`details` is what an opened card tells beside it, and comes after.

Every string here reaches the page as text, never as markup.  Statuses are not typed in: they come from
:mod:`geodata.status`, computed for every day on which they can change.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import shapely
from pydantic import BaseModel

from geodata.breakpoints import breakpoints, status_days
from geodata.comparison.form import FORM
from geodata.ground import Ground
from geodata.integrity import data_version
from geodata.model import Obligation, Record
from geodata.parts import Anchor
from geodata.record_events import Event
from geodata.status import Status, status_of
from layers.catalogue import catalogue, styles
from layers.country_labels import labels
from layers.map import document
from layers.map.cards import cards
from layers.map.compact import compact
from layers.map.flat_arcs import pick
from layers.map.language import map_vocabulary
from layers.map.tiles import tiles
from layers.view_state import browser_schema, limits
from layers.wording import LANGUAGES, wording

PRINTED = ("status", "due", "first_due", "done", "days_late", "days_late_first", "ended", "disputed_since")
"""Fields of a status row that the map shows and that change with the day."""


DIPLOMACY = {"agreement", "statement", "court", "law", "border", "diplomacy"}
"""Kinds of event that are words between states, whichever clause they touch."""


def texts(record: Record, ground: Ground) -> dict[str, Any]:
    """Everything that the map says, beside the interface words (:mod:`layers.map.language`) and the details (:func:`details`)."""
    lines = timelines(record)
    told, said = _told(lines), titles(record)
    drawn = {layer.id for layer in catalogue() if layer.draw == "point"}
    return {
        "schema": browser_schema(limits(record)),
        "catalogue": [{"id": layer.id, "draw": layer.draw, "under": layer.under} for layer in catalogue()],
        "styles": {
            **{name: styles()[name] for name in ("statuses", "clauses", "edges", "controllers", "doubt")},
            "base": {name: str(look) for name, look in (styles()["base"] | styles()["band"]).items()},
        },
        "coverage": [record.coverage_start.isoformat(), record.coverage_end.isoformat()],
        "sides": ground.sides,
        "anchors": [anchor(found) for found in ground.anchors],
        "doubts": [document.symbol(point) for point in ground.points if point.doubt and point.zone not in drawn],
        "effect": record.effect_day.isoformat(),
        "credits": ground.credits,
        "stops": [day.isoformat() for day in breakpoints(record, ground)],
        **said,
        "obligations": [{**item, "timelines": _printed(lines[item["id"]], told)} for item in said["obligations"]],
        "late": None,
        "readings": [],
        "witnesses": {},
        "contest": "",
        "zones": {
            zone.id: {**first(zone, "names", "kind", "clauses", "obligations", "frames_view"), **_pole(zone.id, ground)}
            for zone in record.zones
        },
        "units": {unit.id: first(unit, "names") for unit in record.units},
        "places": [
            compact(place, "country", "district", "known_side", "note", "sources", "accuracy_m")
            for place in record.places
            if place.lat is not None
        ],
        "labels": labels(),
        "vocabulary": map_vocabulary(),
        "tiles": tiles(),
    }


def titles(record: Record) -> dict[str, Any]:
    """What the first picture needs of clauses, obligations and events: the parts of it that have a language."""
    return {
        "title": record.statement.title,
        "clauses": [first(clause, "number") for clause in record.clauses],
        "obligations": [first(item, "id", "clause", "zones") for item in record.obligations],
        "events": [event_text(event) for event in sorted(record.events, key=lambda item: item.counts_from)],
    }


def _pole(zone: str, ground: Ground) -> dict[str, Any]:
    """Where the badge of a zone stands: the middle of the largest circle inside its area, or half-way along its line."""
    area = [piece.geometry for piece in ground.pieces if any(item.zone == zone for item in piece.zones)]
    lines = [line.geometry for line in ground.lines if line.zone == zone]
    if area:
        parts = shapely.get_parts(shapely.coverage_union_all(area))
        largest = max(parts, key=shapely.area)
        point = shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=0.005), 0)
    elif lines:
        longest = max(shapely.get_parts(shapely.line_merge(shapely.union_all(lines))), key=shapely.length)
        point = shapely.line_interpolate_point(longest, 0.5, normalized=True)
    else:
        return {}
    return {"pole": [round(point.y, 4), round(point.x, 4)]}


def anchor(found: Anchor) -> dict[str, Any]:
    """A settlement whose holder is known, for the question how sure a position is."""
    return {
        **pick(found, "place", "holder", "since", "until", "accuracy_m"),
        "at": [found.geometry.y, found.geometry.x],
    }


def first(model: BaseModel, *fields: str) -> dict[str, Any]:
    """What the first paint needs of a model: its title, and the fields named."""
    return {key: value for key, value in compact(model).items() if key in {"title", *fields}}


def event_text(event: Event) -> dict[str, Any]:
    """What the first paint needs of an event, with the first and last day that its date allows."""
    values = first(event, "id", "date", "clauses", "zones", "places", "disputed")
    if event.transfers:
        values["transfers"] = [transfer.unit for transfer in event.transfers]
    return {**values, "lane": _lane(event), "first": event.first_day.isoformat(), "day": event.counts_from.isoformat()}


def _lane(event: Event) -> str:
    """The lane of the time bar that an event is told in."""
    if event.kind in {"fighting", "incident"}:
        return "force"
    return "clause" if event.clauses and event.kind not in DIPLOMACY else "diplomacy"


def details(record: Record, ground: Ground) -> dict[str, Any]:
    """What cards tell (:func:`layers.map.cards.cards`), the register of the sources named there, and the rest of the answers."""
    told = cards(record)
    return {
        **told,
        "shapes": {},
        "contest": FORM.format(entry="{entry}", version=data_version()),
        "sources": register(record, told),
        "answers": {
            "statuses": [
                {field: row.as_dict()[field] for field in ("sources", "term_end", "notice_by")}
                for row in _told(timelines(record))
            ],
            "published": {
                unit: {"published_km2": printed.km2, "published_note": printed.note}
                for unit, printed in ground.published.items()
            },
        },
    }


def register(record: Record, told: dict[str, Any]) -> dict[str, Any]:
    """The register of the sources that cards name, by their ids."""
    used = {source for group in told.values() for source in _source_ids(group)}
    return {
        item.id: compact(item, "id", "note", "repost") | ({"copied_by": item.copied_by} if item.copied_by else {})
        for item in record.sources
        if item.id in used
    }


Timeline = tuple[date, list[tuple[date, Status]]]
"""A stage of knowledge by its first day, and the rows that it sees, each from its first day, oldest first."""


def timelines(record: Record) -> dict[str, list[Timeline]]:
    """The status of each obligation on every day, for every state of knowledge.

    A status depends on the day, on which deadlines had been announced, and on nothing else that was known later than
    the day.  So there is one timeline for each stage of the deadline's history.  To read it: day = the earlier of ``on``
    and ``known``; take the last timeline whose first day is not after the day of knowledge, in it the last row whose
    first day is not after the day.
    """
    changing = sorted(status_days(record))
    return {item.id: _timelines(record, item, changing) for item in record.obligations}


def _timelines(record: Record, obligation: Obligation, changing: list[date]) -> list[Timeline]:
    start, end = record.coverage_start, record.coverage_end
    stages = [start, *(deadline.announced for deadline in obligation.deadlines)]
    days = [start, *(day for day in changing if start < day <= end)]
    found: list[Timeline] = []
    for number, known in enumerate(stages):
        following = stages[number + 1] - timedelta(days=1) if number + 1 < len(stages) else date.max
        if following < known:
            continue
        rows: list[tuple[date, Status]] = []
        for day in days:
            if day <= following or not rows:
                row = status_of(record, obligation, day, max(known, min(day, following)))
                if not rows or rows[-1][1] != row:
                    rows.append((day, row))
        found.append((known, rows))
    return found


def _told(lines: dict[str, list[Timeline]]) -> dict[Status, int]:
    """Each different row of the timelines, with its number."""
    rows = (row for stages in lines.values() for _, found in stages for _, row in found)
    return {row: number for number, row in enumerate(dict.fromkeys(rows))}


def _printed(stages: list[Timeline], told: dict[Status, int]) -> list[dict[str, Any]]:
    """Timelines as JSON values: ``known``, and ``rows`` of ``[first day, row]``; ``words`` is the number of its sentences."""

    def row(status: Status) -> dict[str, Any]:
        values = status.as_dict()
        return {"words": told[status], **{field: values[field] for field in PRINTED if values[field] is not None}}

    return [
        {"known": known.isoformat(), "rows": [[day.isoformat(), row(status)] for day, status in rows]}
        for known, rows in stages
    ]


def sentences(record: Record) -> dict[str, list[list[str]]]:
    """What each row of the timelines says, by language and number: the deadline with what came of it, and how late."""
    rows = _told(timelines(record))
    return {lang: [[(w := wording(lang)).deadline(row), w.lateness(row)] for row in rows] for lang in LANGUAGES}


def _source_ids(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [item for item in value.get("sources", []) if isinstance(item, str)]
        own += [value["source"]] if isinstance(value.get("source"), str) else []
        return own + [found for item in value.values() for found in _source_ids(item)]
    if isinstance(value, list):
        return [found for item in value for found in _source_ids(item)]
    return []

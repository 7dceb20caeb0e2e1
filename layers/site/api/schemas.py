"""The JSON Schemas of the interface's files, and its OpenAPI document: from the declared columns and the types of the answers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_type_hints

import yaml
from pydantic import TypeAdapter

from geodata.changes import Change
from geodata.columns import Column, columns_of
from geodata.model import Record
from geodata.parts import KEYS
from geodata.status import Status
from layers.export.table_columns import EVENTS
from layers.export.value_lists import value_lists
from layers.site.api.states import KINDS, fields_of

OPENAPI = "openapi.yaml"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
DAY = {"type": "string", "format": "date"}
TEXT = {"type": "string"}
TYPES: dict[str, dict[str, Any]] = {
    "text": TEXT,
    "day": DAY,
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "flag": {"type": "boolean"},
    "list": {"type": "array"},
}
"""What the kinds of column are in JSON."""
HEAD = {
    **dict.fromkeys(("title", "version", "licence", "citation", "note", "credits"), TEXT),
    "coverage_start": DAY,
    "coverage_end": DAY,
}
"""What every file begins with."""
PERIOD = {"from": DAY, "to": DAY}


def schemas(record: Record) -> dict[str, dict[str, Any]]:
    """The schemas by name."""
    listed = {"type": "array", "minItems": 1, "items": _object(PERIOD | {"file": TEXT})}
    files = {"states": listed, "obligations": listed, "schemas": {"type": "object", "additionalProperties": TEXT}}
    files |= dict.fromkeys(("changes", "events", "places", "openapi"), TEXT)
    return {
        "index": _file("Which day has which state", files),
        "state": _file("Who held what, and which zones there were", {"type": {"const": "FeatureCollection"}, "on": DAY, "features": _many(_feature(record))}),
        "obligations": _file("Every obligation, from a day on", PERIOD | {"obligations": _many(_answer(Status))}),
        "changes": _file("Every change of control", {"changes": _many(_answer(Change))}),
        "events": _file("Every event", {"events": _many(_object(_columns(EVENTS, record)))}),
    }  # fmt: skip


def openapi(record: Record, head: dict[str, Any]) -> bytes:
    """The OpenAPI document."""
    document = yaml.safe_load(Path(__file__).with_name(OPENAPI).read_text(encoding="utf-8"))
    document["info"] |= {"title": head["title"], "version": head["version"]}
    named = document["paths"]["/schemas/{name}.schema.json"]["get"]["parameters"][0]
    named["schema"]["enum"] = list(schemas(record))
    text: str = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=110)
    return text.encode()


def _file(title: str, own: dict[str, Any]) -> dict[str, Any]:
    return {"$schema": DRAFT, "title": title, **_object(HEAD | own)}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _many(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


def _answer(answer: type) -> dict[str, Any]:
    """The schema of what a command prints as JSON, from the type of the answer."""
    hints = get_type_hints(answer)
    return _object({KEYS.get(name, name): _plain(TypeAdapter(kind).json_schema()) for name, kind in hints.items()})


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without the titles that pydantic gives to types."""
    return {key: value for key, value in schema.items() if key != "title"}


def _columns(columns: Iterable[Column], record: Record) -> dict[str, Any]:
    """The properties that declared columns are; a column that need not be filled may be null."""
    lists = value_lists(record)
    made = {}
    for column in columns:
        kind = dict(TYPES[column.kind])
        if column.vocabulary:
            kind["enum"] = list(lists[column.vocabulary])
        allowed: dict[str, Any] = kind if column.required else {"anyOf": [kind, {"type": "null"}]}
        made[column.name] = allowed | {"description": column.about}
    return made


def _feature(record: Record) -> dict[str, Any]:
    """A feature of a state: its geometry is an area, and its properties are those of its kind."""
    moment = {
        "type": "object",
        "properties": {"in": DAY, "latest": DAY},
        "minProperties": 1,
        "additionalProperties": False,
    }
    span = {
        "type": "object",
        "properties": {"start": moment, "end": moment},
        "required": ["start"],
        "additionalProperties": False,
    }
    whole = {
        "type": {"const": "Feature"},
        "id": TEXT,
        "when": _object({"timespans": _many(span)}),
        "properties": {"oneOf": [_properties(kind, record) for kind in KINDS]},
        "geometry": _object({"type": {"enum": ["Polygon", "MultiPolygon"]}, "coordinates": {"type": "array"}}),
    }
    return _object(whole)


def _properties(kind: str, record: Record) -> dict[str, Any]:
    wanted = set(fields_of(kind))
    columns = [column for column in columns_of(kind) if column.name in wanted]
    return _object({"kind": {"const": kind}} | _columns(columns, record))

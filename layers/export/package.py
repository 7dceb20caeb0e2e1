"""The data package: record, shapes and tables in one archive, described by a datapackage.json (Frictionless)."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from geodata.addresses import url_of
from geodata.columns import Column
from geodata.data_folder import tree
from geodata.ground import SHAPES, Ground
from geodata.integrity import data_version
from geodata.loading import RECORD
from geodata.model import Record
from geodata.record_types import Source
from geodata.translations import in_language
from layers.export import NOTE, title_of
from layers.export.archive import archive
from layers.export.columns_in_words import in_words
from layers.export.csvw import TYPES
from layers.export.table_columns import TABLES
from layers.export.tables import tables, write
from layers.export.value_lists import Lists, value_lists
from layers.wording import Wording, publisher, wording
from layers.wording.vocabulary import N

DOCUMENTS = ("CITATION.cff", "LICENSE-DATA", "CHANGELOG.md")
"""Documents of the repository that go with the data."""
CC_BY = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}
ODBL = {
    "name": "ODbL-1.0",
    "path": "https://opendatacommons.org/licenses/odbl/1-0/",
    "title": "Open Database License 1.0",
}
PUBLIC = {"name": "other-pd", "title": "Public domain"}
KEYWORDS = (N("Nagorno-Karabakh"), N("ceasefire"), N("territorial control"), "GIS")
KINDS = {
    ".yaml": ("yaml", "application/yaml"),
    ".geojson": ("geojson", "application/geo+json"),
    ".csv": ("csv", "text/csv"),
    ".webp": ("webp", "image/webp"),
    ".json": ("json", "application/json"),
}
"""Format and media type by ending."""


def package(record: Record, ground: Ground, lang: str = "en") -> bytes:
    """The archive, its tables and what describes them in a language; the same data give the same bytes."""
    found = tables(in_language(record, lang), ground, record.coverage_end.isoformat(), later=True, lang=lang)
    files = {f"tables/{name}.csv": write(table, "csv", name) for name, table in found.items()}
    for folder, name in ((RECORD, "record"), (SHAPES, "shapes")):
        files |= {f"{name}/{path.name}": path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in KINDS}
    lists = value_lists(record, lang)
    described = [_resource(name, content, lists, lang) for name, content in sorted(files.items())]
    documents = {name: tree(name).read_bytes() for name in DOCUMENTS if tree(name).exists()}
    head = json.dumps(_head(record, ground, described, lang), ensure_ascii=False, indent=1) + "\n"
    return archive({"datapackage.json": head.encode(), **files, **documents})


def _head(record: Record, ground: Ground, resources: list[dict[str, Any]], lang: str) -> dict[str, Any]:
    w, told = wording(lang), in_language(record, lang).statement
    return {
        "profile": "data-package",
        "name": "ceasefire-atlas",
        "title": title_of(record, lang),
        "version": data_version(),
        "description": w.sentences(
            [w.tr("Researched to {day}", day=w.day(record.coverage_end)), w.tr(NOTE), w.tr(ground.credits)]
        ),
        "licenses": [ODBL, CC_BY],
        "created": f"{record.coverage_end}T00:00:00Z",
        "keywords": [w.tr(word) for word in KEYWORDS],
        "temporal": {"start": record.coverage_start.isoformat(), "end": record.coverage_end.isoformat()},
        "sources": [_source(source, w) for source in record.sources if source.seen],
        "about": {
            "name": told.title,
            "identifier": [f"{item.name}: {item.id}" for item in record.identifiers.statement],
            "sameAs": record.identifiers.same_as,
        },
        "resources": resources,
    }


def _resource(path: str, content: bytes, lists: Lists, lang: str) -> dict[str, Any]:
    folder, _, name = path.partition("/")
    form, media = KINDS[Path(name).suffix]
    described: dict[str, Any] = {
        "name": f"{folder}-{Path(name).stem}-{form}".lower().replace("_", "-"),
        "path": path,
        "format": form,
        "mediatype": media,
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "licenses": [_licence(folder, name)],
    }
    if folder == "tables":
        described |= {"profile": "tabular-data-resource", "schema": _schema(Path(name).stem, lists, lang)}
    if form == "webp":
        del described["encoding"]
    return described


def _licence(folder: str, name: str) -> dict[str, str]:
    """As LICENSE-DATA says."""
    if name.startswith("relief"):
        return PUBLIC
    return ODBL if folder == "shapes" and name != "points.geojson" else CC_BY


def _source(source: Source, w: Wording) -> dict[str, str]:
    """A source as the standard has it: its title, and its address where there is one."""
    titled = {"title": f"{publisher(source, w.tr)}: {source.title}"}
    return titled | ({"path": url_of(source.address)} if source.address else {})


FOREIGN = {"changes": {"event": "events"}}
"""Columns that hold ids of another table."""


def _schema(name: str, lists: Lists, lang: str) -> dict[str, Any]:
    """The schema of a table, from the one declaration of its columns."""
    columns = in_words(TABLES[name], lang)
    schema: dict[str, Any] = {"fields": [_field(column, lists) for column in columns]}
    if columns[0].name == "id":
        schema["primaryKey"] = "id"
    if name in FOREIGN:
        schema["foreignKeys"] = [
            {"fields": field, "reference": {"resource": f"tables-{table}-csv", "fields": "id"}}
            for field, table in FOREIGN[name].items()
        ]
    return schema


def _field(column: Column, lists: Lists) -> dict[str, Any]:
    """A column; one of lists is text, divided by a semicolon and a space."""
    field: dict[str, Any] = {
        "name": column.name,
        "type": TYPES[column.kind],
        "title": column.title,
        "description": column.about,
    }
    rules: dict[str, Any] = {"required": True} if column.required else {}
    if column.vocabulary:
        rules["enum"] = list(lists[column.vocabulary])
    return field | ({"constraints": rules} if rules else {})

"""The data package: record, shapes and tables in one archive, described by a datapackage.json (Frictionless)."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from geodata.ground import SHAPES, Ground
from geodata.integrity import data_version
from geodata.loading import RECORD
from geodata.model import Record
from layers.export import TITLE
from layers.export.archive import archive
from layers.export.tables import Table, tables, write

ROOT = RECORD.parents[1]
PAPERS = ("CITATION.cff", "LICENSE-DATA", "CHANGELOG.md")
"""Papers of the repository that go with the data."""
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
KINDS = {
    ".yaml": ("yaml", "application/yaml"),
    ".geojson": ("geojson", "application/geo+json"),
    ".csv": ("csv", "text/csv"),
    ".webp": ("webp", "image/webp"),
    ".json": ("json", "application/json"),
}
"""Format and media type by ending."""


def package(record: Record, ground: Ground) -> bytes:
    """The archive; the same data give the same bytes."""
    found = tables(record, ground, record.coverage_end.isoformat())
    files = {f"tables/{name}.csv": write(table, "csv", name) for name, table in found.items()}
    for folder, name in ((RECORD, "record"), (SHAPES, "shapes")):
        files |= {f"{name}/{path.name}": path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in KINDS}
    described = [_resource(name, content, found) for name, content in sorted(files.items())]
    papers = {name: (ROOT / name).read_bytes() for name in PAPERS if (ROOT / name).exists()}
    head = json.dumps(_head(record, ground, described), ensure_ascii=False, indent=1) + "\n"
    return archive({"datapackage.json": head.encode(), **files, **papers})


def _head(record: Record, ground: Ground, resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "profile": "data-package",
        "name": "ceasefire-atlas",
        "title": TITLE,
        "version": data_version(),
        "description": f"Researched to {record.statement.coverage_end}. Control is not sovereignty. {ground.credits}",
        "licenses": [ODBL, CC_BY],
        "sources": [{"title": f"{source.publisher}: {source.title}"} for source in record.sources],
        "resources": resources,
    }


def _resource(path: str, content: bytes, found: dict[str, Table]) -> dict[str, Any]:
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
        described |= {"profile": "tabular-data-resource", "schema": {"fields": _fields(found[Path(name).stem])}}
    if form == "webp":
        del described["encoding"]
    return described


def _licence(folder: str, name: str) -> dict[str, str]:
    """As LICENSE-DATA says."""
    if name.startswith("relief"):
        return PUBLIC
    return ODBL if folder == "shapes" and name != "points.geojson" else CC_BY


def _fields(table: Table) -> list[dict[str, str]]:
    """Names and types of a table's columns; a column of lists is text, divided by a semicolon and a space."""
    kinds = {bool: "boolean", int: "integer", float: "number"}
    fields = []
    for name in table[0]:
        values = [row[name] for row in table if row[name] is not None]
        kind = kinds.get(type(values[0]), "string") if values else "string"
        if kind == "integer" and any(isinstance(value, float) for value in values):
            kind = "number"
        fields.append({"name": name, "type": kind})
    return fields

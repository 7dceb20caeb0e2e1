"""What a CSV can't hold, as JSON beside it: title, day, licence, citation, columns (W3C, CSV on the Web, tabular metadata)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from geodata.columns import DECLARED, Column
from layers.export.archive import archive
from layers.export.columns_in_words import in_words
from layers.export.table_columns import TABLES

ENDING = "-metadata.json"
"""After the name of a CSV: where readers of the standard look for its metadata."""
FOLDER = "csv-metadata.json"
"""Name of the file that describes all CSV of a folder."""
TYPES = {"text": "string", "list": "string", "day": "date", "integer": "integer", "number": "number", "flag": "boolean"}
AROUND = (
    Column("kind", "text", "Kind", "Kind of feature.", required=True),
    Column("lat", "number", "Latitude", "Latitude of a point, WGS84 degrees."),
    Column("lon", "number", "Longitude", "Longitude of a point, WGS84 degrees."),
    Column("wkt", "text", "Geometry", "Geometry as well-known text, WGS84, longitude first.", required=True),
)
"""Columns that a CSV of features has beside the declared ones: the first before, the others after them."""


def of_features(name: str, heading: Mapping[str, str], lang: str = "en") -> bytes:
    """The metadata of a CSV of features with that file name."""
    return _written({**_head(heading, lang), **_table(name, in_words((AROUND[0], *DECLARED, *AROUND[1:]), lang))})


def of_table(kind: str, name: str, heading: Mapping[str, str], lang: str = "en") -> bytes:
    """The metadata of one of the tables, in a file with that name."""
    return _written({**_head(heading, lang), **_table(name, in_words(TABLES[kind], lang))})


def packed(name: str, content: bytes, about: bytes) -> bytes:
    """A CSV and its metadata in one archive, for places where two files can't lie beside each other."""
    return archive({name: content, name + ENDING: about})


def of_tables(heading: Mapping[str, str], lang: str = "en") -> bytes:
    """The metadata of the tables of a folder."""
    tables = [_table(f"{name}.csv", in_words(columns, lang)) for name, columns in TABLES.items()]
    return _written({**_head(heading, lang), "tables": tables})


def _head(heading: Mapping[str, str], lang: str) -> dict[str, Any]:
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": lang}],
        "dc:title": heading["title"],
        "dc:description": f"{heading['state'][0].upper()}{heading['state'][1:]}. {heading['note']}",
        "dc:bibliographicCitation": heading["citation"],
        "dc:rights": heading["licence"],
        "dc:source": heading["credits"],
        "dc:created": heading["stamped"],
        "dc:relation": heading["identifiers"],
        "schema:version": heading["version"],
        "notes": [{"on": heading["on"], "known": heading["known"]}],
    }


def _table(name: str, columns: Iterable[Column]) -> dict[str, Any]:
    return {
        "url": name,
        "dialect": {"encoding": "utf-8", "header": True},
        "tableSchema": {"columns": [_column(column) for column in columns]},
    }


def _column(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:title": column.title,
        "dc:description": column.about,
        "datatype": TYPES[column.kind],
        "required": column.required,
    }
    return found | ({"separator": "; "} if column.kind == "list" else {})


def _written(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()

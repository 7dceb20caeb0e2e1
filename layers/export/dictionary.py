"""Writes ``docs/data-dictionary.md`` from the declaration of the columns: ``python -m layers.export.dictionary``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from geodata.columns import DECLARED, GOVERNED, KINDS, Column
from geodata.loading import load_record
from geodata.model import Record
from layers.export.table_columns import TABLES
from layers.export.value_lists import value_lists

PAGE = Path(__file__).parents[2] / "docs" / "data-dictionary.md"
WORDS = {
    "text": "text",
    "list": "several values",
    "day": "date",
    "integer": "whole number",
    "number": "number",
    "flag": "true or false",
}


def dictionary(record: Record) -> str:
    """The page: columns of the layers, columns of the tables, value lists."""
    return "\n".join(_lines(record)) + "\n"


def _lines(record: Record) -> Iterator[str]:
    yield "# Data dictionary"
    yield ""
    yield "Made by `python -m layers.export.dictionary` from `geodata/columns.py` and `layers/export/table_columns.py`; a test"
    yield "holds it. GeoPackage carries the same as column descriptions and value lists, the data package in `datapackage.json`."
    yield "What the formats make of dates and lists: [exports](exports.md)."
    yield ""
    yield "## Layers"
    yield ""
    yield f"The kinds of feature are {', '.join(f'`{kind}`' for kind in KINDS)}; a GeoPackage also has `history`, with the"
    yield "columns of `control`. Files of one table tell them apart by a first column, `kind`."
    yield ""
    yield from _table(DECLARED, layers=True)
    for name, columns in TABLES.items():
        yield ""
        yield f"## Table `{name}`"
        yield ""
        yield from _table(columns, layers=False)
    for name, values in value_lists(record).items():
        yield ""
        yield f"## Values: {name.replace('_', ' ')}"
        yield ""
        yield "| value | in words |"
        yield "|---|---|"
        yield from (f"| `{value}` | {words} |" for value, words in values.items())


def _table(columns: Sequence[Column], *, layers: bool) -> Iterator[str]:
    yield "| column | holds | in | means |" if layers else "| column | holds | means |"
    yield "|---|---|---|---|" if layers else "|---|---|---|"
    for column in columns:
        holds = WORDS[column.kind] + (", always filled" if column.required else "")
        where = f" {_where(column.layers)} |" if layers else ""
        values = f" Values: {column.vocabulary.replace('_', ' ')}." if column.vocabulary else ""
        yield f"| `{column.name}` | {holds} |{where} {column.about}{values} |"


def _where(layers: tuple[str, ...]) -> str:
    if layers == KINDS:
        return "all"
    if layers == GOVERNED:
        return "all but held, doubt, edges, places"
    return ", ".join(layers)


if __name__ == "__main__":
    PAGE.write_text(dictionary(load_record()), encoding="utf-8")

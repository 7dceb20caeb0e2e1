"""The columns are declared once; the page, the GeoPackage and the files say the same."""

import sqlite3

import pytest

from geodata.columns import DECLARED, columns_of
from layers.export import export
from layers.export.dictionary import PAGE, dictionary
from layers.export.geometry_types import GEOMETRY_TYPES
from layers.export.table_columns import TABLES
from layers.export.value_lists import value_lists
from tests.layers.sheets import world

SQL = {
    "add",
    "all",
    "alter",
    "and",
    "any",
    "as",
    "asc",
    "before",
    "begin",
    "between",
    "by",
    "case",
    "check",
    "column",
    "create",
    "cross",
    "current",
    "date",
    "default",
    "delete",
    "desc",
    "distinct",
    "drop",
    "each",
    "else",
    "end",
    "escape",
    "except",
    "exists",
    "for",
    "foreign",
    "from",
    "full",
    "group",
    "having",
    "in",
    "index",
    "inner",
    "insert",
    "into",
    "is",
    "join",
    "key",
    "left",
    "like",
    "limit",
    "natural",
    "no",
    "not",
    "null",
    "of",
    "on",
    "or",
    "order",
    "outer",
    "primary",
    "references",
    "right",
    "row",
    "select",
    "set",
    "start",
    "table",
    "text",
    "then",
    "time",
    "to",
    "transaction",
    "trigger",
    "union",
    "unique",
    "update",
    "user",
    "using",
    "values",
    "view",
    "when",
    "where",
    "with",
}


def test_the_page_is_what_the_declaration_makes():
    assert PAGE.read_text(encoding="utf-8") == dictionary(world()[0]), "run python -m layers.export.dictionary"


def test_no_column_is_a_word_of_sql():
    for column in (*DECLARED, *(column for columns in TABLES.values() for column in columns)):
        assert column.name not in SQL, column.name
        assert column.about.endswith("."), column.name


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    record, ground = world()
    path = tmp_path_factory.mktemp("gpkg") / "x.gpkg"
    path.write_bytes(export("2020-11-25", record, ground, "gpkg", history=True))
    return path


def test_the_geopackage_describes_each_of_its_columns(package):
    with sqlite3.connect(package) as connection:
        for layer in GEOMETRY_TYPES:
            own = [row[1] for row in connection.execute(f"PRAGMA table_info({layer})")][2:]
            assert own == [column.name for column in columns_of(layer)]
            told = dict(
                connection.execute(
                    "SELECT column_name, description FROM gpkg_data_columns WHERE table_name = ?", (layer,)
                )
            )
            assert told == {column.name: column.about for column in DECLARED if column.name in own}


def test_every_value_is_one_of_its_list(package):
    lists = value_lists(world()[0])
    with sqlite3.connect(package) as connection:
        for layer in GEOMETRY_TYPES:
            for column in columns_of(layer):
                found = {row[0] for row in connection.execute(f"SELECT DISTINCT {column.name} FROM {layer}")} - {None}
                if column.vocabulary:
                    assert found <= set(lists[column.vocabulary]), (layer, column.name)
                assert "" not in found, "nothing is null, never empty text"
                if column.required:
                    rows = connection.execute(f"SELECT count(*) FROM {layer} WHERE {column.name} IS NULL").fetchone()
                    assert rows == (0,), (layer, column.name)

"""The tables as CSV, XLSX and JSON, read by other readers."""

import csv
import io
import json
import os
import subprocess
import sys
from datetime import date, datetime

import pyogrio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from geodata.changes import changes
from geodata.spreadsheet_safety import NUMBER, STARTS, cell
from layers.export.table_columns import TABLES
from layers.export.tables import FORMATS, tables, write
from tests.layers.sheets import world

DAY = "2020-11-25"


def found():
    record, ground = world()
    return tables(record, ground, DAY, later=True)


def test_the_tables_of_a_day_tell_nothing_later_unless_asked():
    record, ground = world()
    told = tables(record, ground, DAY)
    assert 0 < len(told["events"]) < len(record.events)
    assert all(row["last_day"] <= DAY for row in told["events"])
    assert all(row["changed_on"] <= DAY for row in told["changes"])
    assert all(row["what_happened"] is None for row in told["obligations"])
    assert any(row["what_happened"] for row in found()["obligations"])


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("name", TABLES)
def test_an_empty_table_has_its_columns(name, fmt):
    content = write([], fmt, name)
    if fmt == "csv":
        assert next(csv.reader(io.StringIO(content.decode("utf-8-sig")))) == [column.name for column in TABLES[name]]
    elif fmt == "xlsx":
        sheet = load_workbook(io.BytesIO(content)).active
        assert [cell_.value for cell_ in sheet[1]] == [column.name for column in TABLES[name]]
    else:
        assert json.loads(content) == []


def test_obligations_events_and_changes_are_all_there():
    record, ground = world()
    table = found()
    assert len(table["obligations"]) == 15
    assert len(table["events"]) == len(record.events)
    found_changes = changes(ground, date(1994, 5, 12), ground.coverage_end)
    assert [
        (row["changed_on"], row["from_controller"], row["to_controller"], row["km2"]) for row in table["changes"]
    ] == [(row.date.isoformat(), row.from_, row.to, row.km2) for row in found_changes]
    assert [row["id"] for row in table["sources"]] == [source.id for source in record.sources]


@pytest.mark.parametrize("name", ["obligations", "events", "changes", "sources"])
def test_the_three_formats_agree(name):
    table = found()[name]
    days = {column.name for column in TABLES[name] if column.kind == "day"}
    plain = json.loads(write(table, "json", name))
    lines = list(csv.DictReader(io.StringIO(write(table, "csv", name).decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(write(table, "xlsx", name))).active
    cells = [[value.value for value in row] for row in sheet.iter_rows(min_row=2)]
    assert plain == table
    assert len(lines) == len(cells) == len(table)
    assert list(lines[0]) == list(table[0]) == [value.value for value in sheet[1]]
    for row, line, values in zip(table, lines, cells, strict=True):
        for (key, value), shown in zip(row.items(), values, strict=True):
            if isinstance(value, str):
                assert line[key].lstrip("'") == value.lstrip("'")
                assert (shown.date().isoformat() if isinstance(shown, datetime) else shown) == value
                assert isinstance(shown, datetime) == (key in days)
            elif isinstance(value, int | float) and not isinstance(value, bool):
                assert float(line[key]) == shown == value


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_same_table_gives_the_same_bytes(fmt):
    assert write(found()["events"], fmt, "events") == write(found()["events"], fmt, "events")


@pytest.mark.parametrize("with_lxml", ["True", "False"])
def test_a_spreadsheet_does_not_depend_on_what_else_is_installed(with_lxml):
    """openpyxl writes its XML otherwise where lxml is there."""
    script = (
        "import sys\nfrom layers.export.tables import write\n"
        "sys.stdout.buffer.write(write([{'title': ' ə  <&>', 'days_late': -3}], 'xlsx', 'x'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=True,
        env={**os.environ, "OPENPYXL_LXML": with_lxml},
    )
    assert done.stdout == write([{"title": " ə  <&>", "days_late": -3}], "xlsx", "x")


def test_another_reader_finds_the_same_cells(tmp_path):
    path = tmp_path / "obligations.xlsx"
    path.write_bytes(write(found()["obligations"], "xlsx", "obligations"))
    read = pyogrio.read_dataframe(path)
    assert read["title"].to_list() == [row["title"] for row in found()["obligations"]]
    assert [int(number) for number in read["clause"]] == [row["clause"] for row in found()["obligations"]]


def test_negative_days_stay_numbers():
    rows = [{"days_late": -3, "title": "-3+1"}]
    line = next(csv.DictReader(io.StringIO(write(rows, "csv", "x").decode("utf-8-sig"))))
    assert line == {"days_late": "-3", "title": "'-3+1"}
    sheet = load_workbook(io.BytesIO(write(rows, "xlsx", "x"))).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == (-3, "n")
    assert (sheet["B2"].value, sheet["B2"].data_type, sheet["B2"].quotePrefix) == ("-3+1", "s", True)


@given(st.sampled_from(STARTS), st.text())
def test_no_text_begins_like_a_formula(start, rest):
    shown = cell(start + rest)
    assert not shown.startswith(STARTS) or NUMBER.fullmatch(shown)


@settings(max_examples=30)
@given(st.text())
def test_a_spreadsheet_never_holds_a_formula(text):
    sheet = load_workbook(io.BytesIO(write([{"title": text}], "xlsx", "x"))).active
    assert sheet["A2"].data_type in {"s", "n", "inlineStr"}


def test_unknown_format_is_named():
    with pytest.raises(ValueError, match="no format “ods”"):
        write([], "ods", "x")

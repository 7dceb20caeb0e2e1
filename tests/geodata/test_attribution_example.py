"""The worked example does what its page says, and its list is what its program makes."""

import importlib.util
from pathlib import Path

from geodata.__main__ import main

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


def test_the_list_is_made_by_its_program_and_says_that_it_is_made_up(tmp_path):
    spec = importlib.util.spec_from_file_location("make_incidents", EXAMPLES / "make_incidents.py")
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    program.OUT = tmp_path / "made-up-incidents.csv"
    program.main()
    assert program.OUT.read_text() == (EXAMPLES / "made-up-incidents.csv").read_text()
    assert all("made up" in row[-1] for row in program.rows())


def test_the_command_counts_what_the_page_says(tmp_path, capfd):
    assert main(["attribute", str(EXAMPLES / "made-up-incidents.csv"), "--out", str(tmp_path / "placed.csv")]) == 0
    said = capfd.readouterr().err
    page = (EXAMPLES / "README.md").read_text()
    for count in ("400 rows", "3 that could not be read"):
        assert count in said
        assert count in page


def test_every_option_and_added_column_is_documented():
    from geodata.attribution.columns import ADDED

    text = (ROOT / "docs" / "points.md").read_text()
    for name in (
        *ADDED,
        "--out",
        "--lat",
        "--lon",
        "--date",
        "--date-order",
        "--date-end",
        "--place",
        "--accuracy",
        "--precision",
        "--serial",
        "--dask",
        "ATLAS_PART_ROWS",
    ):
        assert f"`{name}`" in text, name


def test_every_code_of_precision_is_documented():
    from geodata.attribution.precision_table import precision_tables

    text = (ROOT / "docs" / "points.md").read_text()
    units = {"days": "days on either side", "metres": "m"}
    for table in precision_tables():
        assert table.source in text
        for column in table.columns:
            names = ", ".join(f"`{name}`" for name in column.names)
            for code, means in (column.codes or {}).items():
                row = f"| {names} | {code} | {means.value} {units[column.gives]} | {means.by} | {means.text} |"
                assert row in text

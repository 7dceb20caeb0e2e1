"""``at`` and ``attribute`` answer alike, field by field, for 2,000 places and days drawn by rule."""

import csv

import pyarrow.parquet as pq
import pytest

from geodata.attribution.columns import ADDED, choose
from geodata.attribution.local import run
from geodata.attribution.reading import open_source
from geodata.control import control_at
from geodata.ground import load_ground
from geodata.loading import load_record
from tests.agreement.test_agreement import HERE as MADE_UP
from tests.drawn import cases

OF_LISTS = {"problem", "share", "rule", "radius_m", "first", "last"}
"""Columns for what a question about one point and one day has not."""
SHARED = [name for name in ADDED if name not in OF_LISTS]


@pytest.fixture(params=["the record", "a made-up agreement"])
def atlas(request):
    if request.param == "the record":
        return load_record(), load_ground()
    return load_record(MADE_UP / "record"), load_ground(MADE_UP / "shapes")


def attributed(ground, asked, folder):
    """The rows that the command would write for these cases."""
    path, out = folder / "cases.csv", folder / "out.parquet"
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([("lat", "lon", "date"), *asked])
    source = open_source(path, None)
    run(ground, source, choose(source), out, None, lambda *_: None)
    source.close()
    return pq.read_table(out).to_pylist()


def as_row(answer):
    """An answer of ``at`` in the columns of ``attribute``."""
    row = {name: answer[name] for name in SHARED}
    for name in ("zones", "clauses"):
        row[name] = "; ".join(map(str, row[name])) or None
    return row


def test_at_and_attribute_agree(atlas, tmp_path):
    record, ground = atlas
    asked = cases(record, ground)
    found = attributed(ground, asked, tmp_path)
    expected = [as_row(control_at(ground, *case).as_json()) for case in asked]
    assert {row["certain"] for row in expected} == {True, False, None}
    assert {row["near_border"] for row in expected} == {True, False}
    wrong = [
        (case, name, row[name], wanted[name])
        for case, row, wanted in zip(asked, found, expected, strict=True)
        for name in SHARED
        if (str(row[name]) if name == "as_of" else row[name]) != wanted[name]
    ]
    assert wrong == []

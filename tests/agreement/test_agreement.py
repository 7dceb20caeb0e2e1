"""The engine, the commands, the map, the sheet and the exports on an agreement that is not the real one."""

import csv
import io
import json
import os
import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from geodata.breakpoints import breakpoints, status_days
from geodata.changes import changes
from geodata.control import control_at
from geodata.edges import edges_on
from geodata.ground import load_ground
from geodata.loading import load_record
from geodata.status import statuses
from tests.agreement.shapes import build
from tests.layers.one_file import held
from tests.layers.sheets import pdf_text

HERE = Path(__file__).parent
RECORD, GROUND = load_record(HERE / "record"), load_ground(HERE / "shapes")
DAY = timedelta(days=1)


def run(*arguments, by="-m"):
    done = subprocess.run(
        [sys.executable, by, *arguments],
        check=False,
        env={**os.environ, "ATLAS_DATA": str(HERE)},
        cwd=HERE.parents[1],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr if "Traceback" in done.stderr else "") == (0, "")
    return done.stdout


TOGETHER = (
    "import json, sys; from layers.__main__ import main; sys.exit(any([main(one) for one in json.loads(sys.argv[1])]))"
)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """The folder of what one process makes of it: a day as data, the history, a sheet and the map."""
    folder = tmp_path_factory.mktemp("drawn")
    day = ["--on", "2001-03-05"]
    commands = [
        *(["export", *day, "--out", f"{folder}/day.{ending}"] for ending in ("csv", "gpkg", "geojson")),
        ["export", "--all", "--out", f"{folder}/history.kml"],
        ["snapshot", *day, "--layers", "control,first-district", "--out", f"{folder}/day.pdf"],
        ["html", "--out", f"{folder}/map.html"],
    ]
    run(TOGETHER, json.dumps(commands), by="-c")
    return folder


def status(obligation, on, known=None):
    return next(row for row in statuses(RECORD, on, known) if row.id == obligation)


def test_the_committed_shapes_follow_from_the_record(tmp_path):
    build(tmp_path)
    for path in tmp_path.iterdir():
        assert path.read_text(encoding="utf-8") == (HERE / "shapes" / path.name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("obligation", "on", "word"),
    [
        ("1-handover", date(2001, 1, 31), "not-in-force"),
        ("1-handover", date(2001, 2, 1), "pending"),
        ("1-handover", date(2001, 2, 28), "pending"),
        ("1-handover", date(2001, 3, 1), "pending"),
        ("1-handover", date(2001, 3, 2), "overdue"),
        ("1-handover", date(2001, 3, 10), "overdue"),
        ("1-handover", date(2001, 3, 11), "met-late"),
        ("2-withdrawal", date(2001, 4, 1), "pending"),
        ("2-withdrawal", date(2001, 4, 2), "overdue"),
        ("2-withdrawal", date(2002, 12, 31), "overdue"),
        ("3-observers", date(2001, 12, 31), "continuing"),
        ("3-observers", date(2002, 1, 1), "lapsed"),
    ],
)
def test_an_obligation_is_pending_on_its_due_day_and_overdue_from_the_next(obligation, on, word):
    assert status(obligation, on).status == word


def test_the_days_late_count_from_the_due_day():
    assert status("1-handover", date(2001, 3, 11)).days_late == 10
    assert status("1-handover", date(2001, 3, 10)).days_late is None


def test_it_takes_effect_in_its_own_time_zone():
    assert RECORD.effect_day == date(2001, 2, 1)


def test_the_breakpoints_are_the_days_on_which_a_row_differs_from_the_day_before():
    assert status_days(RECORD) == {
        date(2001, 2, 1), date(2001, 3, 2), date(2001, 3, 11), date(2001, 4, 2), date(2002, 1, 1),
    }  # fmt: skip


def test_changes_leave_out_the_first_day_and_count_the_last():
    for hand_over in (date(2001, 3, 11), date(2001, 5, 20)):
        assert [row.date for row in changes(GROUND, hand_over - DAY, hand_over)] == [hand_over]
        assert changes(GROUND, hand_over, hand_over + DAY) == []
        assert changes(GROUND, hand_over - 2 * DAY, hand_over - DAY) == []


def test_changes_between_breakpoints_are_the_difference_of_the_two_days():
    days = sorted({day + step * DAY for day in breakpoints(RECORD, GROUND) for step in (-1, 0, 1)})
    days = [day for day in days if GROUND.coverage_start <= day <= GROUND.coverage_end]
    for start, end in pairwise(days):
        moved = {row.zone for row in changes(GROUND, start, end)}
        held = [
            {piece.unit: control_at(GROUND, *middle(piece), day).controller for piece in GROUND.pieces}
            for day in (start, end)
        ]
        assert moved == {unit for unit in held[0] if held[0][unit] != held[1][unit]}


def middle(piece):
    point = piece.geometry.centroid
    return point.y, point.x


def test_inside_a_split_date_the_former_holder_stands_and_the_other_is_named():
    for day, certain in ((date(2001, 5, 9), True), (date(2001, 5, 10), False), (date(2001, 5, 19), False)):
        answer = control_at(GROUND, 11.25, 45.5, day)
        assert (answer.controller, answer.certain) == ("borea-militia", certain)
        assert answer.other == (None if certain else "alta")
    after = control_at(GROUND, 11.25, 45.5, date(2001, 5, 20))
    assert (after.controller, after.certain, after.disputed) == ("alta", True, True)


def test_the_sides_come_from_its_own_record():
    kinds = {frozenset((edge.left, edge.right)): kind for edge, kind, _ in edges_on(GROUND, date(2001, 2, 1))}
    assert kinds[frozenset(("alta", "first-district"))] == "line-of-control"
    assert kinds[frozenset(("borea", "first-district"))] == "republic-border"
    assert kinds[frozenset(("first-district", "second-district"))] == "none"
    assert kinds[frozenset(("alta", None))] == "outside"


def test_a_settlement_beside_the_line_is_on_its_known_side():
    near = control_at(GROUND, 11.002, 45.5, date(2001, 4, 1))
    assert (near.anchor, near.certain) == ("edgeville", True)
    beside = control_at(GROUND, 11.002, 45.45, date(2001, 4, 1))
    assert (beside.anchor, beside.certain, beside.uncertain_by) == (None, False, ("line-of-control",))


def test_a_symbol_of_doubt_counts_while_it_stands():
    assert control_at(GROUND, 11.4, 45.5, date(2001, 4, 1)).uncertain_by == ("symbol",)
    assert control_at(GROUND, 11.4, 45.5, date(2001, 1, 1)).uncertain_by == ()


def test_the_commands_answer_for_it():
    rows = json.loads(run("geodata", "status", "--on", "2001-03-05", "--json"))
    assert [row["status"] for row in rows] == ["overdue", "pending", "continuing"]
    rows = json.loads(run("geodata", "changes", "--from", "2000-01-01", "--to", "2002-12-31", "--json"))
    assert [(row["zone"], row["clause"], row["disputed"]) for row in rows] == [
        ("first-district", 1, False), ("second-district", None, True),
    ]  # fmt: skip
    answer = json.loads(run("geodata", "at", "10.75", "45.5", "--on", "2001-03-11", "--json"))
    assert (answer["controller"], answer["clauses"]) == ("alta", [1, 3])


def test_a_list_of_positions_is_placed_on_its_ground_and_in_its_time_zone(tmp_path):
    rows = ["10.75,45.5,2001-03-10T23:30Z", "10.75,45.5,1999-12-31", "45.5,10.75,2001-03-11"]
    (tmp_path / "in.csv").write_text("\n".join(["lat,lon,date", *rows, *[rows[0]] * 3]), encoding="utf-8")
    run("geodata", "attribute", str(tmp_path / "in.csv"), "--out", str(tmp_path / "out.csv"))
    found = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8-sig"))))
    assert found[0]["controller"] == "alta"
    assert "begins on 2000-01-01" in found[1]["problem"]
    assert "swapped" in found[2]["problem"]


def test_the_exports_hold_it(drawn):
    rows = list(csv.DictReader(io.StringIO((drawn / "day.csv").read_text(encoding="utf-8-sig"))))
    assert {row["status"] for row in rows if row["layer"] == "first-district"} == {"overdue"}
    assert (drawn / "day.gpkg").stat().st_size > 0
    text = (drawn / "day.geojson").read_text(encoding="utf-8")
    assert RECORD.statement.headline in text
    assert "2020" not in text


def test_a_span_of_time_in_kml_ends_on_the_last_day_that_it_holds(drawn):
    space = {"k": "http://www.opengis.net/kml/2.2"}
    spans = {
        mark.get("id"): (mark.findtext(".//k:begin", "", space), mark.findtext(".//k:end", "", space))
        for mark in ET.parse(drawn / "history.kml").iter("{http://www.opengis.net/kml/2.2}Placemark")
    }
    assert spans["control.first-district.1"][1] == "2001-03-10"
    assert spans["control.first-district.2"] == ("2001-03-11", "")
    assert spans["control.second-district.2"] == ("2001-05-10", "2001-05-19")


def test_the_sheet_prints_its_day_and_holders(drawn):
    text = " ".join(pdf_text((drawn / "day.pdf").read_bytes()).split())
    for words in ("5 March 2001", "overdue", "The militia of Borea", "Onetown", RECORD.statement.headline):
        assert words in text
    assert "2020" not in text


@pytest.mark.parametrize("kind", ["multiples", "clause", "story", "class", "briefing"])
def test_the_other_pages_are_made_of_it(tmp_path, kind):
    days = ["--days", "2001-03-01,2001-03-05,2001-03-09,2001-04-01"] if kind == "multiples" else []
    run("layers", "sheet", kind, "--on", "2001-03-05", *days, "--out", str(tmp_path / "a.pdf"))
    text = pdf_text((tmp_path / "a.pdf").read_bytes())
    assert "Control is not sovereignty." in text
    assert "Nagorno" not in text


def test_the_map_is_one_document_of_it(drawn):
    text = (drawn / "map.html").read_text(encoding="utf-8")
    texts = json.dumps(held(text, "atlas-text"))
    assert "second-district" in texts
    assert '"borea-militia": "The militia of Borea"' in texts
    assert "kalbajar" not in texts
    assert "kalbajar" not in text
    assert texts.count('"frames_view": true') == 2

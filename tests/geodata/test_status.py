"""The status of every obligation, asked of the real record through its public doors."""

import json
import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.__main__ import main
from geodata.breakpoints import status_days
from geodata.dates import parse_day
from geodata.loading import load_record
from geodata.parts import iso
from geodata.status import add_months, statuses

RECORD = load_record()
DAYS = st.dates(date(1994, 5, 12), date(2030, 12, 31))
WORDS = {"not-in-force", "pending", "overdue", "met", "met-late", "continuing", "disputed", "lapsed", "open"}


def row(obligation, on, known=None):
    rows = statuses(RECORD, parse_day(on), parse_day(known) if known else None)
    return next(item for item in rows if item.id == obligation)


@pytest.mark.parametrize(
    ("obligation", "on", "status", "due"),
    [
        ("1-ceasefire", "2020-11-09", "not-in-force", None),
        ("1-ceasefire", "2020-11-10", "continuing", ...),
        ("1-ceasefire", "2020-12-10", "continuing", ...),
        ("1-ceasefire", "2020-12-11", "disputed", ...),
        ("1-ceasefire", "2026-06-08", "disputed", ...),
        ("2-agdam", "2020-11-09", "not-in-force", None),
        ("2-agdam", "2020-11-10", "pending", "2020-11-20"),
        ("2-agdam", "2020-11-19", "pending", "2020-11-20"),
        ("2-agdam", "2020-11-20", "met", "2020-11-20"),
        ("2-agdam", "2020-11-21", "met", "2020-11-20"),
        ("3-deployment", "2020-11-19", "open", None),
        ("3-deployment", "2020-11-20", "met", None),
        ("4-withdrawal", "2020-12-16", "open", None),
        ("4-withdrawal", "2020-12-17", "disputed", None),
        ("4-term", "2020-11-10", "continuing", None),
        ("4-term", "2024-06-11", "continuing", None),
        ("4-term", "2024-06-12", "lapsed", None),
        ("5-centre", "2021-01-29", "open", None),
        ("5-centre", "2021-01-30", "met", None),
        ("5-centre", "2024-04-27", "met", None),
        ("6-kalbajar", "2020-11-14", "pending", "2020-11-15"),
        ("6-kalbajar", "2020-11-15", "pending", "2020-11-25"),
        ("6-kalbajar", "2020-11-16", "pending", "2020-11-25"),
        ("6-kalbajar", "2020-11-24", "pending", "2020-11-25"),
        ("6-kalbajar", "2020-11-25", "met", "2020-11-25"),
        ("6-kalbajar", "2020-11-26", "met", "2020-11-25"),
        ("6-lachin", "2020-11-30", "pending", "2020-12-01"),
        ("6-lachin", "2020-12-01", "met", "2020-12-01"),
        ("6-lachin", "2020-12-02", "met", "2020-12-01"),
        ("6-corridor", "2020-11-10", "continuing", None),
        ("6-corridor", "2023-04-22", "continuing", None),
        ("6-corridor", "2023-04-23", "disputed", None),
        ("6-corridor", "2024-06-11", "disputed", None),
        ("6-corridor", "2024-06-12", "lapsed", None),
        ("6-route-plan", "2022-08-02", "pending", "2023-11-10"),
        ("6-route-plan", "2022-08-03", "disputed", "2023-11-10"),
        ("6-route-plan", "2023-11-11", "disputed", "2023-11-10"),
        ("6-safe-movement", "2022-12-11", "continuing", None),
        ("6-safe-movement", "2022-12-12", "disputed", None),
        ("7-return", "2020-11-10", "open", None),
        ("7-return", "2023-03-18", "open", None),
        ("7-return", "2023-03-19", "disputed", None),
        ("7-return", "2026-06-08", "disputed", None),
        ("8-exchange", "2021-01-08", "open", None),
        ("8-exchange", "2021-01-09", "disputed", None),
        ("9-unblocking", "2021-07-25", "open", None),
        ("9-unblocking", "2021-07-26", "disputed", None),
        ("9-unblocking", "2026-06-08", "disputed", None),
        ("9-nakhchivan-link", "2021-12-13", "open", None),
        ("9-nakhchivan-link", "2021-12-14", "disputed", None),
        ("9-nakhchivan-link", "2026-06-08", "disputed", None),
    ],
)
def test_the_day_before_the_day_of_and_the_day_after(obligation, on, status, due):
    found = row(obligation, on)
    assert found.status == status
    if due is not ...:
        assert iso(found.due) == due


def test_kalbajar_was_ten_days_late_by_the_first_deadline_and_in_time_by_the_second():
    found = row("6-kalbajar", "2020-12-01")
    assert (found.first_due, found.due, found.done) == (date(2020, 11, 15), date(2020, 11, 25), date(2020, 11, 25))
    assert (found.days_late_first, found.days_late) == (10, 0)


def test_what_was_announced_later_is_hidden():
    assert row("6-kalbajar", "2020-12-01", known="2020-11-14").due == date(2020, 11, 15)
    assert row("6-kalbajar", "2020-12-01", known="2020-11-14").status == "pending"
    assert row("6-kalbajar", "2020-12-01", known="2020-11-14").done is None
    assert row("6-kalbajar", "2020-11-14", known="2020-12-01").due == date(2020, 11, 25)
    assert row("6-kalbajar", "2020-11-14", known="2020-12-01").status == "pending"


def test_the_term_of_clause_4_is_computed():
    found = row("4-term", "2020-11-10")
    assert (found.term_end, found.notice_by) == (date(2025, 11, 10), date(2025, 5, 10))
    assert row("4-term", "2020-11-09").term_end is None


@given(DAYS, DAYS)
def test_fifteen_rows_with_one_status_each(on, known):
    rows = statuses(RECORD, on, known)
    assert tuple(item.id for item in rows) == tuple(RECORD.statement.obligations)
    for item in rows:
        assert item.status in WORDS
        if min(on, known) < date(2020, 11, 10):
            assert item.status == "not-in-force"
        if item.done is None or item.due is None:
            assert item.days_late is None
        if item.due and item.first_due:
            assert item.due >= item.first_due


@given(DAYS, DAYS)
def test_before_the_statement_nothing_is_due(on, known):
    if on < date(2020, 11, 10) and known < date(2020, 11, 10):
        assert all(item.due is None and item.first_due is None for item in statuses(RECORD, on, known))


@given(DAYS, st.integers(0, 4000))
def test_met_is_final(on, later):
    now = {item.id: item.status for item in statuses(RECORD, on)}
    then = {item.id: item.status for item in statuses(RECORD, on + timedelta(days=later))}
    for obligation, status in now.items():
        if status in ("met", "met-late", "lapsed"):
            assert then[obligation] == status


def test_breakpoints_are_exactly_the_days_at_which_a_row_changes():
    def rows(day):
        return [(s.status, s.due, s.first_due, s.done, s.ended, s.disputed_since) for s in statuses(RECORD, day)]

    day, found = date(2020, 11, 1), set()
    before = rows(day)
    while day < RECORD.coverage_end:
        day += timedelta(days=1)
        now = rows(day)
        if now != before:
            found.add(day)
        before = now
    assert found == status_days(RECORD)


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(-240, 240))
def test_months_shift_by_calendar(day, months):
    shifted = add_months(day, months)
    assert (shifted.year - day.year) * 12 + shifted.month - day.month == months
    assert shifted.day <= day.day


def test_the_command_prints_one_json_document():
    command = [sys.executable, "-m", "geodata", "status", "--on", "2020-11-14", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = json.loads(done.stdout)
    assert len(rows) == 15
    assert {"id", "clause", "due", "first_due", "done", "status", "days_late", "days_late_first", "sources"} <= set(
        rows[0]
    )
    assert all(item["sources"] for item in rows)


@pytest.mark.parametrize(("on", "beyond"), [("2026-06-08", False), ("2026-11-26", True)])
def test_a_day_beyond_the_record_is_answered_as_of_its_end(on: str, beyond: bool, capfd) -> None:
    end = RECORD.coverage_end.isoformat()
    assert main(["status", "--on", on]) == 0
    table = capfd.readouterr().out
    assert main(["status", "--on", on, "--json"]) == 0
    assert {row["as_of"] for row in json.loads(capfd.readouterr().out)} == {min(on, end)}
    assert (f"The record ends on {end}" in table) is beyond

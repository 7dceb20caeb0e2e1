"""Areas beside published ones: within their bounds, explained where they differ, never fitted."""

import time
from collections import Counter
from datetime import date

import pytest

from geodata.changes import changes
from geodata.ground import load_ground
from geodata.loading import load_record
from geodata.measures import computed_beside_published, others_beside_published, shares

GROUND, RECORD = load_ground(), load_record()
ROWS = {row.id: row for row in (*computed_beside_published(GROUND, RECORD), *others_beside_published(GROUND, RECORD))}


@pytest.mark.parametrize("row", [row for row in ROWS.values() if row.bound_percent], ids=lambda row: row.id)
def test_each_bound_is_held(row):
    assert abs(row.difference_percent) <= row.bound_percent


@pytest.mark.parametrize(
    "row", [row for row in ROWS.values() if not row.id.startswith(("unit-", "zone-"))], ids=lambda row: row.id
)
def test_a_difference_over_five_percent_is_explained(row):
    if row.difference_percent is not None and abs(row.difference_percent) > 5:
        assert row.explained


def test_the_held_parts_and_the_residual_add_up_to_what_was_held_outside_the_oblast():
    parts = [
        row.km2
        for key, row in ROWS.items()
        if key.endswith("-held") and key != "all-held" and not key.startswith("unit-")
    ]
    assert sum(parts) + ROWS["residual"].km2 == pytest.approx(ROWS["outside-oblast"].km2, abs=0.5)
    assert ROWS["outside-oblast"].km2 + ROWS["inside-oblast"].km2 == pytest.approx(ROWS["all-held"].km2, abs=0.2)


def test_the_shares_of_autumn_2020_make_up_the_whole_and_stand_beside_the_published_ones():
    rows = {share.id: share for share in shares(GROUND, RECORD)}
    assert sum(share.km2 for share in rows.values()) == pytest.approx(ROWS["all-held"].km2 - 3.1 - 4.0, abs=1)
    assert [rows[key].published_percent for key in ("captured", "by-clause", "left")] == [32.5, 39.85, 27.7]
    assert all(abs(share.percent - share.published_percent) < 5 and share.explained for share in rows.values())


def test_changes_by_cause_add_up_and_thirty_years_take_no_time():
    started = time.process_time()
    steps = changes(GROUND, date(1994, 5, 12), date(2026, 6, 8))
    assert time.process_time() - started < 0.5  # of a processor, whatever else the machine does
    totals = Counter()
    for step in steps:
        totals[step.cause] += step.km2
    assert totals["clause"] + totals["force"] + totals["other"] == pytest.approx(sum(step.km2 for step in steps))
    assert totals["clause"] > 4000
    assert totals["force"] > 6000

"""Areas beside published ones: within their bounds, explained where they differ, never fitted."""

import time

import pytest

from geodata.changes import changes
from geodata.ground import load_ground
from geodata.loading import load_record
from geodata.measures import by_cause, computed_beside_published, held_km2, shares, unit_km2, zone_km2

GROUND, RECORD = load_ground(), load_record()
ROWS = {row.id: row for row in computed_beside_published(GROUND, RECORD)}


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


def test_what_the_holders_hold_adds_up_to_the_same_ground_on_any_day():
    totals = {
        day: sum(held_km2(GROUND, day).values())
        for day in ("1994-05-12", "2020-10-20", "2020-11-10", "2021-06-01", "2024-01-01")
    }
    assert max(totals.values()) - min(totals.values()) < 1e-6
    assert sum(unit_km2(GROUND).values()) == pytest.approx(totals["1994-05-12"])


def test_the_shares_of_autumn_2020_make_up_the_whole_and_stand_beside_the_published_ones():
    rows = {share.id: share for share in shares(GROUND)}
    assert sum(share.km2 for share in rows.values()) == pytest.approx(ROWS["all-held"].km2 - 3.1 - 4.0, abs=1)
    assert [rows[key].published_percent for key in ("captured", "by-clause", "left")] == [32.5, 39.85, 27.7]
    assert all(abs(share.percent - share.published_percent) < 5 and share.explained for share in rows.values())


def test_zones_have_ground_only_while_they_hold():
    assert zone_km2(GROUND, "agdam", "2020-11-09") == 0
    assert zone_km2(GROUND, "agdam", "2020-11-10") > 800
    assert zone_km2(GROUND, "peacekeeping-zone", "2020-12-13") > zone_km2(GROUND, "peacekeeping-zone", "2020-12-14")
    assert zone_km2(GROUND, "peacekeeping-zone", "2024-06-12") == 0


def test_changes_by_cause_add_up_and_thirty_years_take_no_time():
    started = time.perf_counter()
    steps = changes(GROUND, "1994-05-12", "2026-06-08")
    assert time.perf_counter() - started < 0.5
    totals = by_cause(steps)
    assert totals["clause"] + totals["force"] + totals.get("other", 0) == pytest.approx(
        sum(step["km2"] for step in steps)
    )
    assert totals["clause"] > 4000
    assert totals["force"] > 6000


def test_the_spread_of_published_figures_is_told():
    low, high = ROWS["zone-kalbajar"].spread
    assert low < high
    assert ROWS["residual"].spread is None

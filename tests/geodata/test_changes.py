"""What changed hands: invariants of the real ground."""

from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.changes import changes
from geodata.ground import load_ground
from geodata.parts import span_on

GROUND = load_ground()
DAYS = st.dates(date(1994, 5, 12), date(2027, 1, 1))


def areas(day):
    held = defaultdict(float)
    for piece in GROUND.pieces:
        held[span_on(piece, day).controller] += piece.km2
    return held


@given(DAYS, DAYS)
def test_what_changed_makes_up_the_difference_between_the_two_days(one, other):
    start, end = sorted((one, other))
    before, after = areas(start), areas(end)
    for rows in (changes(GROUND, start, end), changes(GROUND, start, end, net=True)):
        moved = defaultdict(float)
        for row in rows:
            assert start < row.date <= end
            assert row.from_ != row.to
            moved[row.from_] -= row.km2
            moved[row.to] += row.km2
        for controller in {*before, *after}:
            assert after[controller] - before[controller] == pytest.approx(moved[controller], abs=0.05)


@given(DAYS, DAYS, DAYS)
def test_two_stretches_of_time_add_up_to_the_whole(one, two, three):
    start, middle, end = sorted((one, two, three))
    assert changes(GROUND, start, middle) + changes(GROUND, middle, end) == changes(GROUND, start, end)


def test_parukh_is_dated_by_the_day_it_changed_hands_also_net():
    rows = [row for row in changes(GROUND, date(2021, 1, 1), date(2026, 1, 1), net=True) if row.zone == "parukh"]
    assert [(row.date, row.event, row.disputed) for row in rows] == [(date(2022, 3, 24), "parukh-2022-03-24", True)]

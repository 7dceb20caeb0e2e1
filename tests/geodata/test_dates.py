from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.dates import bounds, day_in, parse_day, parse_instant


def test_clause_1_takes_effect_on_the_10th_in_baku_and_not_on_the_9th():
    moscow = parse_instant("2020-11-10T00:00+03:00")
    assert moscow == parse_instant("2020-11-09T21:00+00:00") == parse_instant("2020-11-10T01:00+04:00")
    assert day_in(moscow, "Asia/Baku") == date(2020, 11, 10)


@given(st.datetimes(datetime(1996, 1, 1), datetime(2030, 1, 1)), st.integers(-12, 14))
def test_the_day_of_an_instant_does_not_depend_on_the_zone_it_is_written_in(moment, hours):
    utc = moment.replace(tzinfo=UTC)
    assert day_in(utc, "Asia/Baku") == day_in(utc.astimezone(timezone(timedelta(hours=hours))), "Asia/Baku")


def test_summer_time_in_baku_ended_with_2015():
    assert day_in(parse_instant("2015-07-01T19:30+00:00"), "Asia/Baku") == date(2015, 7, 2)
    assert day_in(parse_instant("2016-07-01T19:30+00:00"), "Asia/Baku") == date(2016, 7, 1)


@given(st.dates(date(1900, 1, 1)))
def test_a_day_is_its_own_bounds(day):
    assert parse_day(day.isoformat()) == day
    assert bounds(day.isoformat()) == (day, day)
    assert not bounds(day.isoformat()).split


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020-10-09/2020-10-15", "2020-10-09", "2020-10-15"),
        ("2021-07", "2021-07-01", "2021-07-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2020-12?", "2020-12-01", "2020-12-31"),
    ],
)
def test_edtf_bounds(text, first, last):
    assert bounds(text) == (parse_day(first), parse_day(last))


@pytest.mark.parametrize(
    "text", ["", "10 Nov 2020", "2020-11-31", "2020-13-01", "20201110", "2020-1-1", "٢٠٢٠-11-10", "2020-11-10\n"]
)
def test_what_is_no_day_is_named(text):
    with pytest.raises(ValueError, match="is not a da"):
        parse_day(text)


def test_an_interval_that_runs_backwards_is_refused():
    with pytest.raises(ValueError, match="ends before it starts"):
        bounds("2020-11-10/2020-11-09")


def test_an_instant_needs_a_zone():
    with pytest.raises(ValueError, match="no time zone"):
        parse_instant("2020-11-10T00:00")

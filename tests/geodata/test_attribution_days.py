"""Dates as people write them."""

import datetime as dt
import re

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.attribution.days import read_days
from geodata.attribution.time_slices import day_number
from geodata.attribution.written_day import EPOCH, Calendar, DateRules, read_day
from geodata.dates import bounds

BAKU = Calendar(dt.date(1994, 5, 12), "Asia/Baku")


def days(text, order=None, serial=None):
    return tuple(str(EPOCH + dt.timedelta(days=number)) for number in read_day(text, BAKU, DateRules(order, serial)))


@pytest.mark.parametrize(
    "text",
    [
        "2020-11-10",
        "2020-11-09T21:00Z",
        "2020-11-10 00:00:00+03:00",
        "2020-11-10T23:59:59.999",
        "10.11.2020",
        "2020/11/10",
        "20201110",
        "10 November 2020",
        "10th nov 2020",
        "November 10, 2020",
        " 2020-11-10 ",
    ],
)
def test_one_day_in_many_forms(text):
    assert days(text) == ("2020-11-10", "2020-11-10")


def test_wider_dates_stay_as_wide_as_they_are():
    assert days("2020-11") == ("2020-11-01", "2020-11-30")
    assert days("2020") == ("2020-01-01", "2020-12-31")
    assert days("2020-10-09/2020-10-15") == ("2020-10-09", "2020-10-15")
    assert days("2020-11~") == ("2020-11-01", "2020-11-30")


def test_what_can_be_read_as_two_days_is_read_in_the_order_given_or_not_at_all():
    assert days("03/04/2021", "dmy") == ("2021-04-03",) * 2
    assert days("03/04/2021", "mdy") == ("2021-03-04",) * 2
    assert days("25/12/2020") == days("12/25/2020") == ("2020-12-25",) * 2
    assert days("04/04/2021") == ("2021-04-04",) * 2
    with pytest.raises(ValueError, match="two days"):
        read_day("03/04/2021", BAKU)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no date"),
        ("soon", "“soon”"),
        ("2020-02-30", "not a day of the calendar"),
        ("2020-13", "not a day of the calendar"),
        ("44145", "spreadsheet's day number"),
        ("1990-01-01", "before the record"),
        ("2020-11-10/2020-11-01", "ends before it starts"),
        ("9999-12-31T23:59Z", "not a moment"),
        ("2020-11-10T25:00Z", "not a moment"),
        ("0000-01-01", "not a day of the calendar"),
        ("1" * 5000, "not a date"),
        ("31/02/2021", "not a day of the calendar"),
        ("=1+1", "“=1+1”"),
    ],
)
def test_what_is_no_date_is_named(text, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        read_day(text, BAKU)


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_a_reason(text):
    read = read_days(pa.array([text]), BAKU)
    said = read.reasons.column()[0].as_py()
    assert read.first[0] <= read.last[0]
    assert said is None or (len(said) < 300 and said.isprintable())


@given(
    st.dates(dt.date(1995, 1, 1), dt.date(2030, 1, 1)),
    st.integers(0, 500),
    st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y"]),
)
def test_edtf_means_what_the_record_means_by_it(day, width, form):
    text = f"{day:{form}}/{day + dt.timedelta(days=width):{form}}"
    assert read_day(text, BAKU) == tuple(map(day_number, bounds(text)))


def test_columns_of_any_type():
    moment = dt.datetime(2020, 11, 9, 21, 0, tzinfo=dt.UTC)
    want = day_number(dt.date(2020, 11, 10))
    for column in (
        pa.array([dt.date(2020, 11, 10), None]),
        pa.array([moment, None]),
        pa.array([dt.datetime(2020, 11, 10, 23, 59), None], pa.timestamp("ns")),
        pa.array([dt.date(2020, 11, 10), None], pa.date64()),
        pa.array([20201110, None]),
        pa.array(["2020-11-10", None]).dictionary_encode(),
    ):
        read = read_days(column, BAKU)
        assert read.first[0] == read.last[0] == want
        assert read.reasons.column().to_pylist() == [None, "it has no date"]


def test_the_first_day_and_the_time_zone_are_the_calendars():
    elsewhere = Calendar(dt.date(2021, 1, 1), "Pacific/Auckland")
    instant = "2021-06-01T13:00Z"
    assert days(instant) == ("2021-06-01", "2021-06-01")
    assert read_day(instant, elsewhere) == (day_number(dt.date(2021, 6, 2)),) * 2
    with pytest.raises(ValueError, match="before the record, which begins on 2021-01-01"):
        read_day("2020-11-10", elsewhere)
    read = read_days(pa.array([dt.date(2020, 11, 10), dt.date(2021, 1, 1)]), elsewhere)
    assert read.reasons.column().to_pylist() == ["its date lies before the record, which begins on 2021-01-01", None]

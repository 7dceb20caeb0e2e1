"""The charts: valid for Vega-Lite (Altair checks, which ships with Streamlit), days in words, nothing that a time zone moves."""

import json
import re
from datetime import date, timedelta

import altair as alt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.dates import parse_day
from layers.atlas import atlas_data
from panels.deadline_chart import dated, deadline_chart
from panels.held_chart import SERIES, held_chart, held_rows
from panels.timescale import broken, by_stops

DAYS = [atlas_data().limits.start, "2020-11-14", "2020-11-20", "2020-12-02", atlas_data().limits.end]


@pytest.mark.parametrize("lang", ["en", "az", "hy", "ru"])
@pytest.mark.parametrize("on", DAYS)
def test_the_charts_are_valid(on, lang):
    alt.Chart.from_dict(deadline_chart(on, on, lang, lang))
    alt.Chart.from_dict(held_chart(on, lang))


@pytest.mark.parametrize("on", DAYS)
def test_no_day_reaches_the_browser_as_a_date(on):
    """Vega would show it in the reader's time zone: a day early west of Greenwich."""
    for spec in (deadline_chart(on, on, "en", "en"), held_chart(on, "en")):
        text = json.dumps(spec)
        assert "temporal" not in text
        assert not re.search(r"\d{4}-\d{2}-\d{2}", text)


def kalbajar(known):
    return {(mark.kind, mark.day.isoformat()) for mark in dated(known, known)["6-kalbajar"]}


def test_a_due_day_that_moved_is_marked_once_it_was_known():
    assert kalbajar("2020-11-14") == {("due", "2020-11-15")}
    assert kalbajar("2020-11-15") == {("due", "2020-11-15"), ("revised due", "2020-11-25")}
    assert ("done", "2020-11-25") in kalbajar("2020-12-01")


def sentences(lang):
    layer = deadline_chart("2020-12-02", "2020-12-02", lang, lang)["layer"][-1]
    return [row["text"] for row in layer["data"]["values"]]


def test_the_chart_says_what_it_came_to():
    said = [" ".join(lines) for lines in sentences("en")]
    assert (
        "due 25 Nov 2020, first 15 Nov 2020; met 25 Nov 2020 on the day; against the first date: 10 days late" in said
    )


def test_no_line_of_the_chart_crosses_its_sentences():
    """What is drawn after the band under the words are the words alone."""
    kinds = [layer["mark"]["type"] for layer in deadline_chart("2020-12-02", "2020-12-02", "en", "en")["layer"]]
    assert kinds[-2:] == ["text", "text"]
    assert "rule" not in kinds[-3:]


def test_before_the_statement_nothing_is_dated():
    assert dated("2020-11-09", "2020-11-09") == {}


def test_the_held_areas_always_add_up():
    totals = {}
    for day, _series, km2 in held_rows():
        totals[day] = totals.get(day, 0) + km2
    assert max(totals.values()) - min(totals.values()) <= len(SERIES)


@given(st.dates(date(1994, 1, 1), date(2030, 1, 1)), st.integers(1, 400))
def test_time_only_goes_right(day, later):
    for scale in (
        broken(date(2020, 11, 6), date(2021, 2, 5), date(2026, 6, 8)),
        by_stops([parse_day(day) for day in atlas_data().stops]),
    ):
        assert 0 <= scale.place(day) <= scale.place(day + timedelta(days=later)) <= 1

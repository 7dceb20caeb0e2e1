"""The charts' specifications, checked against the schema of Vega-Lite by Altair, which ships with Streamlit."""

import altair as alt
import pytest

from layers.data import atlas_data
from panels import charts


@pytest.mark.parametrize("lang", ["en", "az", "hy", "ru"])
@pytest.mark.parametrize("on", [atlas_data().limits.start, "2020-11-20", atlas_data().limits.end])
def test_the_charts_are_valid(on, lang):
    for scale in ("autumn", "all"):
        alt.Chart.from_dict(charts.deadlines(on, on, scale, lang))
    alt.Chart.from_dict(charts.held(on, atlas_data().limits.start, lang))


def marks(known):
    rows, _ = charts.deadline_marks(known)
    number = [item.id for item in atlas_data().record.obligations].index("6-kalbajar")
    return {(charts.KINDS[row["k"]], row["d"]) for row in rows if row["o"] == number}


def test_a_due_day_that_moved_is_marked_once_it_was_known():
    assert ("first due", "2020-11-15") in marks("2020-11-14")
    assert not [kind for kind, tr in marks("2020-11-14") if kind == "revised due"]
    assert ("revised due", "2020-11-25") in marks("2020-11-15")
    assert ("done", "2020-11-25") in marks("2020-12-01")


def test_the_held_areas_always_add_up():
    totals = {}
    for row in charts.held_rows():
        totals[row["d"]] = totals.get(row["d"], 0) + row["a"]
    assert max(totals.values()) - min(totals.values()) <= len(charts.SERIES)

"""The browser answers as Python does, field by field: who held a place, how an obligation stood, what changed hands."""

import random

import pytest

from geodata.breakpoints import breakpoints, status_days
from geodata.changes import changes
from geodata.control import control_at
from geodata.status import statuses
from layers.atlas import atlas_data
from tests.browser.opened import open_map, until
from tests.drawn import DAY, cases, days

pytestmark = pytest.mark.browser
WHOLE = "window.atlas.status()[0].sources !== null"
"""Whether what comes after the first paint is here: sources and published areas come with the texts of the cards."""


@pytest.fixture(scope="module")
def data():
    return atlas_data()


def differences(pairs):
    """What differs between answers of the browser and of Python, named by case and field."""
    return [
        (case, key, ours.get(key), theirs[key])
        for case, ours, theirs in pairs
        for key in theirs
        if ours.get(key) != theirs[key]
    ]


def test_who_held_a_place(page, document, data):
    asked = cases(data.record, data.ground)
    open_map(page, document)
    found = page.evaluate(
        "cases => cases.map(([lat, lon, day]) => window.atlas.at(lat, lon, day))",
        [[lat, lon, day.isoformat()] for lat, lon, day in asked],
    )
    expected = [control_at(data.ground, *case).as_json() for case in asked]
    assert set(found[0]) == set(expected[0])
    assert sum(one["outside"] for one in expected) < len(asked) / 2
    assert {one["certain"] for one in expected} == {True, False, None}
    assert differences(zip(asked, found, expected, strict=True)) == []


def test_how_every_obligation_stood(page, document, data):
    record = data.record
    wanted = {day + step * DAY for day in status_days(record) for step in (-1, 0, 1)}
    asked = sorted(day for day in wanted if record.coverage_start <= day <= record.coverage_end)
    pairs = [(on, known) for on in asked for known in (None, *asked[:: len(asked) // 8])]
    open_map(page, document)
    until(page, WHOLE)
    found = page.evaluate(
        "pairs => pairs.map(([on, known]) => window.atlas.status(on, known ?? undefined))",
        [[on.isoformat(), known and known.isoformat()] for on, known in pairs],
    )
    for pair, rows in zip(pairs, found, strict=True):
        assert rows == [status.as_dict() for status in statuses(record, *pair)], pair


def test_what_changed_hands(page, document, data):
    draw = random.Random(2023)
    all_days = days(data.record, data.ground)
    pairs = [sorted(draw.sample(all_days, 2)) for _ in range(150)]
    pairs += [[day - DAY, day] for day in breakpoints(data.record, data.ground) if day > data.record.coverage_start]
    open_map(page, document)
    until(page, WHOLE)
    found = page.evaluate(
        "pairs => pairs.map(([from, to]) => window.atlas.changes(from, to))",
        [[one.isoformat(), other.isoformat()] for one, other in pairs],
    )
    for (start, end), rows in zip(pairs, found, strict=True):
        assert rows == [change.as_json() for change in changes(data.ground, start, end)], (start, end)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("at(91, 46, '2021-01-01')", "not a place on earth"),
        ("at('x', null, '2021-01-01')", "not a place on earth"),
        ("at(40, 46, '1994-05-11')", "begins on 1994-05-12"),
        ("at(40, 46, 'soon')", "not a date"),
        ("changes('2021-01-02', '2021-01-01')", "lies before"),
    ],
)
def test_what_python_refuses_the_browser_refuses(page, document, question, sentence):
    open_map(page, document)
    told = page.evaluate(
        f"(() => {{ try {{ window.atlas.{question}; }} catch (error) {{ return error.message; }} }})()"
    )
    assert sentence in told

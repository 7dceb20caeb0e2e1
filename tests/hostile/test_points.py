"""A hostile file of points, sent to the server by the page's panel, in Chromium: it is placed or refused; nothing runs, nothing is lost."""

import csv
import io
import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from geodata.spreadsheet_safety import STARTS, cell
from tests.browser.test_page_points import SERVER, confirm, open_server
from tests.browsing import rest
from tests.hostile.corpus import LONG, PAYLOADS
from tests.hostile.test_screens import clean, text_of

pytestmark = pytest.mark.browser
NAME = '<img src=x onerror="window.ran=1">[x](javascript:window.ran=1){{7*7}}.'
WHERE = {"lat": "39.991", "lon": "46.9274", "date": "2020-11-20"}
HELD = [payload for payload in PAYLOADS if "\0" not in payload and "\r" not in payload]
"""A CSV whose header holds NUL or a bare carriage return is refused; as values they are read."""


def as_csv(names, rows):
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerow(names)
    writer.writerows(rows)
    return stream.getvalue().encode()


def as_geojson(properties, coordinates=(46.9274, 39.991)):
    geometry = {"type": "Point", "coordinates": coordinates}
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def upload(page, app_url, ending, content):
    page.goto(f"{app_url}?panel=points")
    page.wait_for_selector("path[data-controller]", state="attached")
    open_server(page)
    page.set_input_files(SERVER, {"name": NAME + ending, "mimeType": "text/plain", "buffer": content})


def taken(page):
    """What the page gives back: the table, as a spreadsheet would read it."""
    confirm(page)
    page.wait_for_selector(".atlas-own-points", state="attached")
    rest(page)
    clean(page)
    said = text_of(page)
    assert "Traceback" not in said
    assert "This part of the page failed" not in said
    assert "evaluatedevaluated" not in said
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the table").click()
    content = Path(waiting.value.path()).read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content, newline="")))
    assert not [one for row in rows[1:] for one in row if one.startswith(STARTS) and one != cell(one)]
    return rows


def test_names_and_values_of_a_csv(page, app_url):
    values = [*PAYLOADS, LONG]
    rows = [[value, *reversed(HELD), *WHERE.values()] for value in values]
    upload(page, app_url, "csv", as_csv(["what", *HELD, *WHERE], rows))
    head, *table = taken(page)
    assert head[: len(HELD) + 1] == [cell(name.strip()) for name in ["what", *HELD]]
    assert [row[: len(HELD) + 1] for row in table] == [[cell(one) for one in row[: len(HELD) + 1]] for row in rows]
    expect(page.get_by_text(f"{len(rows)} rows: {len(rows)} placed")).to_be_visible()


def test_names_and_values_of_a_geojson(page, app_url):
    """JSON can hold all of it, NUL too; what is not text in it is written as JSON."""
    nested = {"a": list(PAYLOADS)}
    upload(
        page,
        app_url,
        "geojson",
        as_geojson({**{name: name for name in PAYLOADS}, "nested": nested, "date": WHERE["date"]}),
    )
    head, row = taken(page)
    held = dict(zip(head, row, strict=True))
    assert {cell(name): cell(name) for name in PAYLOADS}.items() <= held.items()
    assert json.loads(held["nested"]) == nested


def test_positions_and_dates_that_are_none(page, app_url):
    """They are refused row by row; the reasons are shown as text."""
    rows = [[payload, payload, payload] for payload in PAYLOADS]
    upload(page, app_url, "csv", as_csv(list(WHERE), [*rows, list(WHERE.values())]))
    table = taken(page)
    assert len(table) == len(rows) + 2
    assert [row[:3] for row in table[1:-1]] == [[cell(one) for one in row] for row in rows]
    expect(page.get_by_text(f"{len(rows) + 1} rows: 1 placed")).to_be_visible()


def test_columns_with_hostile_names_can_be_chosen(page, app_url):
    """No name says what the columns hold: the reader chooses among the hostile ones."""
    names = ["<img src=x onerror=window.ran=1>", "{{ 7*7 }}", "[a](javascript:window.ran=1)"]
    upload(page, app_url, "csv", as_csv(names, [list(WHERE.values())]))
    page.get_by_text("Choose the column of: Latitude, Longitude, Date.").wait_for()
    for label, name in zip(("Latitude", "Longitude", "Date"), names, strict=True):
        page.get_by_role("combobox", name=label).click()
        page.get_by_role("option", name=name, exact=True).click()
        clean(page)
    assert taken(page)[0][:3] == names


@pytest.mark.parametrize(
    ("ending", "content", "said"),
    [
        ("csv", as_csv([PAYLOADS[9], *WHERE], []), "NUL bytes"),
        ("csv", as_csv(["first\rsecond", *WHERE], []), "carriage returns"),
        ("csv", as_csv(list(range(101)), []), "101 columns"),
        ("geojson", as_geojson({"half \ud800 a letter": 1, **WHERE}), "incomplete character"),
        ("geojson", as_geojson({}).replace(b'"FeatureCollection"', b'"<img src=x onerror=window.ran=1>"'), "<img src=x"),
        ("geojson", as_geojson({}).replace(b'"type"', b'"crs": "{{7*7}}[a](javascript:b)", "type"', 1), "{{7*7}}[a]"),
        ("json", b'{"__proto__": {"ran": 1}, "type": 7}', "not a FeatureCollection"),
        ("csv", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', "XML"),
    ],
    ids=["NUL", "line break", "columns", "incomplete character", "kind", "reference system", "prototype", "XML"],
)  # fmt: skip
def test_what_can_not_be_read_is_refused_in_a_sentence(page, app_url, ending, content, said):
    upload(page, app_url, ending, content)
    alert = page.get_by_test_id("stAlert")
    expect(alert).to_contain_text(said)
    for programmers in ("Traceback", "Error"):
        expect(alert).not_to_contain_text(programmers)
    clean(page)
    expect(page.locator(".atlas-own-points")).to_have_count(0)

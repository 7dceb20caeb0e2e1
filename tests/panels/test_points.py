"""The panel of the reader's own points, without a browser: what it makes of an upload."""

import re

import geopandas as gpd
import numpy as np
import pytest
from shapely import Point

from layers.data import atlas_data
from layers.map import points_kit
from layers.wording import wording
from panels import points, points_words
from tests.event_lists import SURE, event_lists

EN = wording().tr
USUAL = {"lat": "lat", "lon": "lon", "date": "date", "order": None}
EXAMPLE = points_kit.EXAMPLE.read_bytes()


def test_columns_are_found_by_their_names():
    opened = points.look(EXAMPLE, "made-up.csv")
    assert opened.found == {"lat": "lat", "lon": "lon", "date": "date", "date_end": None, "place": None}
    assert opened.first.num_rows == 5
    assert opened.error is None


def test_a_geojson_brings_its_own_position():
    feature = '{"type":"Feature","properties":{"day":"2020-11-20"},"geometry":{"type":"Point","coordinates":[46.9274,39.991]}}'
    content = f'{{"type":"FeatureCollection","features":[{feature}]}}'.encode()
    opened = points.look(content, "x.geojson")
    assert opened.geometry
    placed = points.place(content, "x.geojson", {**opened.found, "order": None})
    assert placed.summary.controllers == {"azerbaijan": 1}
    assert placed.drawn == {"lat": [3999100], "lon": [4692740], "day": [18586], "certain": [1], "holder": [0]}


def test_a_geoparquet_is_placed_by_its_geometry(tmp_path):
    frame = gpd.GeoDataFrame({"day": ["2020-11-20"]}, geometry=[Point(46.9274, 39.991)], crs=4326)
    frame.to_parquet(tmp_path / "x.parquet")
    content = (tmp_path / "x.parquet").read_bytes()
    opened = points.look(content, "x.parquet")
    assert opened.geometry
    placed = points.place(content, "x.parquet", {**opened.found, "order": None})
    assert placed.summary.controllers == {"azerbaijan": 1}
    assert "geometry" not in points.first_rows(placed, wording())
    assert points.look(b"lat,lon\n", "x.parquet").error == "the file is called .parquet but is not a Parquet file."


@pytest.mark.parametrize("name", SURE)
def test_the_server_takes_the_codes_of_the_great_data_sets_too(name):
    opened = points.look(event_lists()[name], name)
    placed = points.place(event_lists()[name], name, {**opened.found, "order": None})
    assert [str(one).lower() for one in placed.table["certain"].to_pylist()] == SURE[name]


def test_counts_add_up():
    placed = points.place(EXAMPLE, "made-up.csv", USUAL)
    assert placed.summary.rows == 400
    assert points.by_controller(placed, wording())["Points"].sum() == placed.summary.placed
    assert sum(row["points"] for row in points.by_month(placed, wording())["layer"][0]["data"]["values"]) == 397
    assert points.by_clause(placed, atlas_data(), EN)["Points"].iloc[-1] < placed.summary.placed
    assert (np.diff(placed.drawn["day"]) >= 0).all()
    assert len(placed.drawn["lat"]) == 397


def test_an_upload_beyond_the_limits_is_said_to_be():
    assert "bytes" in points.look(b"x" * (points.LIMITS.size + 1), "x.csv").error
    rows = b"lat,lon,date\n" + b"40,46,2020-11-20\n" * (points.LIMITS.rows + 1)
    assert "more than 200,000 rows" in points.place(rows, "x.csv", USUAL)


@pytest.mark.parametrize("name", ["x.gpkg", "../../etc/passwd", "x.vrt", "", "x.csv.gz"])
def test_the_name_of_an_upload_opens_nothing(name):
    assert points.look(b"<OGRVRTDataSource/>", name).error.startswith("the file is XML")
    found = points.look(b"lat,lon,date\n40,46,2020\n", name).found
    assert (found["lat"], found["lon"], found["date"]) == ("lat", "lon", "date")


def test_only_the_latest_upload_is_kept_in_the_session(monkeypatch):
    session = {}
    monkeypatch.setattr(points.st, "session_state", session)
    assert points.remembered("k", "one", lambda: 1) == 1
    assert points.remembered("k", "one", lambda: 2) == 1
    assert points.remembered("k", "two", lambda: 3) == 3
    assert session == {"k": ("two", 3)}


def test_the_reasons_of_the_example_are_said_in_the_readers_language():
    placed = points.place(EXAMPLE, "made-up.csv", USUAL)
    assert placed.summary.reasons
    assert set(placed.summary.reasons) <= set(points_words.REASONS)


@pytest.mark.parametrize("row", ["95,46,2020-11-20", ",46,2020-11-20", "40,x,2020-11-20", "40,46,", "40,46,x", "40,46,31.02.2021", "40,46,03/04/2020", "40,46,1990-01-01", "0,0,2020-11-20", "40,200,2020-11-20"])  # fmt: skip
def test_a_common_fault_has_a_reason_that_is_translated(row):
    placed = points.place(f"lat,lon,date\n{row}\n".encode(), "x.csv", USUAL)
    assert placed.summary.reasons, row
    assert set(placed.summary.reasons) <= set(points_words.REASONS)


def test_a_list_in_russian_is_found_and_its_precision_can_be_switched_off():
    content = "Дата;Широта;Долгота;geo_precision\n18.11.2020;39,991;46,9274;3\n".encode("cp1251")
    opened = points.look(content, "x.csv")
    assert (opened.found["lat"], opened.found["lon"], opened.found["date"]) == ("Широта", "Долгота", "Дата")
    assert "cp1251" in opened.messages[0]
    settings = {**opened.found, "order": None}
    assert points.place(content, "x.csv", settings).summary.uncertain == 1
    assert points.place(content, "x.csv", {**settings, "precision": False}).summary.uncertain == 0


def test_rows_with_a_problem_are_told_by_their_number():
    placed = points.place(b"lat,lon,date\n40,46,2020-11-20\n95,46,2020-11-20\n", "x.csv", USUAL)
    assert [row["Row"] for row in points.problem_rows(placed, wording().tr)] == [2]


def test_what_is_wrong_with_a_row_is_said_in_the_readers_language_with_what_it_quotes():
    placed = points.place("lat,lon,date\n40,46,“never”\n40,,2020-11-20\n".encode(), "x.csv", USUAL)
    said = [row["Замечание"] for row in points.problem_rows(placed, wording("ru").tr)]
    assert said[0].startswith("дата ““never”” не читается")
    assert said[1] == "нет долготы"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.csv", b""),
        ("x.csv", b"lat,lon,date\n"),
        ("x.csv", b"%PDF-1.7"),
        ("x.csv", b"<kml/>"),
        ("x.csv", b"\x1f\x8b\x08" + b"\0" * 40),
        ("x.csv", b"PK\x03\x04" + b"\0" * 40),
        ("x.csv", ",".join(map(str, range(200))).encode() + b"\n1\n"),
        ("x.geojson", b'{"type": "Topology"}'),
        ("x.geojson", b"lat,lon"),
        ("x.geojson", b'{"type":"FeatureCollection","features":[' + b"[" * 50 + b"]" * 50 + b"]}"),
        ("x.geojson", b'{"type":"FeatureCollection","features":[]}'),
    ],
)
@pytest.mark.parametrize("lang", ["az", "hy", "ru"])
def test_a_list_that_cannot_be_used_is_refused_in_the_readers_language(lang, name, content):
    error = points.look(content, name).error
    said = points_words.fault(error, wording(lang))
    assert said != error
    assert not re.search(r"\{\w+\}", said)
    assert points_words.fault(error, wording()) == error


def test_figures_of_a_refusal_are_written_as_the_language_does():
    w = wording("ru")
    assert points_words.fault("the file has more than 50,000 rows: split it.", w).count(w.number(50_000)) == 1


def test_the_table_names_holders_in_the_reader_s_words():
    placed = points.place(EXAMPLE, "made-up.csv", USUAL)
    rows = points.first_rows(placed, wording("ru"))
    assert {"Азербайджан", "Армения"} <= set(rows["controller"].dropna())
    assert "azerbaijan" not in {*rows["controller"], *rows["or"], *rows["sovereign"]}
    assert "azerbaijan" in placed.table["controller"].to_pylist(), "the download keeps its ids"


def test_a_note_on_the_code_page_is_in_the_reader_s_language():
    message = "The file is not UTF-8. By its letters it is cp1251 (Windows, Cyrillic) and is read so: look at the names in the result."
    assert points.said(message, wording("ru").tr).startswith("Файл не в UTF-8. Судя по буквам, это cp1251")
    assert points.said("The file has 3 sheets.", wording("ru").tr) == "The file has 3 sheets."

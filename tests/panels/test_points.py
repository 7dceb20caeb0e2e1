"""The panel of the reader's own points, without a browser: what it makes of an upload."""

import re

import geopandas as gpd
import numpy as np
import pytest
from shapely import Point

from layers.atlas import atlas_data
from layers.map import points_kit
from layers.wording import wording
from panels import points, points_table
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
    assert "geometry" not in points.first_rows(placed, atlas_data(), wording())
    assert str(points.look(b"lat,lon\n", "x.parquet").error) == "the file is called .parquet but is not a Parquet file."


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
    assert "bytes" in str(points.look(b"x" * (points.LIMITS.size + 1), "x.csv").error)
    rows = b"lat,lon,date\n" + b"40,46,2020-11-20\n" * (points.LIMITS.rows + 1)
    assert "more than 200,000 rows" in str(points.place(rows, "x.csv", USUAL))


@pytest.mark.parametrize("name", ["x.gpkg", "../../etc/passwd", "x.vrt", "", "x.csv.gz"])
def test_the_name_of_an_upload_opens_nothing(name):
    assert str(points.look(b"<OGRVRTDataSource/>", name).error).startswith("the file is XML")
    found = points.look(b"lat,lon,date\n40,46,2020\n", name).found
    assert (found["lat"], found["lon"], found["date"]) == ("lat", "lon", "date")


def test_only_the_latest_upload_is_kept_in_the_session(monkeypatch):
    session = {}
    monkeypatch.setattr(points.st, "session_state", session)
    assert points.remembered("k", "one", lambda: 1) == 1
    assert points.remembered("k", "one", lambda: 2) == 1
    assert points.remembered("k", "two", lambda: 3) == 3
    assert session == {"k": ("two", 3)}


def in_words(said, lang):
    """A sentence in a language, which is not the English one and has no name of a value left."""
    told = wording(lang).said(said)
    assert told != str(said)
    assert not re.search(r"\{\w+\}", told)
    return told


@pytest.mark.parametrize("row", ["95,46,2020-11-20", ",46,2020-11-20", "40,x,2020-11-20", "40,46,", "40,46,x", "40,46,31.02.2021", "40,46,03/04/2020", "40,46,1990-01-01", "0,0,2020-11-20", "40,200,2020-11-20", "4000000,500000,2020-11-20", "40,46", "40,46,2020-11-20,more", '40,46,"2020-11-20', "40,46,44155", "40,46,2021/2020"])  # fmt: skip
@pytest.mark.parametrize("lang", ["az", "hy", "ru"])
def test_what_is_wrong_with_a_row_has_its_words_in_every_language(lang, row):
    placed = points.place(f"lat,lon,date\n{row}\n".encode(), "x.csv", USUAL)
    assert placed.summary.reasons, row
    for kind in placed.summary.reasons:
        in_words(kind, lang)
    (problem,) = points.problem_rows(placed, wording(lang))
    assert list(problem.values())[1] != placed.table["problem"][0].as_py()


def test_every_reason_of_the_example_has_its_words():
    placed = points.place(EXAMPLE, "made-up.csv", USUAL)
    assert placed.summary.reasons
    for kind in placed.summary.reasons:
        in_words(kind, "hy")


def test_a_list_in_russian_is_found_and_its_precision_can_be_switched_off():
    content = "Дата;Широта;Долгота;geo_precision\n18.11.2020;39,991;46,9274;3\n".encode("cp1251")
    opened = points.look(content, "x.csv")
    assert (opened.found["lat"], opened.found["lon"], opened.found["date"]) == ("Широта", "Долгота", "Дата")
    assert "cp1251" in str(opened.messages[0])
    settings = {**opened.found, "order": None}
    assert points.place(content, "x.csv", settings).summary.uncertain == 1
    assert points.place(content, "x.csv", {**settings, "precision": False}).summary.uncertain == 0


def test_rows_with_a_problem_are_told_by_their_number():
    placed = points.place(b"lat,lon,date\n40,46,2020-11-20\n95,46,2020-11-20\n", "x.csv", USUAL)
    assert [row["Row"] for row in points.problem_rows(placed, wording())] == [2]


def test_what_is_wrong_with_a_row_is_said_in_the_readers_language_with_what_it_quotes():
    placed = points.place("lat,lon,date\n40,46,“never”\n40,,2020-11-20\n".encode(), "x.csv", USUAL)
    said = [row["Замечание"] for row in points.problem_rows(placed, wording("ru"))]
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
    in_words(error, lang)
    assert wording().said(error) == str(error)


def test_figures_of_a_refusal_are_written_as_the_language_does():
    w = wording("ru")
    said = points.place(b"lat,lon,date\n" + b"40,46,2020-11-20\n" * (points.LIMITS.rows + 1), "x.csv", USUAL)
    assert w.said(said).count(w.number(200_000)) == 1


def test_the_table_and_the_readable_file_are_in_the_reader_s_words():
    content = (
        b"lat,lon,date,\xd0\x97\xd0\xbe\xd0\xbd\xd1\x8b,geo_precision\n39.991,46.9274,2020-11-20,a,2\n40,46,x,b,1\n"
    )
    placed = points.place(content, "x.csv", USUAL)
    w = wording("ru")
    rows = points.first_rows(placed, atlas_data(), w)
    assert "Азербайджан" in set(rows["controller"].dropna())
    assert "azerbaijan" not in rows.drop(columns="date").to_csv()
    assert placed.table["controller"].to_pylist() == ["azerbaijan", None], "the download for programs keeps its ids"
    head, first, second = points.readable(placed, atlas_data(), w).decode("utf-8-sig").splitlines()
    assert head.startswith('"lat","lon","date","Зоны","geo_precision","Контроль",')
    assert '"Зоны (zones)"' in head, "a column of the list that is called so too is told apart"
    assert "Агдамский район" in first
    assert "дата “x” не читается" in second
    assert set(points_table.HEADS) >= set(placed.columns.added)


def test_a_note_on_the_code_page_is_in_the_reader_s_language():
    content = "Дата;Широта;Долгота\n18.11.2020;39,991;46,9274\n".encode("cp1251")
    (message,) = points.look(content, "x.csv").messages
    assert wording("ru").said(message).startswith("Файл не в UTF-8. Судя по буквам, это cp1251 (Windows, кириллица)")

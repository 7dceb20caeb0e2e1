"""The files of several days and of the history, opened by programs that share no code with what wrote them."""

import io
import sqlite3
from pathlib import Path

import duckdb
import duckdb_extension_spatial
import geoparquet_validator
import pytest
import shapefile
import shapely
from fastkml.kml import KML
from fastkml.validator import validate
from pyproj import Geod

from geodata.columns import columns_of
from geodata.dates import parse_day
from layers.export import export
from layers.export.rows import rows_of
from layers.export.shapefile import SHORT
from tests.layers.sheets import world

DAYS = ("1994-05-12", "2020-10-20", "2020-11-19", "2020-11-20", "2020-11-25", "2022-08-30", "2023-09-25", "2026-06-08")
STATES = [*((day, False) for day in DAYS), ("2026-06-08", True)]


@pytest.fixture(params=STATES, ids=lambda state: "history" if state[1] else state[0])
def state(request):
    return request.param


def expected(state):
    record, ground = world()
    return rows_of(record, ground, parse_day(state[0]), history=state[1])


def written(tmp_path, state, fmt):
    record, ground = world()
    path = tmp_path / f"x.{fmt}"
    path.write_bytes(export(state[0], record, ground, fmt, history=state[1]))
    return path


def test_shapefile_by_pyshp(tmp_path, state):
    rows = expected(state)
    path = written(tmp_path, state, "zip")
    for kind, group in rows.items():
        with shapefile.Reader(f"{path}/{kind}.shp", encoding="utf-8") as reader:
            names = [field[0] for field in reader.fields if field[0] != "DeletionFlag"]
            assert names == [SHORT.get(column.name, column.name) for column in columns_of(kind)]
            assert len(reader) == len(group)
            for found, row in zip(reader.records(), group, strict=True):
                assert found["feature_id"] == row["feature_id"]
                assert (found["name_hy"] or None) == row["name_hy"]
                assert found["since"].isoformat() == row["since"]
                assert (found["until"].isoformat() if found["until"] else None) == row["until"]


def test_kml_by_fastkml_against_the_schema(tmp_path, state):
    rows = expected(state)
    path = written(tmp_path, state, "kml")
    assert validate(file_to_validate=path)
    document = KML.parse(path).features[0]
    found = {folder.name: len(folder.features) for folder in document.features}
    assert sum(found.values()) == sum(map(len, rows.values()))


@pytest.fixture(scope="module")
def duck():
    """DuckDB with its spatial extension, from the package and not from the network."""
    path = Path(duckdb_extension_spatial.__file__).parent / f"extensions/v{duckdb.__version__}/spatial.duckdb_extension"
    connection = duckdb.connect()
    connection.execute(f"LOAD '{path}'")
    return connection


def test_geoparquet_by_duckdb(tmp_path, state, duck):
    rows = expected(state)
    path = written(tmp_path, state, "parquet")
    types = dict(row[:2] for row in duck.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall())
    assert types["since"] == types["until"] == types["as_of"] == "DATE"
    assert types["geometry"].startswith("GEOMETRY")
    told = duck.execute(
        f"SELECT feature_id, controller, since, ST_AsText(geometry), ST_IsValid(geometry) FROM '{path}' WHERE kind = 'control' ORDER BY 1"
    ).fetchall()
    geod = Geod(ellps="WGS84")
    control = sorted(rows["control"], key=lambda row: row["feature_id"])
    assert [(name, holder, day.isoformat()) for name, holder, day, *_ in told] == [
        (row["feature_id"], row["controller"], row["since"]) for row in control
    ]
    for (*_, words, valid), row in zip(told, control, strict=True):
        assert valid
        assert abs(geod.geometry_area_perimeter(shapely.from_wkt(words))[0]) / 1e6 == pytest.approx(
            row["km2"], rel=2e-3
        )


def test_geoparquet_by_its_validator(tmp_path, state):
    report = geoparquet_validator.check(str(written(tmp_path, state, "parquet")))
    assert {part: geoparquet_validator.failed(report, part) for part in ("core", "covering")} == {
        "core": [],
        "covering": [],
    }
    assert any(outcome["status"] == "pass" for outcome in report["outcomes"])


@pytest.mark.parametrize("fmt", ["geojson", "fgb", "csv"])
def test_one_table_by_duckdb(tmp_path, state, duck, fmt):
    """Counts, holders, dates and names of all kinds of feature, and the area of the ground."""
    rows = [(kind, row) for kind, group in expected(state).items() for row in group]
    path = written(tmp_path, state, fmt)
    source, shape = {
        "geojson": (f"ST_Read('{path}')", "geom"),
        "fgb": (f"ST_Read('{path}')", "geom"),
        "csv": (f"read_csv('{path}', all_varchar=true)", "try(ST_GeomFromText(wkt))"),
    }[fmt]
    told = duck.execute(
        f"SELECT kind, feature_id, controller, CAST(since AS VARCHAR), CAST(until AS VARCHAR), name_hy, ST_AsText({shape}) FROM {source}"
    ).fetchall()
    names = ("feature_id", "controller", "since", "until", "name_hy")
    assert sorted(row[:6] for row in told) == sorted((kind, *(row[name] for name in names)) for kind, row in rows)
    areas = {(row[0], row[1]): shapely.from_wkt(row[6]) for row in told if row[6]}
    geod = Geod(ellps="WGS84")
    for kind, row in rows:
        if kind == "control" and (kind, row["feature_id"]) in areas:
            km2 = abs(geod.geometry_area_perimeter(areas[kind, row["feature_id"]])[0]) / 1e6
            assert km2 == pytest.approx(row["km2"], rel=2e-3)


def test_geopackage_by_sqlite_alone(tmp_path, state):
    rows = expected(state)
    path = written(tmp_path, state, "gpkg")
    with sqlite3.connect(path) as connection:
        kinds = {kind: ("history" if state[1] and kind == "control" else kind) for kind in rows}
        for kind, layer in kinds.items():
            found = connection.execute(f"SELECT feature_id, since, until FROM {layer} ORDER BY fid").fetchall()
            assert found == [(row["feature_id"], row["since"], row["until"]) for row in rows[kind]]
        ids = {
            row[0] for row in connection.execute("SELECT id FROM sources WHERE address LIKE 'http%' OR address IS NULL")
        }
        assert len(ids) == len(world()[0].sources)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA user_version").fetchone() == (10300,)
    assert io.BytesIO(path.read_bytes()).read(15) == b"SQLite format 3"

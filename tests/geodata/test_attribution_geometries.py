"""GeoJSON, GeoPackage and GeoParquet of points: every feature is a row with its properties, or a reason."""

import json
import sqlite3

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from tests.geodata.attribution_files import collection, feature, frame, place, refused, write


def test_geojson_rows_keep_all_properties(tmp_path):
    line = {
        "type": "Feature",
        "properties": {"date": "2020-11-20", "n": 5},
        "geometry": {"type": "LineString", "coordinates": [[1, 2], [3, 4]]},
    }
    path = write(
        tmp_path,
        collection(
            feature(46.9274, 39.991, n=1, tags=["a", "b"]),
            line,
            feature("x", 1),
            feature(46.9, 39.9, own_lat="own"),
            {"no": 1},
        ),
        "p.geojson",
    )
    rows, summary = place(path)
    assert [row["n"] for row in rows] == [1, 5, None, None, None]
    assert rows[0]["tags"] == '["a", "b"]'
    assert (rows[0]["geometry_lat"], rows[3]["lat"]) == (39.991, "own")
    assert [bool(row["problem"]) for row in rows] == [False, True, True, False, True]
    assert "only points" in rows[1]["problem"]
    assert summary.unreadable == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            collection(feature(1, 1), crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::99999"}}),
            "EPSG::99999",
        ),
        (collection(), "no feature"),
        ('{"type": "Feature"}', "no column is called date"),
        ('{"type": "FeatureCollection", "features": [', "ends too early"),
        ('{"type": "FeatureCollection", "features": [}]', "not GeoJSON"),
        ("[" * 100_000, "GeoJSON"),
        ('{"type": "FeatureCollection", "features": [' + '{"a":' * 100_000, "refused"),
        (collection(feature(46, 40, deep=json.loads("[" * 60 + "]" * 60))), "deeper than 32"),
        (collection(feature(46, 40, long="x" * 200_000)), "longer than"),
        (collection(feature(46, 40)).encode().replace(b"2020", b"\xff\xfe20"), "UTF-8"),
        (collection(feature(46, 40)) + "{}", "follows after"),
        ("null", "not GeoJSON"),
        ("  ", "empty"),
    ],
)
def test_bad_geojson_is_named(tmp_path, content, said):
    assert said in refused(write(tmp_path, content, "p.geojson"))


def test_geojson_longer_than_the_window_is_read_whole(tmp_path):
    many = [feature(43.5 + i % 700 / 100, 38.5 + i % 300 / 100, n=i, text="ə" * (i % 50)) for i in range(30_000)]
    rows, summary = place(write(tmp_path, collection(*many), "p.geojson"))
    assert [row["n"] for row in rows] == list(range(30_000))
    assert summary.unreadable == 0


def test_geopackage_and_geoparquet_give_what_csv_gives(tmp_path):
    frame().to_file(tmp_path / "p.gpkg", layer="points")
    frame().to_parquet(tmp_path / "p.parquet")
    csv = "name,n,date,lat,lon\n" + "".join(
        f"{r.name or ''},{r.n},{r.date},{r.geometry.y},{r.geometry.x}\n" for r in frame().itertuples(index=False)
    )
    want, _ = place(write(tmp_path, csv))
    for name in ("p.gpkg", "p.parquet"):
        rows, summary = place(tmp_path / name)
        assert summary.unreadable == 0
        for row, other in zip(rows, want, strict=True):
            assert {key: row[key] for key in ("controller", "zones", "edge_m", "certain", "outside", "n")} == {
                **{key: other[key] for key in ("controller", "zones", "edge_m", "certain", "outside")},
                "n": int(other["n"]),
            }


def test_a_view_in_a_geopackage_is_not_run(tmp_path):
    frame().to_file(tmp_path / "p.gpkg", layer="points")
    with sqlite3.connect(tmp_path / "p.gpkg") as base:
        base.execute("PRAGMA writable_schema = ON")
        base.execute("ALTER TABLE points RENAME TO hidden")
        base.execute(
            "CREATE VIEW points AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS fid, NULL AS geom FROM n"
        )
        base.execute("UPDATE gpkg_contents SET table_name = 'points'")
        base.execute("UPDATE gpkg_geometry_columns SET table_name = 'points'")
    assert "no table of features" in refused(tmp_path / "p.gpkg")


def test_damaged_geometries_are_counted(tmp_path):
    geometry = [None, b"nonsense", frame().geometry.iloc[0].wkb, frame().geometry.iloc[0].buffer(1).wkb]
    table = pa.table({"date": ["2020-11-20"] * 4, "geometry": geometry})
    heading = {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {"geometry": {"encoding": "WKB", "geometry_types": []}},
    }
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(heading)}), tmp_path / "p.parquet")
    rows, summary = place(tmp_path / "p.parquet")
    assert [row["controller"] for row in rows] == [None, None, "azerbaijan", None]
    assert summary.unreadable == 3

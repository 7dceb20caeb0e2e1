"""Files made to crash, hang or fill the machine: each is placed or refused in a sentence, with bounded work and memory."""

import gzip
import io
import json
import os
import sqlite3
import struct
import subprocess
import sys
import threading
import time

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.attribution.budget import Budget, InputError, StoppedError
from geodata.attribution.columns import choose
from geodata.attribution.local import placed
from geodata.attribution.reading import Limits, open_source, open_stream
from geodata.attribution.wkb_points import read_points
from geodata.ground import load_ground
from tests.geodata.attribution_files import (
    GOOD,
    HEAD,
    collection,
    command,
    feature,
    frame,
    place,
    refused,
    write,
)

PAGE = Limits(size=10 * 2**20, rows=50_000, columns=100, member=32 * 1024, depth=16)
WIDE = ",".join(["lat", "lon", "date", *(f"c{number}" for number in range(97))]) + "\n"


def work(content, limits=PAGE, ending=".csv"):
    """Processor time that opening and reading a file takes, however it ends."""
    start = time.thread_time()
    try:
        for _ in open_stream(io.BytesIO(content), ending, len(content), limits).chunks():
            pass
    except InputError:
        pass
    return time.thread_time() - start


@pytest.mark.parametrize(
    "lines",
    [
        lambda n: b'"' + b"\n" * n,
        lambda n: HEAD.encode() + b'x","\n' * n,
        lambda n: HEAD.encode() + b'"""\n' * n,
        lambda n: HEAD.encode() + b'"\n' * n,
        lambda n: WIDE.encode() + b"1\n" * n,
        lambda n: WIDE.encode() + b'"1\n2"\n' * n,
        lambda n: b",".join([b"a"] * (n // 100)) + b"\n",
    ],
    ids=["quote and line ends", "always open", "three quotes", "one quote", "short lines", "short broken", "one name"],
)
def test_work_grows_with_the_file_and_no_faster(lines):
    """Eight times the lines take about eight times the work: squares would be 64 times."""
    endless = Limits(columns=10**6, member=PAGE.member)
    few, many = (min(work(lines(n), endless) for _ in range(2)) for n in (5_000, 40_000))
    assert many < 24 * max(few, 0.01)


PEAK = """
import io, resource, sys
from geodata.attribution.reading import InputError, open_stream
from tests.geodata.test_attribution_hostile import PAGE
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
content = open(sys.argv[1], "rb").read()
before = peak()
try:
    for chunk in open_stream(io.BytesIO(content), sys.argv[2], len(content), PAGE).chunks(): pass
except InputError as error: print(error, file=sys.stderr)
print(peak() - before)
"""


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (WIDE + "1\n" * 4_000_000, ".csv"),
        (WIDE + '"1\n2"\n' * 1_000_000, ".csv"),
        (HEAD + "12\n" * 3_000_000, ".csv"),
        (HEAD + "\n" * 8_000_000, ".csv"),
        ('{"type":"FeatureCollection","features":[' + "0," * 4_000_000 + "0]}", ".geojson"),
        ('{"type":"FeatureCollection",' + '"a":1,' * 1_000_000 + '"features":[]}', ".geojson"),
    ],
    ids=["short lines", "quoted breaks", "many short", "empty lines", "no features", "members"],
)
def test_memory_is_bounded_by_the_limits(tmp_path, content, ending):
    """Eight megabytes of the cheapest lines: they took gigabytes."""
    path = write(tmp_path, content)
    done = subprocess.run([sys.executable, "-c", PEAK, str(path), ending], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 150, done.stderr


def test_time_and_memory_have_a_budget_and_the_work_ends_with_its_reader(tmp_path):
    content = (HEAD + GOOD * 300_000).encode()

    def run(budget):
        source = open_stream(io.BytesIO(content), ".csv", len(content), Limits(), budget)
        for part, _ in placed(load_ground(), source, choose(source), workers=1):
            budget.keep(part.table.nbytes)

    with pytest.raises(InputError, match=r"more than 0\.001 seconds of work: split it"):
        run(Budget(seconds=0.001))
    with pytest.raises(InputError, match="take more than 1 MB: split it"):
        run(Budget(memory=2**20))
    gone = threading.Event()
    gone.set()
    with pytest.raises(StoppedError, match="its reader has left"):
        run(Budget(stop=gone.is_set))
    run(Budget(seconds=600, memory=2**30, stop=threading.Event().is_set))


def heading(**column):
    own = {"encoding": "WKB", "geometry_types": [], **column}
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": own}}


def write_parquet(path, table, about=None):
    if about is not None:
        table = table.replace_schema_metadata({"geo": json.dumps(about)})
    pq.write_table(table, path)
    return path


def nested(depth):
    """Geometry collections within each other, as a general reader follows them until its stack ends."""
    return b"".join(struct.pack("<BII", 1, 7, 1) for _ in range(depth)) + shapely.Point(1, 2).wkb


def test_geometries_that_crash_a_general_reader_are_counted(tmp_path):
    geometry = [
        nested(100_000),
        b"",
        b"\x01",
        b"\x01\x01\x00\x00\x00",
        shapely.Point().wkb,
        shapely.Point(46.9274, 39.991).wkb,
    ]
    table = pa.table({"date": ["2020-11-20"] * 6, "geometry": geometry})
    done = command(write_parquet(tmp_path / "p.parquet", table, heading()), "--out", tmp_path / "out.parquet")
    assert done.returncode == 0, done.stderr
    problems = [row["problem"] for row in pq.read_table(tmp_path / "out.parquet").to_pylist()]
    assert problems == [
        "its geometry is not a point: only points can be placed",
        *["its geometry is damaged"] * 3,
        "its point is empty",
        None,
    ]


@given(
    st.floats(-180, 180),
    st.floats(-90, 90),
    st.sampled_from(["iso", "extended"]),
    st.integers(0, 1),
    st.integers(2, 4),
    st.booleans(),
)
def test_points_are_read_as_geos_reads_them(x, y, flavor, order, axes, srid):
    point = shapely.Point(*(x, y, 7.0)[: min(axes, 3)])
    if srid and flavor == "extended":
        point = shapely.set_srid(point, 4326)
    raw = shapely.to_wkb(
        point, byte_order=order, flavor=flavor, output_dimension=3, include_srid=srid and flavor == "extended"
    )
    lat, lon, reasons = read_points(pa.array([None, raw, b"garbage", raw]).slice(1))
    assert (lat[0], lon[0], lat[2], lon[2]) == (y, x, y, x)
    assert [bool(code) for code in reasons.codes] == [False, True, False]


@given(st.binary(max_size=60), st.sampled_from([pa.binary(), pa.large_binary(), pa.binary_view()]))
def test_any_bytes_are_a_point_or_have_a_reason(raw, kind):
    lat, lon, reasons = read_points(pa.array([raw, None], kind))
    assert (lat[0] == lat[0] and lon[0] == lon[0]) != bool(reasons.codes[0])
    assert reasons.codes[1]


def test_an_empty_point_of_a_geopackage_is_counted(tmp_path):
    points = gpd.GeoSeries([shapely.Point(46.9274, 39.991), shapely.Point(), None], crs=4326)
    gpd.GeoDataFrame({"date": ["2020-11-20"] * 3}, geometry=points).to_file(tmp_path / "p.gpkg")
    rows, summary = place(tmp_path / "p.gpkg")
    assert [row["problem"] for row in rows] == [None, "its point is empty", "it has no geometry"]
    assert summary.unreadable == 2


def change(path, *statements):
    base = sqlite3.connect(path)
    for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        base.execute(f"DROP TRIGGER {name}")  # they call functions that only GDAL has
    for statement in statements:
        base.execute(statement)
    base.commit()
    base.close()
    return path


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT 'p' AS table_name, 'geom' AS column_name, 'features' AS data_type, 4326 AS srs_id FROM n"


@pytest.mark.parametrize("name", ["gpkg_contents", "gpkg_geometry_columns"])
def test_a_view_that_never_ends_is_not_asked(tmp_path, name):
    frame().to_file(tmp_path / "p.gpkg")
    change(tmp_path / "p.gpkg", f"DROP TABLE {name}", f"CREATE VIEW {name} AS {ENDLESS}")
    assert f"{name} is not a table" in refused(tmp_path / "p.gpkg")


def test_a_geopackage_without_its_geometry_column_is_named(tmp_path):
    frame().to_file(tmp_path / "p.gpkg")
    change(tmp_path / "p.gpkg", "UPDATE gpkg_geometry_columns SET column_name = 'nosuch'")
    assert "has no column “nosuch”" in refused(tmp_path / "p.gpkg")


def test_work_of_sqlite_ends_with_the_budget(tmp_path):
    """Also what SQLite does by itself before the first row comes."""
    frame().to_file(tmp_path / "p.gpkg")
    rows = "INSERT INTO p (date) WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 200000) SELECT 'x' FROM n"
    change(tmp_path / "p.gpkg", rows)
    with pytest.raises(InputError, match="seconds of work"):
        open_source(tmp_path / "p.gpkg", budget=Budget(seconds=0.001))
    with pytest.raises(StoppedError):
        open_source(tmp_path / "p.gpkg", budget=Budget(stop=lambda: True))


LARGE = 2**53 + 1


def test_whole_numbers_that_a_fraction_can_not_hold_stay_what_they_are(tmp_path):
    path = write(tmp_path, collection(feature(46.9274, 39.991, n=LARGE), feature(46.9274, 39.991, n=0.5)), "p.geojson")
    assert [row["n"] for row in place(path)[0]] == [str(LARGE), "0.5"]
    path = write(tmp_path, collection(feature(46.9274, 39.991, n=LARGE), feature(46.9274, 39.991, n=5)), "q.geojson")
    assert [row["n"] for row in place(path)[0]] == [LARGE, 5]
    frame().to_file(tmp_path / "p.gpkg")
    change(tmp_path / "p.gpkg", f"UPDATE p SET n = {LARGE} WHERE fid = 1", "UPDATE p SET n = 0.5 WHERE fid = 2")
    assert [row["n"] for row in place(tmp_path / "p.gpkg")[0]] == [str(LARGE), "0.5", "3"]


@pytest.mark.parametrize("about", [
    {"primary_column": 5, "columns": {"5": {"encoding": "WKB"}}}, heading(crs={"id": 5}), heading(crs=5), heading(encoding=["WKB"]),
    {"primary_column": "n", "columns": {"n": {"encoding": "WKB"}}}, {"primary_column": ["a"]}, [], 5,
])  # fmt: skip
def test_a_geoparquet_heading_of_any_shape_is_read_or_named(tmp_path, about):
    table = pa.table({"n": [1], "date": ["2020-11-20"], "geometry": [shapely.Point(46.9, 39.9).wkb]})
    assert (
        "Ge" in (said := refused(write_parquet(tmp_path / "p.parquet", table, about)))
        or "geometry" in said
        or "points are in" in said
    )


def test_a_dictionary_that_opens_up_is_refused(tmp_path):
    long = pa.table({"note": ["x" * 32_000] * 1000})
    with pq.ParquetWriter(tmp_path / "p.parquet", pa.schema([("note", pa.string())])) as writer:
        for _ in range(20):
            writer.write_table(long)
    with pytest.raises(InputError, match="expands to more than 200 times its size"):
        for _ in open_source(tmp_path / "p.parquet").chunks():
            pass


def test_long_texts_of_a_dictionary_come_in_small_chunks(tmp_path):
    table = pa.table(
        {
            "lat": [39.991] * 6000,
            "lon": [46.9274] * 6000,
            "date": ["2020-11-20"] * 6000,
            "note": ["x" * 30_000 + str(n) for n in range(6)] * 1000,
        }
    )
    pq.write_table(table, tmp_path / "p.parquet")
    chunks = list(open_source(tmp_path / "p.parquet", Limits(ratio=10**6)).chunks())
    assert len(chunks) > 1
    assert max(chunk.table.nbytes for chunk in chunks) < 2**27
    assert pa.concat_tables([chunk.table for chunk in chunks]).equals(table)


@pytest.mark.parametrize("kind", ["plain", "dictionary", "large"])
def test_text_of_a_parquet_that_is_not_utf_8_is_kept_and_told(tmp_path, kind):
    raw = pa.array([b"A\xf0dam", b"fine", None])
    text = raw.view(pa.string())
    if kind == "large":
        text = raw.cast(pa.large_binary()).view(pa.large_string())
    if kind == "dictionary":
        text = text.dictionary_encode()
    table = pa.table({"name": text, "lat": [39.991] * 3, "lon": [46.9274] * 3, "date": ["2020-11-20"] * 3})
    path = write_parquet(tmp_path / "p.parquet", table)
    for out in ("out.csv", "out.parquet"):
        done = command(path, "--out", tmp_path / out)
        assert done.returncode == 0, done.stderr
    rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert [row["name"] for row in rows] == ["A\\xf0dam", "fine", None]
    assert ["UTF-8" in (row["problem"] or "") for row in rows] == [True, False, False]


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "points.csv")
    assert "a device or a pipe, not a file" in refused(tmp_path / "points.csv")


def test_two_thousand_columns_of_one_name_are_renamed(tmp_path):
    source = open_source(write(tmp_path, ",".join(["a"] * 2000) + "\n1\n"))
    assert source.schema.names == ["a", *(f"a.{number}" for number in range(2, 2001))]
    assert len(source.messages) < 50


def test_a_gzip_of_line_ends_is_read_at_once(tmp_path):
    content = gzip.compress(b'"' + b"\n" * 300_000)
    assert "no column is called" in refused(write(tmp_path, content, "points.csv.gz"))


def test_reasons_are_counted_by_kind_whatever_they_quote(tmp_path):
    wrong = "".join(f'x,"1{number}”“",46,2020-11-20\n' for number in range(50))
    _, summary = place(write(tmp_path, HEAD + GOOD + wrong))
    assert [(str(kind), count) for kind, count in summary.reasons.items()] == [
        ("its latitude … is not a number of degrees", 50)
    ]

"""Lists of points as a GIS keeps them: zipped Shapefile, FlatGeobuf, and any format in another reference system."""

import io
import json
import struct
import zipfile

import geopandas as gpd
import pyarrow.parquet as pq
import pyogrio
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.attribution.columns import choose
from geodata.attribution.local import run
from geodata.attribution.reading import InputError, open_source
from geodata.ground import load_ground

PLACES = [(46.9274, 39.991), (46.9274, 39.991), (44.5, 40.2), (60, 10)]
FORMATS = ["zip", "fgb", "gpkg", "parquet", "geojson"]
WEB_MERCATOR, UTM, PULKOVO = 3857, 32638, 28408
ANSWER = ("controller", "sovereign", "zones", "certain", "outside")


def frame(crs=4326):
    points = gpd.points_from_xy(*zip(*PLACES, strict=True), crs=4326)
    columns = {
        "name": ["Ağdam Ակնա", None, "Ереван", "d"],
        "n": [-1, 2, 3, 4],
        "size": [0.5, 1e6, None, -1.25],
        "date": ["2020-11-18", "2020-11-21", "2020-11-21", "2020-11-21"],
    }
    return gpd.GeoDataFrame(columns, geometry=points).to_crs(crs)


def written(folder, fmt, crs=4326, data=None):
    data = frame(crs) if data is None else data
    path = folder / f"in-{crs}.{fmt}"
    if fmt == "parquet":
        data.to_parquet(path)
    elif fmt == "zip":
        (folder / "shp").mkdir(exist_ok=True)
        data.to_file(folder / "shp" / "points.shp", encoding="utf-8")
        packed(path, {file.name: file.read_bytes() for file in (folder / "shp").iterdir()})
    elif fmt == "geojson":
        heading = {"crs": {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{crs}"}}}
        path.write_text(json.dumps(json.loads(data.to_json()) | heading))
    else:
        data.to_file(path)
    return path


def packed(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def members(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def place(path, **options):
    source = open_source(path, **options)
    out = path.parent / "out.parquet"
    run(load_ground(), source, choose(source), out, None, lambda *_: None)
    source.close()
    rows = pq.read_table(out).to_pylist()
    return sorted(rows, key=lambda row: row.get("n") or 0), [
        str(one) for one in source.messages
    ]  # FlatGeobuf has an order of its own


def refused(path, **options):
    with pytest.raises(InputError) as caught:
        place(path, **options)
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("crs", [4326, UTM, WEB_MERCATOR, PULKOVO])
def test_every_format_and_system_gives_the_same_answers(tmp_path, fmt, crs):
    want, _ = place(written(tmp_path, "parquet"))
    rows, messages = place(written(tmp_path, fmt, crs))
    keys = [*ANSWER, "n", "size", "name"]
    assert [[row[key] for key in keys] for row in rows] == [[row[key] for key in keys] for row in want]
    assert [row["controller"] for row in rows] == ["armenian-forces", "azerbaijan", "armenia", None]
    for row, (lon, lat) in zip(rows, PLACES, strict=True):
        assert (row["lon"], row["lat"]) == pytest.approx((lon, lat), abs=1e-4 if crs == PULKOVO else 1e-7)
    assert any(f"EPSG:{crs}" in message and "converted" in message for message in messages) == (crs != 4326)


def test_what_comes_out_is_in_wgs84(tmp_path):
    place(written(tmp_path, "fgb", UTM))
    found = gpd.read_parquet(tmp_path / "out.parquet")
    assert found.crs.to_epsg() == 4326 or found.crs.to_string() == "OGC:CRS84"
    for point, lonlat in zip(found.sort_values("n").geometry, PLACES, strict=True):
        assert (point.x, point.y) == pytest.approx(lonlat, abs=1e-7)


@pytest.mark.parametrize("fmt", ["fgb", "zip"])
def test_columns_keep_their_types(tmp_path, fmt):
    table = pq.read_schema(tmp_path / "out.parquet") if place(written(tmp_path, fmt)) else None
    assert {name: str(table.field(name).type) for name in ("n", "size", "name")} == {
        "n": "int64", "size": "double", "name": "string",
    }  # fmt: skip


@pytest.mark.parametrize("fmt", ["fgb", "zip", "gpkg", "parquet"])
def test_lines_are_named_or_counted(tmp_path, fmt):
    data = frame(UTM)
    data["geometry"] = data.geometry.buffer(10).boundary
    path = written(tmp_path, fmt, UTM, data)
    if fmt in {"fgb", "zip"}:
        assert "only points can be placed" in refused(path)
    else:
        rows, _ = place(path)
        assert all("only points can be placed" in row["problem"] for row in rows)


@pytest.mark.parametrize("fmt", ["fgb", "zip", "gpkg", "parquet"])
def test_a_file_that_names_no_system_is_told_so(tmp_path, fmt):
    path = written(tmp_path, fmt, "none", frame().set_crs(None, allow_override=True))
    assert "reference system" in (said := refused(path))
    assert "give" in said or "add" in said or "write" in said


def test_an_unknown_system_is_named(tmp_path):
    path = written(tmp_path, "zip", UTM)
    for text, named in (
        (b'LOCAL_CS["the mine",UNIT["m",1]]', "the mine"),
        (b"nonsense", "nonsense"),
        (b'GEOGCS["x",DATUM["y",SPHEROID["z",6378137,298]],EXTENSION["PROJ4","+proj=longlat +nadgrids=/etc/passwd"]]', "GEOGCS"),
    ):  # fmt: skip
        said = refused(packed(path, {**members(path), "points.prj": text}))
        assert "can't be converted" in said
        assert named in said


def test_one_of_several_shapefiles_is_chosen_by_name(tmp_path):
    one = members(written(tmp_path, "zip"))
    other = members(written(tmp_path, "zip", UTM))
    two = {f"a/{name}": content for name, content in one.items()}
    two |= {f"b/{name.replace('points', 'towns')}": content for name, content in other.items()}
    path = packed(tmp_path / "two.zip", two)
    assert any("“points” is read, not “towns”" in message for message in place(path)[1])
    assert any("EPSG:32638" in message for message in place(path, layer="towns")[1])
    assert "the layers are “points”, “towns”" in refused(path, layer="x")


def test_the_encoding_is_the_one_that_the_file_names(tmp_path):
    data = frame().assign(name=["Шуша", "ё", "я", None])
    (tmp_path / "shp").mkdir()
    data.to_file(tmp_path / "shp" / "points.shp", encoding="cp1251")
    found = {file.name: file.read_bytes() for file in (tmp_path / "shp").iterdir()}
    rows, _ = place(packed(tmp_path / "in.zip", found))
    assert [row["name"] for row in rows] == ["Шуша", "ё", "я", None]
    bare = {name: content for name, content in found.items() if not name.endswith(".cpg")}
    bare["points.dbf"] = bare["points.dbf"][:29] + b"\0" + bare["points.dbf"][30:]
    rows, _ = place(packed(tmp_path / "in.zip", bare))
    assert "not UTF-8" in rows[0]["problem"]


def bomb(path):
    rows, width = 1_000, 60_000
    field = struct.pack("<11sc4xB15x", b"date", b"D", 8)
    return packed(path, {
        "x.shp": struct.pack(">i28xi64x", 9994, 0) + struct.pack(">iiiii8x", 1, 10, 0, 0, 0) * rows,
        "x.prj": b"EPSG:4326",
        "x.dbf": struct.pack("<BBBBIHH20x", 3, 0, 0, 0, rows, 65, width) + field + b"\r" + bytes(rows * width),
    })  # fmt: skip


def test_archives_that_are_no_list_are_named(tmp_path):
    good = members(written(tmp_path, "zip"))
    path = tmp_path / "x.zip"
    assert "holds no Shapefile" in refused(packed(path, {"a.csv": b"lat,lon,date"}))
    assert "which holds the dates" in refused(packed(path, {k: v for k, v in good.items() if not k.endswith(".dbf")}))
    assert "not a Shapefile" in refused(packed(path, {**good, "points.shp": b"x" * 200}))
    assert "ends or breaks" in refused(packed(path, {**good, "points.shp": good["points.shp"][:-28]}))
    assert "ends before" in refused(packed(path, {**good, "points.dbf": good["points.dbf"][:-40]}))
    path.write_bytes(b"PK\x03\x04" + b"x" * 40)
    assert "damaged" in refused(path)
    path.write_bytes(b"x" * 40)
    assert "not a zip archive" in refused(path)
    assert "times its size" in refused(bomb(path))


def test_a_layer_is_only_asked_of_what_has_layers(tmp_path):
    assert "have layers" in refused(written(tmp_path, "fgb"), layer="x")


@pytest.mark.parametrize("index", ["YES", "NO"])
def test_a_flatgeobuf_is_read_with_and_without_its_index(tmp_path, index):
    many = gpd.GeoDataFrame(
        {"n": range(500), "date": "2020-11-21"}, geometry=gpd.points_from_xy(range(500), [0] * 500), crs=4326
    )
    many["geometry"] = gpd.points_from_xy(46 + many.n / 1000, 39.5 + many.n / 2000)
    many = many.set_crs(4326)
    pyogrio.write_dataframe(many, tmp_path / "x.fgb", SPATIAL_INDEX=index)
    rows, _ = place(tmp_path / "x.fgb")
    assert sorted(row["n"] for row in rows) == list(range(500))
    assert all(row["lon"] == pytest.approx(46 + row["n"] / 1000) for row in rows)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sound")
    return {fmt: written(folder, fmt, UTM) for fmt in ("fgb", "zip")}


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["fgb", "zip"]),
    st.lists(st.tuples(st.floats(0, 0.999), st.binary(min_size=1, max_size=4)), min_size=1, max_size=4),
    st.booleans(),
)
def test_a_damaged_file_gives_rows_or_a_sentence(tmp_path, sound, fmt, damages, inside):
    content = sound[fmt].read_bytes()
    inner = members(io.BytesIO(content)) if fmt == "zip" and inside else {}
    for at, new in damages:
        if inner:  # the archive is whole and what is in it is not
            name = sorted(inner)[int(at * 1000) % len(inner)]
            inner[name] = damaged(inner[name], at, new)
        else:
            content = damaged(content, at, new)
    path = tmp_path / f"x.{fmt}"
    if inner:
        packed(path, inner)
    else:
        path.write_bytes(content)
    said = ""
    try:
        place(path)
    except InputError as error:
        said = str(error)
    assert said.isprintable()


def damaged(content, at, new):
    start = int(at * len(content))
    return content[:start] + new + content[start + len(new) :]

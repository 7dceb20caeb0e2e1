"""Every format says the same as the state, read by something other than what wrote it."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from urllib.parse import quote

import geopandas as gpd
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from geodata.columns import COLUMNS
from geodata.dates import parse_day
from geodata.features import rows_on
from geodata.integrity import data_version
from geodata.parts import span_on
from layers.export import FORMATS, export
from layers.export.csv import TOO_LONG
from layers.export.geometry_types import GEOMETRY_TYPES
from layers.export.shapefile import SHORT, cut
from tests.layers.exports import DAYS, by_holder, geodesic_km2, state, written
from tests.layers.sheets import world


@pytest.fixture(params=DAYS)
def day(request):
    return request.param


def test_the_state_is_that_of_the_engine(day):
    record, ground = world()
    rows = {row["feature_id"]: row for row in rows_on(ground, record, parse_day(day))["control"]}
    assert set(rows) == {piece.id for piece in ground.pieces}
    for piece in ground.pieces:
        assert rows[piece.id]["controller"] == span_on(piece, parse_day(day)).controller


def test_geojson_by_gdal(tmp_path, day):
    rows = state(day)
    found = pyogrio.read_dataframe(written(tmp_path, day, "geojson"))
    assert len(found) == sum(map(len, rows.values()))
    control = found[found.kind == "control"]
    for holder, km2 in by_holder(rows["control"]).items():
        assert control[control.controller == holder].km2.sum() == pytest.approx(km2)
        assert control[control.controller == holder].geometry.map(geodesic_km2).sum() == pytest.approx(km2, rel=2e-3)
    assert set(found.name_hy.dropna()) == {row["name_hy"] for group in rows.values() for row in group if row["name_hy"]}


def test_geojson_follows_rfc_7946(tmp_path, day):
    collection = json.loads(written(tmp_path, day, "geojson").read_text(encoding="utf-8"))
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    west, south, east, north = collection["bbox"]
    assert 43 < west < east < 52
    assert 38 < south < north < 43
    ids = [feature["id"] for feature in collection["features"]]
    assert len(ids) == len(set(ids))
    for feature in collection["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        for polygon in shapely.get_parts(shape):
            if polygon.geom_type == "Polygon":
                assert shapely.is_ccw(polygon.exterior)
                assert not any(shapely.is_ccw(ring) for ring in polygon.interiors)


def test_geopackage_by_gdal(tmp_path, day):
    rows = state(day)
    path = written(tmp_path, day, "gpkg")
    names = {name for name, _ in pyogrio.list_layers(path)}
    assert set(GEOMETRY_TYPES) | {"obligations", "event_list", "changes", "sources"} <= names
    control = pyogrio.read_dataframe(path, layer="control")
    assert control.crs.to_epsg() == 4326
    for holder, km2 in by_holder(rows["control"]).items():
        assert control[control.controller == holder].km2.sum() == pytest.approx(km2)
    assert set(control.name_az) == {row["name_az"] for row in rows["control"]}
    assert len(pyogrio.read_dataframe(path, layer="obligations")) == 15


def test_geopackage_history_plays_in_qgis(tmp_path):
    path = written(tmp_path, "2020-11-25", "gpkg", history=True)
    history = pyogrio.read_dataframe(path, layer="history")
    for day in DAYS:
        now = history[(history.since.isna() | (history.since <= day)) & (history.until.isna() | (history.until > day))]
        rows = {row["feature_id"]: row["controller"] for row in state(day)["control"]}
        assert dict(zip(now.feature_id.str.rsplit(".", n=1).str[0], now.controller, strict=True)) == rows
    styles = pyogrio.read_dataframe(path, layer="layer_styles")
    assert set(styles.f_table_name) == set(GEOMETRY_TYPES)
    style = styles.set_index("f_table_name").styleQML["history"]
    assert 'mode="4"' in style
    for holder in set(history.controller):
        assert f"'{holder}'" in style
    assert pyogrio.read_info(path, layer="history")["dtypes"][history.columns.get_loc("since")] == "datetime64[D]"
    about = pyogrio.read_info(path, layer="history")["dataset_metadata"]
    assert "Control is not sovereignty" in about["NOTE"]


def test_kml_by_gdal(tmp_path, day):
    rows = state(day)
    path = written(tmp_path, day, "kml")
    counts = {name: len(pyogrio.read_dataframe(path, layer=name)) for name, _ in pyogrio.list_layers(path)}
    assert sum(counts.values()) == sum(map(len, rows.values()))
    control = pyogrio.read_dataframe(path, layer="Control")
    assert set(control.Name) == {row["name"] for row in rows["control"]}
    assert control.km2.astype(float).sum() == pytest.approx(sum(row["km2"] for row in rows["control"]))
    assert control.begin.isna().all(), "what holds on the day needs no time span"


def test_kml_of_the_history_has_spans_and_opens_on_a_day(tmp_path):
    path = written(tmp_path, "2020-11-25", "kml", history=True)
    control = pyogrio.read_dataframe(path, layer="Control")
    assert [day.date().isoformat() for day in control.begin] == list(control.since)
    assert "every feature names its own. Districts" in path.read_text(encoding="utf-8")
    assert "<LookAt><gx:TimeStamp><when>2026-06-08</when>" in path.read_text(encoding="utf-8")


def test_csv_by_the_standard_reader(tmp_path, day):
    rows = state(day)
    content = written(tmp_path, day, "csv").read_text(encoding="utf-8-sig")
    found = list(csv.DictReader(io.StringIO(content)))
    assert len(found) == sum(map(len, rows.values()))
    assert list(found[0]) == ["kind", *COLUMNS, "lat", "lon", "wkt"]
    flat = [row for group in rows.values() for row in group]
    for line, row in zip(found, flat, strict=True):
        if line["wkt"] != TOO_LONG:
            assert len(line["wkt"]) <= 32_767
            assert shapely.from_wkt(line["wkt"]).hausdorff_distance(row["geometry"]) < 1e-4
        if row["geometry"].geom_type == "Point":
            assert (float(line["lat"]), float(line["lon"])) == (row["geometry"].y, row["geometry"].x)
        assert line["name_ru"] == (row["name_ru"] or "")
    holders = by_holder([dict(line, km2=float(line["km2"])) for line in found if line["kind"] == "control"])
    assert holders == pytest.approx(by_holder(rows["control"]))


def test_geoparquet_by_arrow_and_geopandas(tmp_path, day):
    rows = state(day)
    path = written(tmp_path, day, "parquet")
    table = pq.read_table(path)
    geo = json.loads(table.schema.metadata[b"geo"])
    assert geo["primary_column"] == "geometry"
    assert geo["version"] == "1.1.0"
    frame = gpd.read_parquet(path)
    assert len(frame) == table.num_rows == sum(map(len, rows.values()))
    assert frame.crs.to_epsg() == 4326
    control = frame[frame.kind == "control"]
    assert control.km2.sum() == pytest.approx(sum(row["km2"] for row in rows["control"]))
    assert set(control.name_hy.dropna()) == {row["name_hy"] for row in rows["control"] if row["name_hy"]}


def test_flatgeobuf_by_gdal(tmp_path, day):
    rows = state(day)
    path = written(tmp_path, day, "fgb")
    found = pyogrio.read_dataframe(path)
    assert len(found) == sum(map(len, rows.values()))
    assert found.crs.to_epsg() == 4326
    control = found[found.kind == "control"]
    assert by_holder(control.to_dict("records")) == pytest.approx(by_holder(rows["control"]))
    for name in ("name_az", "name_hy", "name_ru"):
        assert set(found[name].dropna()) == {row[name] for group in rows.values() for row in group if row[name]}


def test_shapefile_by_gdal(tmp_path, day):
    rows = state(day)
    path = written(tmp_path, day, "zip")
    assert {name for name, _ in pyogrio.list_layers(path)} == set(rows)
    for kind, group in rows.items():
        found = pyogrio.read_dataframe(path, layer=kind)
        assert len(found) == len(group)
        assert found.crs.to_epsg() == 4326
        assert found.name_hy.dropna().to_list() == [row["name_hy"] for row in group if row["name_hy"]]
        assert all(len(name) <= 10 for name in found.columns)
    control = pyogrio.read_dataframe(path, layer="control")
    assert by_holder(control.to_dict("records")) == pytest.approx(by_holder(rows["control"]))
    assert control.geometry.map(geodesic_km2).sum() == pytest.approx(control.km2.sum(), rel=1e-4)
    with zipfile.ZipFile(path) as archive:
        told = archive.read("README.txt").decode("utf-8")
    assert "Control is not sovereignty" in told
    assert set(SHORT) <= set(told.split())


def test_a_text_too_long_for_a_shapefile_is_cut_between_letters():
    assert cut("ə" * 127) == "ə" * 127
    shown = cut("ə" * 128)
    assert len(shown.encode("utf-8")) <= 254
    assert shown == "ə" * 125 + "…"
    assert max(map(len, SHORT.values())) <= 10


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("history", [False, True])
def test_the_same_state_gives_the_same_bytes(tmp_path, fmt, history):
    assert written(tmp_path, "2020-11-25", fmt, history=history).read_bytes() == (
        written(tmp_path, "2020-11-25", fmt, history=history).read_bytes()
    )


def test_the_same_bytes_in_another_process(tmp_path):
    for fmt in FORMATS:
        path = tmp_path / "elsewhere" / f"atlas.{fmt}"  # a GeoPackage's project names its file
        path.parent.mkdir(exist_ok=True)
        command = [sys.executable, "-m", "layers", "export", "--on", "2020-11-25", "--out", str(path)]
        subprocess.run(command, check=True, capture_output=True)
        assert path.read_bytes() == written(tmp_path, "2020-11-25", fmt).read_bytes(), fmt


def test_only_the_layers_asked_for(tmp_path):
    found = pyogrio.read_dataframe(written(tmp_path, "2020-11-25", "geojson", layers=["withdrawal-zones", "control"]))
    assert set(found.layer) == {"agdam", "kalbajar", "lachin", "control"}


def test_unknown_layer_format_and_day_are_named():
    record, ground = world()
    with pytest.raises(ValueError, match="There is no layer “nowhere”"):
        export("2020-11-25", record, ground, "csv", layers=["nowhere"])
    with pytest.raises(ValueError, match="no format “shp”"):
        export("2020-11-25", record, ground, "shp")
    with pytest.raises(ValueError, match="begins on 1994-05-12"):
        export("1993-01-01", record, ground, "csv")


@pytest.mark.parametrize("fmt", ["gpkg", "zip"])
def test_the_schema_is_the_same_on_every_day_and_in_the_history(tmp_path, fmt):
    def schema(path):
        found = {}
        for name, _ in pyogrio.list_layers(path):
            info = pyogrio.read_info(path, layer=name)
            found[name] = (info["geometry_type"], list(info["fields"]), list(info["dtypes"]))
        return found

    first = schema(written(tmp_path, DAYS[0], fmt))
    for day in DAYS[1:]:
        assert schema(written(tmp_path, day, fmt)) == first
    assert schema(written(tmp_path, DAYS[0], fmt, history=True)) == first


def test_what_other_registers_call_it_is_named(tmp_path):
    """The statement's entry at PA-X in the head, as GDAL reads it; a place of GeoNames as the Linked Places format links it."""
    record, _ = world()
    (pax,) = record.identifiers.same_as
    assert (
        pyogrio.read_info(written(tmp_path, "2020-11-25", "gpkg"), layer="control")["dataset_metadata"]["SAME_AS"]
        == pax
    )
    made = json.loads(written(tmp_path, "2020-11-25", "geojson").read_text(encoding="utf-8"))
    assert made["same_as"] == pax
    linked = {one["properties"]["feature_id"]: one["links"] for one in made["features"] if "links" in one}
    assert {place: links[0]["identifier"] for place, links in linked.items()} == {
        item.place: f"https://sws.geonames.org/{item.geonames}/"
        for item in record.identifiers.places
        if item.place in {one["properties"]["feature_id"] for one in made["features"]}
    }
    assert "agdam" in linked


@pytest.mark.parametrize("fmt", ["geojson", "kml", "gpkg", "parquet", "fgb", "zip"])
def test_every_format_carries_version_and_citation(tmp_path, fmt):
    content = written(tmp_path, "2020-11-25", fmt).read_bytes()
    if fmt == "zip":
        content = zipfile.ZipFile(io.BytesIO(content)).read("README.txt")
    assert b"ata version" in content
    assert f"?on=2020-11-25&v={quote(data_version(), safe='')}".encode() in content.replace(b"&amp;", b"&")

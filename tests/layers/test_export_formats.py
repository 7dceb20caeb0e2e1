"""Every format says the same as the state, read by something other than what wrote it."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from pyproj import Geod

from geodata.columns import COLUMNS, GOVERNED
from geodata.control import span_on
from geodata.dates import parse_day
from geodata.derived_features import whole_rows
from geodata.features import NO_DATE, history_rows, rows_on
from layers.export import FORMATS, export
from layers.export.csv import TOO_LONG
from layers.export.geometry_types import GEOMETRY_TYPES
from layers.export.rows import rows_of
from layers.export.shapefile import SHORT, cut
from tests.layers.sheets import world

DAYS = ("1994-05-12", "2020-10-20", "2020-11-10", "2020-11-25", "2022-08-30", "2024-06-12")
GEOD = Geod(ellps="WGS84")


@pytest.fixture(params=DAYS)
def day(request):
    return request.param


def state(day):
    record, ground = world()
    return rows_of(record, ground, parse_day(day))


def written(tmp_path, day, fmt, **options):
    record, ground = world()
    path = tmp_path / f"state.{fmt}"
    path.write_bytes(export(day, record, ground, fmt, **options))
    return path


def by_holder(rows):
    found = {}
    for row in rows:
        found[row["controller"]] = found.get(row["controller"], 0) + row["km2"]
    return found


def geodesic_km2(geometry):
    return abs(GEOD.geometry_area_perimeter(geometry)[0]) / 1e6


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


def test_every_feature_says_its_clause_deadline_source_accuracy_and_licence(day):
    for kind, group in state(day).items():
        for row in group:
            assert row["licence"]
            assert row["sources"]
            assert row["accuracy_m"] > 0
            assert row["basis"]
            assert row["since"] == "1994-05-12" or not row["open_start"]
            if kind in GOVERNED:
                assert row["clauses"] is not None
                assert row["deadline_current"] or row["deadline_note"], row["feature_id"]
            if row["deadline_met"]:
                assert row["status"] in {"met", "met-late"}


def test_deadlines_of_the_zones():
    rows = {row["feature_id"]: row for row in state("2020-11-20")["zones"]}
    assert rows["agdam"]["deadline_met"] == "2020-11-20"
    kalbajar = rows["kalbajar"]
    assert (kalbajar["deadline_first"], kalbajar["deadline_current"]) == ("2020-11-15", "2020-11-25")
    assert kalbajar["deadline_met"] is None
    links = [row for row in state("2020-11-20")["lines"] if row["layer"] == "nakhchivan-link"]
    assert {row["deadline_note"] for row in links} == {NO_DATE}


def test_a_deadline_is_told_as_it_was_known():
    record, ground = world()
    rows = rows_on(ground, record, parse_day("2020-11-14"), known=parse_day("2020-11-14"))
    kalbajar = next(row for row in rows["zones"] if row["feature_id"] == "kalbajar")
    assert kalbajar["deadline_current"] == "2020-11-15"


def test_history_holds_every_span_once():
    record, ground = world()
    rows = history_rows(ground, record)["control"]
    recorded = [s for piece in ground.pieces for s in piece.spans if s.until is None or s.until > ground.coverage_start]
    assert len(rows) == len(recorded)
    assert len({row["feature_id"] for row in rows}) == len(rows)


def test_history_of_a_zone_has_no_gap_and_ends_where_its_members_do():
    record, ground = world()
    for group in whole_rows(ground, record).values():
        assert len({row["feature_id"] for row in group}) == len(group)
        assert all(row["until"] is None or row["since"] < row["until"] for row in group)
    rows = history_rows(ground, record)["zones"]
    for zone in {row["layer"] for row in rows}:
        periods = sorted((row["since"] or "", row["until"] or "9999") for row in rows if row["layer"] == zone)
        for earlier, later in pairwise(periods):
            assert earlier[1] <= later[0]


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


def test_a_later_day_gets_the_last_state_and_says_so():
    record, ground = world()
    content = json.loads(export("2030-01-01", record, ground, "geojson"))
    assert {feature["properties"]["as_of"] for feature in content["features"]} == {ground.coverage_end.isoformat()}


@pytest.mark.parametrize("fmt", ["geojson", "gpkg", "csv"])
def test_a_hand_over_carries_the_words_of_its_source(tmp_path, fmt):
    record, _ = world()
    event = next(event for event in record.events if event.id == "agdam-handed-over")
    layer = {"layer": "control"} if fmt == "gpkg" else {}
    found = pyogrio.read_dataframe(written(tmp_path, "2020-11-20", fmt), **layer)
    words = " ".join(map(str, np.ravel(found[found.feature_id.str.startswith("agdam")].evidence.iloc[0])))
    for evidence in event.transfers[0].evidence:
        assert evidence.quote in words
        assert evidence.source in words


LATER = "2020-11-25"


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


def test_a_day_tells_nothing_later(tmp_path):
    path = written(tmp_path, LATER, "gpkg")
    for layer in GEOMETRY_TYPES:
        found = pyogrio.read_dataframe(path, layer=layer)
        for name in ("since", "deadline_met", "as_of"):
            if name in found:
                assert (found[name].dropna().astype(str) <= LATER).all(), (layer, name)
        assert (found.until.dropna().astype(str) <= "2020-11-26").all(), layer
    assert (pyogrio.read_dataframe(path, layer="event_list").last_day.astype(str) <= LATER).all()
    assert (pyogrio.read_dataframe(path, layer="changes").changed_on.astype(str) <= LATER).all()
    assert pyogrio.read_dataframe(path, layer="obligations").what_happened.isna().all()
    told = pyogrio.read_dataframe(written(tmp_path, LATER, "gpkg", later=True), layer="control")
    assert (told.until.dropna().astype(str) > LATER).any()


def test_history_tells_the_status_of_the_last_day_of_each_row():
    record, ground = world()
    rows = {row["feature_id"]: row for row in history_rows(ground, record)["control"]}
    assert (rows["agdam.1"]["as_of"], rows["agdam.1"]["status"]) == ("2020-11-19", "pending")
    assert rows["agdam.1"]["open_start"]
    assert rows["agdam.2"]["status"] == "met"


def test_held_is_one_polygon_for_each_holder():
    for day in DAYS:
        rows = state(day)
        km2 = by_holder(rows["control"])
        assert {row["controller"]: row["km2"] for row in rows["held"]} == pytest.approx(km2)
        for row in rows["held"]:
            assert geodesic_km2(row["geometry"]) == pytest.approx(km2[row["controller"]], rel=1e-3)


def test_doubt_is_the_ground_within_the_error_of_each_line():
    rows = state("2020-11-25")
    assert len(rows["doubt"]) == len(rows["edges"]) > 50
    for area, edge in zip(rows["doubt"], rows["edges"], strict=True):
        assert area["geometry"].buffer(1e-4).covers(edge["geometry"])
        longest = max(GEOD.inv(*line[0], *line[1])[2] for line in [rim(area["geometry"], edge["geometry"])])
        assert longest == pytest.approx(edge["accuracy_m"], rel=0.1, abs=3)


def rim(area, line):
    """A point of the line and the point of the area's edge that is nearest to it."""
    middle = line.interpolate(0.5, normalized=True)
    nearest = shapely.shortest_line(area.boundary, line)
    del middle
    return nearest.coords[0], nearest.coords[-1]


def test_places_say_who_held_them():
    places = {row["feature_id"]: row for row in state("2020-11-25")["places"]}
    assert places["stepanakert" if "stepanakert" in places else "khankendi"]["controller"] == "armenian-forces"
    assert places["agdam"]["controller"] == "azerbaijan"
    assert places["agdam"]["sovereign_iso"] == "AZ"


def test_every_source_of_a_row_is_in_the_table_or_names_a_data_set(day):
    record, _ = world()
    ids = {source.id for source in record.sources}
    for group in state(day).values():
        for row in group:
            for source in row["sources"]:
                assert source in ids or " " in source or "(" in source, source


@pytest.mark.parametrize("fmt", ["geojson", "kml", "gpkg", "parquet", "fgb", "zip"])
def test_every_format_carries_version_and_citation(tmp_path, fmt):
    content = written(tmp_path, "2020-11-25", fmt).read_bytes()
    if fmt == "zip":
        content = zipfile.ZipFile(io.BytesIO(content)).read("README.txt")
    assert b"Data version" in content

"""The result of ``attribute`` in the formats of a GIS, opened by another reader; and a GeoPackage with several tables."""

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest

from geodata.__main__ import main

ROWS = [
    ("2020-11-18", 39.99, 46.93),
    ("2020-11-21", 39.99, 46.93),
    ("2020-11-21", "somewhere", ""),
    ("2020-11-21", 48.85, 2.35),
]


@pytest.fixture
def listed(tmp_path):
    path = tmp_path / "points.csv"
    text = "id,fid,geometry,date,lat,lon,name\n"
    text += "".join(f"{n},x{n},g,{day},{lat},{lon},Ağdam Ակնա\n" for n, (day, lat, lon) in enumerate(ROWS))
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("fmt", ["gpkg", "geojson", "fgb"])
def test_points_come_back_as_points(tmp_path, listed, fmt):
    out = tmp_path / f"out.{fmt}"
    assert main(["attribute", str(listed), "--out", str(out)]) == 0
    found = pyogrio.read_dataframe(out)
    assert found.crs.to_epsg() == 4326
    assert list(found.id.astype(int)) == [0, 1, 2, 3], "every row is there, in its order"
    assert list(found.name) == ["Ağdam Ակնա"] * 4
    assert list(found.controller)[:2] == ["armenian-forces", "azerbaijan"]
    shapes = list(found.geometry)
    assert (shapes[0].x, shapes[0].y) == (46.93, 39.99)
    assert shapes[2] is None or shapes[2].is_empty
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([f"out.{fmt}", "points.csv"])


def frame():
    points = gpd.points_from_xy([46.93, 46.93], [39.99, 39.99])
    return gpd.GeoDataFrame({"date": ["2020-11-18", "2020-11-21"]}, geometry=points, crs="EPSG:4326")


@pytest.mark.parametrize("fmt", ["parquet", "gpkg", "fgb", "geojson"])
def test_geoparquet_and_geopackage_stay_geographic(tmp_path, fmt):
    source = tmp_path / "in.parquet"
    frame().to_parquet(source)
    out = tmp_path / f"out.{fmt}"
    assert main(["attribute", str(source), "--out", str(out)]) == 0
    found = gpd.read_parquet(out) if fmt == "parquet" else pyogrio.read_dataframe(out)
    assert list(found.geometry) == list(frame().geometry)
    assert list(found.controller) == ["armenian-forces", "azerbaijan"]


def test_a_layer_is_chosen_by_name(tmp_path, capsys):
    source = tmp_path / "two.gpkg"
    pyogrio.write_dataframe(frame(), source, layer="a")
    pyogrio.write_dataframe(pd.concat([frame(), frame()]), source, layer="b")
    out = tmp_path / "out.csv"
    assert main(["attribute", str(source), "--layer", "b", "--out", str(out)]) == 0
    assert len(pd.read_csv(out)) == 4
    assert main(["attribute", str(source), "--layer", "c", "--out", str(out)]) == 2
    assert "there is no layer “c”; the layers are “a”, “b”" in capsys.readouterr().err

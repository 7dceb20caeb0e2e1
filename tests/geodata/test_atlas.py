"""The library answers what the commands answer; its examples run; asking for it costs a command nothing."""

import csv
import doctest
import json
import subprocess
import sys

import geopandas as gpd
import pandas as pd
import pytest

import geodata.atlas
from geodata import Atlas
from geodata.__main__ import main
from geodata.columns import KINDS, columns_of


@pytest.fixture(scope="module")
def atlas():
    return Atlas.load()


def printed(capsys, *arguments):
    """What a command prints as JSON."""
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("module", [geodata, geodata.atlas], ids=lambda module: module.__name__)
def test_the_examples_run(module):
    found = doctest.testmod(module)
    assert found.attempted > 0
    assert found.failed == 0


def test_it_answers_as_the_commands_do(atlas, capsys):
    assert atlas.at(39.991, 46.9274, "2020-11-19").as_json() == printed(
        capsys, "at", "39.991", "46.9274", "--on", "2020-11-19"
    )
    rows = printed(capsys, "status", "--on", "2020-11-16", "--known", "2020-11-14")
    mine = [row.as_dict() for row in atlas.status("2020-11-16", known="2020-11-14")]
    assert mine == [{key: value for key, value in row.items() if key != "as_of"} for row in rows]
    mine = [row.as_json() for row in atlas.changes("2020-09-27", "2023-10-01", net=True)]
    assert mine == printed(capsys, "changes", "--from", "2020-09-27", "--to", "2023-10-01", "--net")


def test_a_table_is_placed_as_a_file_is_and_as_single_points_are(atlas, tmp_path, capsys):
    """At settlements whose holder is known too: there the nearness of a line casts no doubt."""
    points = pd.DataFrame(
        [(anchor.geometry.y, anchor.geometry.x, "2020-11-10") for anchor in atlas.ground.anchors]
        + [(48.85, 2.35, "2020-11-10"), (39.9, 46.9, "soon")],
        columns=["lat", "lon", "date"],
    )
    points.to_csv(tmp_path / "in.csv", index=False)
    assert main(["attribute", str(tmp_path / "in.csv"), "--out", str(tmp_path / "out.csv")]) == 0
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        written = list(csv.DictReader(stream))
    table = atlas.attribute(points)
    assert len(table) == len(written) == len(points)
    for file, (_, row) in zip(written, table.iterrows(), strict=True):
        for name in ("controller", "clauses", "zones", "unit"):
            assert file[name] == ("" if pd.isna(row[name]) else row[name])
        assert file["certain"] == ("" if pd.isna(row["certain"]) else str(row["certain"]).lower())
    single = [atlas.at(lat, lon, day).certain for lat, lon, day in points.iloc[:-2].itertuples(index=False)]
    assert list(table["certain"].iloc[:-2]) == single
    assert "soon" in table["problem"].iloc[-1]


def test_a_table_of_points_keeps_its_index_and_its_geometry(atlas):
    where = gpd.points_from_xy([46.9274, 46.0367], [39.991, 40.1097], crs=4326).to_crs(32638)
    points = gpd.GeoDataFrame({"day": ["2020-11-20", "2020-11-24"]}, geometry=where, index=["agdam", "kalbajar"])
    table = atlas.attribute(points)
    assert isinstance(table, gpd.GeoDataFrame)
    assert dict(table["controller"]) == {"agdam": "azerbaijan", "kalbajar": "armenian-forces"}
    assert table.crs == points.crs
    with pytest.raises(ValueError, match="no column is called date"):
        atlas.attribute(points.drop(columns="day"))


@pytest.mark.parametrize("kind", KINDS)
def test_tables_have_the_declared_columns(atlas, kind):
    for table in (atlas.state("2020-11-25", kind), atlas.history(kind)):
        assert list(table.columns) == [*(column.name for column in columns_of(kind)), "geometry"]
        assert table.crs == "EPSG:4326"


def test_the_pieces_of_any_day_tile_the_area(atlas):
    state = atlas.state("2020-12-01")
    assert state["km2"].sum() == pytest.approx(atlas.state("1994-05-12")["km2"].sum())
    assert state["until"].isna().all()


def test_bad_input_gets_one_sentence(atlas):
    with pytest.raises(ValueError, match="is not a date"):
        atlas.at(39.9, 46.9, "yesterday")
    with pytest.raises(ValueError, match="no kind of feature “roads”"):
        atlas.state("2020-11-25", "roads")
    with pytest.raises(ValueError, match="lies before"):
        atlas.changes("2021-01-01", "2020-01-01")
    with pytest.raises(AttributeError, match="no attribute “Map”"):
        geodata.Map  # noqa: B018


def test_another_folder_of_data_can_be_loaded(tmp_path):
    with pytest.raises(ValueError, match=r"events\.yaml"):
        Atlas.load(tmp_path)


def test_a_command_starts_without_the_library():
    code = "import sys, geodata.__main__; sys.exit('geodata.atlas' in sys.modules or 'pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

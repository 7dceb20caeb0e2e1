"""Files of points for the tests of reading: written, placed, refused."""

import json
import subprocess
import sys

import geopandas as gpd
import pyarrow.parquet as pq
import pytest

from geodata.attribution.columns import choose
from geodata.attribution.local import run
from geodata.attribution.reading import InputError, Limits, open_source
from geodata.attribution.written_day import DateRules
from geodata.ground import load_ground

BLOCKS = Limits(member=2**14)
"""A file is read in blocks of half a megabyte."""
HEAD = "name,lat,lon,date\n"
GOOD = "Agdam,39.991,46.9274,2020-11-20\n"


def place(path, out=None, order=None, serial=None, limits=None, **columns):
    """Rows of the result as dictionaries, and the summary."""
    source = open_source(path, limits)
    out = out or path.parent / "out.parquet"
    summary = run(load_ground(), source, choose(source, **columns), out, DateRules(order, serial), lambda *_: None)
    source.close()
    table = pq.read_table(out)
    assert table.num_rows == summary.rows
    assert not list(path.parent.glob(".*.part*"))
    return table.to_pylist(), summary


def write(folder, content, name="points.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refused(path, **options):
    with pytest.raises(InputError) as caught:
        place(path, **options)
    assert not (path.parent / "out.parquet").exists()
    assert not list(path.parent.glob(".*.part*"))
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


def feature(lon, lat, day="2020-11-20", **more):
    more = {name.removeprefix("own_"): value for name, value in more.items()}
    return {
        "type": "Feature",
        "properties": {"date": day, **more},
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
    }


def collection(*features, **more):
    return json.dumps({"type": "FeatureCollection", "features": features, **more})


def frame(crs=4326):
    points = gpd.points_from_xy([46.9274, 46.8, 60], [39.991, 39.9, 10], crs=4326)
    return gpd.GeoDataFrame(
        {"name": ["a", None, "c"], "n": [1, 2, 3], "date": ["2020-11-20"] * 3}, geometry=points
    ).to_crs(crs)


def command(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "geodata", "attribute", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )

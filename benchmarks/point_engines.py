"""A million dated points under holders: ours beside geopandas, SedonaDB and DuckDB with its spatial extension.

All read the same Parquet file and write a Parquet file with the holder, the sovereign and the zones of each row, each as a
process of its own and in the form that is fastest for it: first the piece of each point (``within``), then the span of the
day.  The others leave out rows outside, distance to the line and doubt, which ours does not.  ``ATLAS_ENGINE_ROWS`` sets
another number of rows.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from benchmarks import points
from benchmarks.figures import Figure, at_most, spread, told
from geodata.ground import load_ground
from geodata.parts import Dated

ROWS = int(os.environ.get("ATLAS_ENGINE_ROWS", "1000000"))
ROUNDS = 3
CODES = np.array([1, 2, 3, 4, 5])
WEIGHTS = np.array([0.45, 0.2, 0.2, 0.1, 0.05])
"""Codes of place in the made-up list: most rows exact, as in the lists that use them; the others near a town or in a unit."""
UNITS = 100
"""Middles of units, which rows of the coarser codes share, as such lists do."""


def measure() -> Iterator[Figure]:
    """Rounds of all engines in turn, so that a busy moment meets all of them; then ours with precision."""
    with tempfile.TemporaryDirectory() as folder:
        source, out, coded = (Path(folder, name) for name in ("points.parquet", "out.parquet", "coded.parquet"))
        points.ROWS = ROWS
        points.write(source)
        with_codes(source, coded)
        commands = {"attribute": [sys.executable, "-m", "geodata", "attribute", str(source), "--out", str(out)]}
        commands |= {
            name: [sys.executable, "-m", "benchmarks.point_engines", name, str(source), str(out)] for name in ENGINES
        }
        commands["attribute, with codes of precision"] = [*commands["attribute"][:4], str(coded), "--out", str(out)]
        took: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                start = time.perf_counter()
                subprocess.run(command, check=True, capture_output=True)
                took[name].append(time.perf_counter() - start)
    millions = f"{ROWS / 1e6:g} million rows"
    middle = {name: statistics.median(times) for name, times in took.items()}
    for name, times in took.items():
        yield told(f"{name}, {millions}, whole process", middle[name], "s", spread(times, "s"))
    ratio = middle["attribute, with codes of precision"] / middle["attribute"]
    yield at_most("attribute with precision against without", ratio, 3, "x")


def with_codes(source: Path, coded: Path) -> None:
    """The same rows with a code of place; those that name a unit stand at its middle."""
    chance = np.random.default_rng(5)
    table = parquet.read_table(source)
    code = chance.choice(CODES, table.num_rows, p=WEIGHTS)
    lat, lon = (table[name].to_numpy().copy() for name in ("lat", "lon"))
    unit, coarse = chance.integers(0, UNITS, table.num_rows), code > 2
    lat[coarse], lon[coarse] = lat[:UNITS][unit[coarse]], lon[:UNITS][unit[coarse]]
    table = table.set_column(1, "lat", pa.array(lat)).set_column(2, "lon", pa.array(lon))
    parquet.write_table(table.append_column("where_prec", pa.array(code)), coded)


def pieces() -> gpd.GeoDataFrame:
    """The pieces, as anybody would load them."""
    ground = load_ground()
    return gpd.GeoDataFrame(
        {"piece": [piece.id for piece in ground.pieces], "sovereign": [piece.sovereign for piece in ground.pieces]},
        geometry=[piece.geometry for piece in ground.pieces],
    )


def spans() -> pd.DataFrame:
    """Holder and zones of each piece from a day up to, not including, another."""
    from geodata.parts import span_on, zones_on

    ground, rows = load_ground(), []
    for piece in ground.pieces:
        dated: list[Dated] = [*piece.spans, *piece.zones]
        ends = {day for item in dated for day in (item.since, item.until) if day}
        for since, until in pairwise([date(1990, 1, 1), *sorted(ends), date(2100, 1, 1)]):
            zones = "; ".join(zone.zone for zone in zones_on(piece, since))
            rows.append((piece.id, span_on(piece, since).controller, zones, since, until))
    return pd.DataFrame(rows, columns=["piece", "controller", "zones", "since", "until"])


SQL = """
SELECT placed.id, placed.lat, placed.lon, placed.date, placed.sovereign, s.controller, s.zones
FROM (SELECT p.id, p.lat, p.lon, p.date, g.piece, g.sovereign FROM points p JOIN pieces g ON {within}) placed
JOIN spans s ON placed.piece = s.piece AND placed.date >= s.since AND placed.date < s.until
"""


def with_geopandas(source: str, out: str) -> None:
    """``sjoin(predicate='within')``, then a merge."""
    table = pd.read_parquet(source)
    table["date"] = pd.to_datetime(table["date"])
    shapes = gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(table["lon"], table["lat"]))
    found = gpd.sjoin(shapes, pieces(), predicate="within").drop(columns=["geometry", "index_right"])
    dated = spans()
    dated["since"], dated["until"] = pd.to_datetime(dated["since"]), pd.to_datetime(dated["until"])
    merged = pd.DataFrame(found).merge(dated, on="piece")
    merged[(merged["date"] >= merged["since"]) & (merged["date"] < merged["until"])].to_parquet(out)


def with_sedonadb(source: str, out: str) -> None:
    """SedonaDB's own spatial join."""
    import sedonadb

    session = sedonadb.connect()
    session.read_parquet(source).to_view("points")
    session.create_data_frame(pieces()).to_view("pieces")
    session.create_data_frame(pa.Table.from_pandas(spans())).to_view("spans")
    session.sql(SQL.format(within="ST_Within(ST_Point(p.lon, p.lat), g.geometry)")).to_parquet(out)


def with_duckdb(source: str, out: str) -> None:
    """DuckDB's spatial join; the extension comes as a wheel, nothing is fetched."""
    import duckdb
    import duckdb_extension_spatial

    file = Path(duckdb_extension_spatial.__file__).parent / f"extensions/v{duckdb.__version__}/spatial.duckdb_extension"
    shapes = pieces()
    shapes_ = pd.DataFrame(
        {"piece": shapes["piece"], "sovereign": shapes["sovereign"], "wkb": shapes.to_wkb()["geometry"]}
    )
    base = duckdb.connect()
    base.execute(f"LOAD '{file}'")
    base.register("shapes", shapes_)
    base.register("spans", spans())
    base.execute("CREATE TABLE pieces AS SELECT piece, sovereign, ST_GeomFromWKB(wkb) AS geometry FROM shapes")
    base.execute(f"CREATE VIEW points AS SELECT * FROM read_parquet('{source}')")
    join = SQL.format(within="ST_Within(ST_Point(p.lon, p.lat), g.geometry)")
    base.execute(f"COPY ({join}) TO '{out}' (FORMAT parquet)")


ENGINES = {"geopandas": with_geopandas, "sedonadb": with_sedonadb, "duckdb": with_duckdb}

if __name__ == "__main__":
    ENGINES[sys.argv[1]](*sys.argv[2:])

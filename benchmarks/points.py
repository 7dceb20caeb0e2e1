"""Your own points: ten million rows over 400 dates, beside a loop of ``geopandas.sjoin`` and beside reading and writing alone.

``ATLAS_BENCH_ROWS`` sets another number of rows.  The loop is measured on every twentieth date of the same file and
scaled up to all of them, since every date has equally many rows; it holds its rows in memory and writes nothing.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow as pa
from pyarrow import parquet

from benchmarks.figures import Figure, at_least, at_most, spread, told
from geodata.attribution.time_slices import day_number
from geodata.attribution.writing import parquet_writer
from geodata.attribution.written_day import EPOCH
from geodata.ground import Ground, load_ground
from geodata.parts import span_on, zones_on

ROWS = int(os.environ.get("ATLAS_BENCH_ROWS", "10000000"))
DATES, SAMPLED = 400, 20
GROUP = 1_048_576
PEAK = "import resource, sys; from geodata.__main__ import main; code = main(sys.argv[1:]); print('peak', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr); sys.exit(code)"


def measure() -> Iterator[Figure]:
    """Write the rows, place them, copy them, and join a share of them by ``sjoin``, all in one run."""
    with tempfile.TemporaryDirectory() as folder:
        source, out, copy = (Path(folder, name) for name in ("points.parquet", "out.parquet", "copy.parquet"))
        days = write(source)
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", PEAK, "attribute", str(source), "--out", str(out)],
            check=True,
            capture_output=True,
            text=True,
        )
        ours = time.perf_counter() - start
        peak = int(re.findall(r"peak (\d+)", done.stderr)[0]) / 1024
        alone = copied(out, copy)
        joins = {predicate: joined(source, days, predicate) for predicate in ("intersects", "within")}
    rate = f"{ROWS / ours:,.0f} rows a second; {next(line for line in done.stderr.splitlines() if 'placed' in line)}"
    note = "; ".join(
        f"sjoin(predicate={name!r}) {total:.0f} s for all {DATES} dates, {told_}"
        for name, (total, told_) in joins.items()
    )
    millions = f"{ROWS / 1e6:g} million rows, {DATES} dates"
    yield told(f"attribute, {millions}, whole process", ours, "s", rate)
    yield at_least("attribute against a loop of geopandas.sjoin per date", joins["intersects"][0] / ours, 10, "x", note)
    yield told(
        "the same against sjoin(predicate='within'), its fastest form",
        joins["within"][0] / ours,
        "x",
        "without distance, doubt, reading and writing, which the loop leaves out",
    )
    yield told(
        "reading the input and writing the result alone (the limit)",
        alone,
        "s",
        f"attribute takes {ours / alone:.1f} times that",
    )
    yield at_most("attribute, memory of the whole process", peak, 1024, "MB")


def write(path: Path) -> list[int]:
    """Random places in the bounds of the area on random dates of a fixed list, as Parquet; returns the dates."""
    chance = np.random.default_rng(20201110)
    days = np.sort(
        chance.choice(np.arange(day_number(date(2020, 1, 1)), day_number(date(2024, 10, 1))), DATES, replace=False)
    ).astype(np.int32)
    schema = pa.schema([("id", pa.int64()), ("lat", pa.float64()), ("lon", pa.float64()), ("date", pa.date32())])
    with path.open("wb") as stream, parquet_writer(stream, schema) as writer:
        for first in range(0, ROWS, GROUP):
            count = min(GROUP, ROWS - first)
            dates = pa.array(days[chance.integers(0, DATES, count)]).cast(pa.date32())
            lat, lon = chance.uniform(38.4, 41.9, count), chance.uniform(43.5, 50.4, count)
            writer.write_table(pa.table([np.arange(first, first + count), lat, lon, dates], schema=schema))
    listed: list[int] = days.tolist()
    return listed


def copied(source: Path, out: Path) -> float:
    """Seconds to read the result (which holds the input) and write it again, batch by batch."""
    start = time.perf_counter()
    file = parquet.ParquetFile(source)
    with out.open("wb") as stream, parquet_writer(stream, file.schema_arrow) as writer:
        for batch in file.iter_batches(131_072, use_threads=False):
            writer.write_batch(batch)
    return time.perf_counter() - start


def joined(source: Path, days: list[int], predicate: str) -> tuple[float, str]:
    """Seconds that the loop takes for all dates, from every twentieth, and the spread of one date."""
    ground = load_ground()
    table = parquet.read_table(source, columns=["lat", "lon", "date"]).to_pandas(date_as_object=False)
    number = table["date"].to_numpy().astype("datetime64[D]").astype(int)
    took = []
    for day in days[:: DATES // SAMPLED]:
        rows = table[number == day]
        zones = zones_of(ground, EPOCH + np.timedelta64(day, "D").astype(object))
        start = time.perf_counter()
        points = gpd.GeoDataFrame(rows, geometry=gpd.points_from_xy(rows["lon"], rows["lat"], crs=4326))
        result = gpd.sjoin(points, zones, how="left", predicate=predicate)
        took.append(time.perf_counter() - start)
        assert len(result) >= len(rows)
    return statistics.mean(took) * DATES, spread([one * 1000 for one in took])


def zones_of(ground: Ground, day: date) -> gpd.GeoDataFrame:
    """The zones of a day as anybody would load them: a polygon each, with what is to be joined."""
    rows = [
        {
            "controller": span_on(piece, day).controller,
            "sovereign": piece.sovereign,
            "zones": "; ".join(zone.zone for zone in zones_on(piece, day)),
        }
        for piece in ground.pieces
    ]
    return gpd.GeoDataFrame(rows, geometry=[piece.geometry for piece in ground.pieces], crs=4326)

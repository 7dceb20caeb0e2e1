"""A real scheduler and worker processes on loopback; one of them is killed midway, and the result is the same."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).parents[2]
ROWS, GROUP = 300_000, 10_000
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "10s"}


def write_points(path, rows=ROWS, group=GROUP, seed=5):
    chance = np.random.default_rng(seed)
    days = pa.array(chance.integers(18_500, 20_000, rows).astype(np.int32)).cast(pa.date32())
    table = pa.table(
        {
            "n": np.arange(rows),
            "lat": chance.uniform(38.4, 41.9, rows),
            "lon": chance.uniform(43.5, 50.4, rows),
            "date": days,
        }
    )
    pq.write_table(table, path, row_group_size=group)


def start(*arguments):
    return subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


@pytest.fixture
def cluster(tmp_path):
    """The scheduler's address and three worker processes without nannies, so that a dead one stays dead."""
    file = tmp_path / "scheduler.json"
    processes = [
        start(
            "-m",
            "distributed.cli.dask_scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--no-show",
            "--scheduler-file",
            str(file),
        )
    ]
    while not file.exists():
        time.sleep(0.1)
    worker = ("-m", "distributed.cli.dask_worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny", "--no-dashboard",
              "--host", "127.0.0.1", "--local-directory", str(tmp_path))  # fmt: skip
    processes += [start(*worker) for _ in range(2)]
    import json

    yield json.loads(file.read_text())["address"], processes[1:]
    for process in reversed(processes):
        process.kill()
        process.wait()


def attribute(*arguments, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "geodata", "attribute", *map(str, arguments)],
        cwd=ROOT,
        env=ENVIRONMENT,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def test_a_worker_killed_midway_changes_nothing(tmp_path, cluster, monkeypatch):
    address, workers = cluster
    source, alone, out = tmp_path / "points.parquet", tmp_path / "alone.parquet", tmp_path / "together"
    write_points(source)
    run = attribute(source, "--out", alone)
    assert run.wait() == 0, run.stderr.read()
    small = ENVIRONMENT | {"ATLAS_PART_ROWS": str(GROUP)}
    run = subprocess.Popen([sys.executable, "-m", "geodata", "attribute", str(source), "--out", str(out), "--dask", address],
                           cwd=ROOT, env=small, stderr=subprocess.PIPE, text=True)  # fmt: skip
    while len(done := list(tmp_path.glob("together.*.part/part-*.parquet"))) < 4 and run.poll() is None:
        time.sleep(0.02)
    workers[0].send_signal(signal.SIGKILL)
    killed_after = len(done)
    said = run.communicate()[1]
    assert run.returncode == 0, said
    assert 4 <= killed_after < ROWS // GROUP, "the worker was to be killed midway"
    parts = sorted(out.iterdir())
    assert [part.name for part in parts] == [f"part-{number:05d}.parquet" for number in range(ROWS // GROUP)]
    together = pa.concat_tables([pq.read_table(part) for part in parts]).unify_dictionaries().combine_chunks()
    assert plain(together).equals(plain(pq.read_table(alone)))
    assert f"{ROWS:,} rows" in said
    assert list(tmp_path.glob("*.part")) == []


def plain(table):
    """Without dictionaries, whose order of words is not part of the result."""
    return pa.table(
        [column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column for column in table.columns],
        names=table.column_names,
    ).combine_chunks()


def test_no_scheduler_is_said_in_one_sentence(tmp_path, monkeypatch):
    source = tmp_path / "points.parquet"
    write_points(source, 10, 10)
    monkeypatch.setattr("geodata.attribution.cluster.WAIT", "1s")
    import argparse

    from geodata.attribution.cluster import run_on_cluster
    from geodata.attribution.reading import InputError

    arguments = argparse.Namespace(
        source=str(source),
        out=str(tmp_path / "out"),
        lat=None,
        lon=None,
        date=None,
        date_end=None,
        place=None,
        accuracy=None,
        precision=None,
        serial=False,
        date_order=None,
        dask="tcp://127.0.0.1:9",
    )
    with pytest.raises(InputError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        run_on_cluster(arguments)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["missing.parquet", "points.csv"])
def test_only_parquet_goes_to_a_cluster(tmp_path, name):
    (tmp_path / "points.csv").write_text("lat,lon,date\n40,46,2020-11-20\n")
    run = attribute(tmp_path / name, "--out", tmp_path / "out", "--dask", "tcp://127.0.0.1:9")
    said = run.communicate()[1]
    assert run.returncode == 2
    assert "Parquet file" in said
    assert len(said.splitlines()) == 1

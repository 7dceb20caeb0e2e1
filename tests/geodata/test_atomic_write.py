"""A file is whole or not there, whatever ends the run that writes it: real processes, real signals."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geodata.atomic_write import OutputError, folder_beside, write_whole, written_beside

HOLD = """
import sys
from geodata.atomic_write import written_beside
with written_beside(sys.argv[1]) as beside:
    beside.write_text("half")
    print(beside, flush=True)
    sys.stdin.read()
"""


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def holding(path):
    """A process that has begun to write a file and waits; and the file beside."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    return process, process.stdout.readline().strip()


def test_what_a_killed_run_left_is_removed_and_what_a_running_one_writes_is_not(tmp_path):
    out = tmp_path / "out.csv"
    dead, left = holding(out)
    dead.kill()
    dead.wait()
    assert names(tmp_path) == [Path(left).name]
    alive, beside = holding(out)
    assert names(tmp_path) == [Path(beside).name]
    write_whole(out, b"new")
    assert names(tmp_path) == sorted(["out.csv", Path(beside).name])
    alive.communicate("")
    assert (alive.returncode, out.read_text(), names(tmp_path)) == (0, "half", ["out.csv"])


def test_a_folder_that_a_killed_run_left_is_removed_too(tmp_path):
    code = HOLD.replace("written_beside", "folder_beside").replace(
        'beside.write_text("half")', 'beside.joinpath("a").touch()'
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code, tmp_path / "site"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    dead, alive = (Path(process.stdout.readline().strip()) for process in processes)
    processes[0].kill()
    processes[0].wait()
    assert names(tmp_path) == sorted([dead.name, alive.name])
    with folder_beside(tmp_path / "site") as beside:
        assert names(tmp_path) == sorted([alive.name, beside.name])
    processes[1].communicate("")
    assert names(tmp_path) == []


def test_runs_that_begin_at_the_same_time_leave_each_others_folders(tmp_path):
    def fill(_):
        for _ in range(60):
            with folder_beside(tmp_path / "site") as beside:
                (beside / "page").touch()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(fill, range(8)))
    assert names(tmp_path) == []


def test_files_that_only_look_like_leftovers_stay(tmp_path):
    (tmp_path / "target").write_text("mine")
    others = [".out.csv.12345.part", ".out.part.csv", ".out.0123456x.part.csv", ".other.01234567.part.csv"]
    for name in others:
        (tmp_path / name).write_text("mine")
    (tmp_path / ".out.01234567.part.csv").symlink_to("target")
    write_whole(tmp_path / "out.csv", b"new")
    assert names(tmp_path) == sorted([*others, "target", "out.csv", ".out.01234567.part.csv"])
    assert (tmp_path / "target").read_text() == "mine"


def test_a_symbolic_link_is_followed_and_permissions_stay(tmp_path):
    (tmp_path / "there").mkdir()
    target = tmp_path / "there" / "real.csv"
    target.write_text("old")
    target.chmod(0o600)
    (tmp_path / "out.csv").symlink_to("there/real.csv")
    write_whole(tmp_path / "out.csv", b"new")
    assert (tmp_path / "out.csv").is_symlink()
    assert (target.read_text(), target.stat().st_mode & 0o777) == ("new", 0o600)
    (tmp_path / "nowhere.csv").symlink_to("there/later.csv")
    write_whole(tmp_path / "nowhere.csv", b"new")
    assert (tmp_path / "there" / "later.csv").read_text() == "new"


def test_what_is_no_regular_file_is_refused(tmp_path):
    (tmp_path / "null.csv").symlink_to("/dev/null")
    os.mkfifo(tmp_path / "pipe.csv")
    for name, said in (("null.csv", "device or a pipe"), ("pipe.csv", "device or a pipe"), (".", "is a folder")):
        with pytest.raises(OutputError, match=said):
            write_whole(tmp_path / name, b"new")
    assert names(tmp_path) == ["null.csv", "pipe.csv"]


def test_an_exception_leaves_the_earlier_file_and_nothing_beside(tmp_path):
    out = tmp_path / "out.csv"
    out.write_text("old")

    def fail():
        with written_beside(out) as beside:
            beside.write_text("half")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert (out.read_text(), names(tmp_path)) == ("old", ["out.csv"])


def interruptible():
    """What a shell starts in the background ignores SIGINT, and hands that on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_attribute_that_is_stopped_leaves_nothing(tmp_path, how):
    """The input grows until the signal comes before the run is done, on however fast a machine."""
    source, out = tmp_path / "points.parquet", tmp_path / "out.csv"
    out.write_text("earlier")
    rows = 400_000
    while True:
        write_points(source, rows)
        process = subprocess.Popen(
            [sys.executable, "-m", "geodata", "attribute", str(source), "--out", str(out)],
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=interruptible,  # noqa: PLW1509 this process has one thread
        )
        while not list(tmp_path.glob(".out.*.part.csv")) and process.poll() is None:
            time.sleep(0.002)
        process.send_signal(how)
        said = process.communicate()[1]
        if process.returncode:
            break
        out.write_text("earlier")
        rows *= 4
    assert process.returncode == 2
    assert said.splitlines()[-1] == "geodata: stopped; no unfinished file was left behind."
    assert names(tmp_path) == ["out.csv", "points.parquet"]
    assert out.read_text() == "earlier"


@pytest.mark.parametrize("beside", [written_beside, folder_beside])
def test_a_stop_before_the_lock_leaves_nothing(tmp_path, monkeypatch, beside):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("geodata.atomic_write.fcntl.flock", stop)
    with pytest.raises(KeyboardInterrupt), beside(tmp_path / "out"):
        pass
    assert names(tmp_path) == []


def write_points(path, rows):
    chance = np.random.default_rng(5)
    columns = {"lat": chance.uniform(38.4, 41.9, rows), "lon": chance.uniform(43.5, 50.4, rows)}
    pq.write_table(pa.table({**columns, "date": ["2020-11-20"] * rows}), path)

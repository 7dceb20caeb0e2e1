"""A run that is stopped midway: one sentence, exit 2, and nothing half-made is left."""

import os
import signal
import subprocess
import sys
import time

import pytest
from PIL import Image

WAIT = 60.0
"""Seconds for the run to come so far, on a busy machine."""


def stop(arguments, begun, how, tmp_path):
    """Start a command, stop it as soon as a file that matches ``begun`` is there; returns exit code and what it said."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "layers", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(scratch)},
    )
    until = time.monotonic() + WAIT
    while not any(tmp_path.glob(begun)):
        assert process.poll() is None, process.stderr.read()
        assert time.monotonic() < until, f"no {begun}"
        time.sleep(0.002)
    process.send_signal(how)
    out, said = process.communicate(timeout=WAIT)
    assert out == ""
    assert list(scratch.iterdir()) == []
    scratch.rmdir()
    return process.returncode, said


STOPPED = (2, "layers: stopped; no unfinished file was left behind.\n")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_film(tmp_path, how):
    out = tmp_path / "film.mp4"
    out.write_bytes(b"the earlier film")
    assert stop(["animation", "--out", str(out)], ".film.*.part.mp4", how, tmp_path) == STOPPED
    assert out.read_bytes() == b"the earlier film"
    assert list(tmp_path.iterdir()) == [out]


def test_an_export(tmp_path):
    command = ["export", "--all", "--out", str(tmp_path / "all.gpkg")]
    assert stop(command, "scratch/*/atlas.gpkg", signal.SIGINT, tmp_path) == STOPPED
    assert list(tmp_path.iterdir()) == []


def test_a_site_leaves_the_earlier_one(tmp_path):
    out = tmp_path / "site"
    out.mkdir()
    (out / "site.css").write_text("earlier")
    assert stop(["site", "--out", str(out)], ".site.*.part/downloads/*", signal.SIGINT, tmp_path) == STOPPED
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert [path.read_text() for path in out.iterdir()] == ["earlier"]


def test_a_batch_of_sheets_keeps_only_whole_ones(tmp_path):
    out = tmp_path / "sheets"
    assert stop(["sheets", "--dpi", "60", "--out", str(out)], "sheets/sheet-*.png", signal.SIGINT, tmp_path) == STOPPED
    made = list(out.iterdir())
    assert made
    for path in made:
        with Image.open(path) as image:
            image.load()

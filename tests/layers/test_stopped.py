"""A run that is stopped midway: one sentence, exit 2, and nothing half-made is left."""

import os
import signal
import subprocess
import sys
import time

import pytest
from PIL import Image

from layers.cli.folders import write_folder
from tests.browsing import ROOT


def stop(arguments, begun, how, tmp_path):
    """Run a command that is stopped when a file that matches ``begun`` is there; returns exit code and what it said.

    The file is there for as long as the film is encoded, so it can't be missed.
    """
    process = start(arguments, tmp_path)
    while not any(tmp_path.glob(begun)):
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.01)
    process.send_signal(how)
    return ended(process, tmp_path)


def stop_at(arguments, moment, how, tmp_path, times=1):
    """Run a command that stops itself when it opens, renames or connects to what matches ``moment``, for the n-th time."""
    settings = {"STOP_AT": moment, "STOP_TIMES": str(times), "STOP_SIGNAL": str(int(how))}
    return ended(start(arguments, tmp_path, PYTHONPATH=str(ROOT / "tests" / "stopping"), **settings), tmp_path)


def start(arguments, tmp_path, **settings):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    return subprocess.Popen(
        [sys.executable, "-m", "layers", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(scratch), **settings},
        preexec_fn=interruptible,  # noqa: PLW1509 this process has one thread
    )


def interruptible():
    """What a shell starts in the background ignores SIGINT, and hands that on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def ended(process, tmp_path):
    out, said = process.communicate()
    scratch = tmp_path / "scratch"
    assert out == ""
    assert list(scratch.iterdir()) == []
    scratch.rmdir()
    return process.returncode, said


STOPPED = (2, "layers: stopped; no unfinished file was left behind.\n")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_film(tmp_path, how):
    out = tmp_path / "film.mp4"
    out.write_bytes(b"the earlier film")
    assert stop(["animation", "--out", str(out)], ".film.*.part.mp4", how, tmp_path) == STOPPED
    assert out.read_bytes() == b"the earlier film"
    assert list(tmp_path.iterdir()) == [out]


def test_an_export(tmp_path):
    command = ["export", "--all", "--out", str(tmp_path / "all.gpkg")]
    assert stop_at(command, r"sqlite3.*atlas\.gpkg", signal.SIGINT, tmp_path) == STOPPED
    assert list(tmp_path.iterdir()) == []


def test_a_site_leaves_the_earlier_one(tmp_path):
    out = tmp_path / "site"
    write_folder(out, {"site.css": lambda: b"earlier"})
    moment = r"open .*\.site\.[0-9a-f]{8}\.part/downloads/"
    assert stop_at(["site", "--out", str(out)], moment, signal.SIGINT, tmp_path) == STOPPED
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (out / "site.css").read_text() == "earlier"


def test_a_batch_of_sheets_keeps_only_whole_ones(tmp_path):
    out = tmp_path / "sheets"
    command = ["sheets", "--dpi", "60", "--out", str(out)]
    assert stop_at(command, r"os\.rename .*sheets/sheet-", signal.SIGINT, tmp_path, times=3) == STOPPED
    made = list(out.iterdir())
    assert made
    for path in made:
        with Image.open(path) as image:
            image.load()

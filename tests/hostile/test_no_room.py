"""No permission to write, and no space: a tree that is really read-only, and a disk that is really full."""

import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from geodata.integrity import EDITING, seal
from tests.browsing import ROOT, free_port
from tests.hostile.bare import (
    no_disk,
    open_folder,
    small_disk,
    unprivileged,
    writable,
    writes_little,
    writes_next_to_nothing,
    writes_nothing,
)
from tests.hostile.tree import copy_tree, environment

POINTS = b"lat,lon,date\n39.991,46.9274,2020-11-20\n"


@pytest.fixture(scope="module")
def installed():
    """A sealed copy of the tree that nobody may write to, in a folder that everybody may read."""
    with open_folder() as folder:
        tree = copy_tree(folder / "atlas")
        seal(tree / "geodata")
        writable(tree, may=False)
        yield tree


def files(tree):
    return {path.relative_to(tree): path.stat().st_mtime_ns for path in tree.rglob("*")}


@contextmanager
def serving(tree, how, **settings):
    """The page of a tree, started as ``how`` says; yields its address."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "asgi:app", "--port", str(port), "--no-access-log"]
    server = subprocess.Popen(
        command, cwd=tree, env=environment(HOME="/nonexistent", **settings), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **how
    )  # fmt: skip
    try:
        while not answers(f"http://127.0.0.1:{port}/readyz"):
            assert server.poll() is None, "the page did not start"
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait()


def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


def command(tree, *words, **how):
    return subprocess.run(
        [sys.executable, "-m", *map(str, words)],
        cwd=tree,
        env=environment(HOME="/nonexistent", **how.pop("settings", {})),
        capture_output=True,
        text=True,
        check=False,
        **how,
    )


def test_a_read_only_tree_is_really_read_only(installed):
    """The ground of the tests below: the process that runs them can't write there."""
    probe = [sys.executable, "-c", "open('x', 'w')"]
    done = subprocess.run(probe, cwd=installed, capture_output=True, text=True, check=False, **unprivileged())
    assert "PermissionError" in done.stderr


SERVER = "[data-testid=stFileUploader] input"


@pytest.mark.browser
@pytest.mark.parametrize("room", [True, False], ids=["read-only", "not a byte anywhere"])
def test_the_page_works_where_it_may_not_write(installed, new_page, room):
    """Map, panels, upload and downloads; the second time also nothing outside the tree can be written."""
    how = unprivileged()
    if not room:
        before = how.get("preexec_fn", lambda: None)
        how = {**how, "preexec_fn": lambda: (before(), writes_nothing())}
    seen = files(installed)
    with serving(installed, how) as url:
        page = new_page()
        for panel in ("clauses", "deadlines", "points", "downloads"):
            page.goto(f"{url}?on=2020-11-25&panel={panel}")
            page.wait_for_selector("path[data-controller]", state="attached")
            if panel == "points":
                page.get_by_text("the server places it").click()
                page.locator(SERVER).wait_for(state="attached")
                page.set_input_files(SERVER, {"name": "x.csv", "mimeType": "text/csv", "buffer": POINTS})
                page.get_by_role("button", name="Place the points").click()
                page.get_by_text("1 rows: 1 placed").wait_for()
            assert "This part of the page failed" not in page.evaluate("document.body.textContent")
        with page.expect_download() as waiting:
            page.get_by_role("button", name="GeoJSON", exact=True).click()
        assert b"FeatureCollection" in Path(waiting.value.path()).read_bytes()
        if not room:
            page.get_by_role("button", name="GeoPackage", exact=True).click()
            page.get_by_text("The GeoPackage can't be written").wait_for()
        page.evaluate("window.atlas.show({on: '2021-01-15'})")
        assert page.evaluate("window.atlas.state().on") == "2021-01-15"
    assert files(installed) == seen


def test_commands_work_in_a_read_only_tree(installed):
    seen = files(installed)
    with open_folder() as out:
        out.chmod(0o777)
        for words in (
            ["html", "--out", out / "x.html"],
            ["snapshot", "--on", "2020-11-25", "--out", out / "x.svg"],
            ["export", "--on", "2020-11-25", "--out", out / "x.gpkg"],
        ):
            done = command(installed, "layers", *words, **unprivileged())
            assert done.returncode == 0, done.stderr
        assert {path.name for path in out.iterdir()} == {"x.html", "x.svg", "x.gpkg"}
    told = command(installed, "geodata", "at", "39.991", "46.9274", "--on", "2020-11-20", **unprivileged())
    assert "controller  azerbaijan" in told.stdout
    for words in (["layers", "html", "--out", "x.html"], ["layers", "tables", "--out", "new"], ["geodata", "seal"]):
        done = command(installed, *words, **unprivileged())
        assert done.returncode == 2, done.stderr
        assert done.stderr.count("\n") == 1, done.stderr
        assert "can't be" in done.stderr
    assert files(installed) == seen


FULL = {
    **{name: ["export", "--on", "2020-11-25"] for name in ("geojson", "gpkg", "kml", "csv", "parquet", "fgb")},
    **{name: ["snapshot", "--on", "2020-11-25"] for name in ("svg", "pdf", "png")},
    **{name: ["animation", "--from", "2020-11-20", "--to", "2020-11-25", "--seconds", "1"] for name in ("mp4", "gif")},
    "html": ["html"],
    "zip": ["package"],
}
"""Every command that writes one file, by the ending of its name."""


@pytest.mark.parametrize("ending", FULL)
@pytest.mark.parametrize("room", [small_disk, no_disk], ids=["disk", "limit"])
def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path, ending, room):
    with room(tmp_path / "disk") as how:
        old = tmp_path / "disk" / f"x.{ending}"
        old.write_text("what was there")
        done = command(ROOT, "layers", *FULL[ending], "--out", old, settings=editing(tmp_path), **how)
        assert done.returncode == 2, done.stderr
        assert "can't be written: " in done.stderr.splitlines()[-1]
        assert "Traceback" not in done.stderr
        assert old.read_text() == "what was there"
        assert [path.name for path in old.parent.iterdir()] == [old.name]


@pytest.mark.parametrize(("name", "words"), [("sheets", ["sheets"]), ("tables", ["tables"]), ("site", ["site"])])
def test_a_full_disk_under_a_folder_of_files(tmp_path, name, words):
    """What was written is whole, or nothing is there; never half a file."""
    with small_disk(tmp_path / "disk", writes_next_to_nothing if name == "tables" else writes_little) as how:
        folder = tmp_path / "disk" / name
        done = command(ROOT, "layers", *words, "--out", folder, settings=editing(tmp_path), **how)
        assert done.returncode == 2, done.stderr
        assert "can't be written: " in done.stderr.splitlines()[-1]
        assert "Traceback" not in done.stderr
        left = [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []
        assert not [path for path in left if path.name.startswith(".") or path.suffix == ".part"]
        if name == "tables":
            whole = tmp_path / "whole"
            assert command(ROOT, "layers", *words, "--out", whole, settings=editing(tmp_path)).returncode == 0
            assert left
            assert all(path.read_bytes() == (whole / path.name).read_bytes() for path in left)


@pytest.mark.parametrize("ending", ["gpkg", "fgb", "zip"])
def test_a_full_folder_for_temporary_files(tmp_path, ending):
    with small_disk(tmp_path / "disk") as how:
        (tmp_path / "disk" / "other").write_bytes(b"x" * 40_000)
        out = tmp_path / f"x.{ending}"
        settings = editing(tmp_path, TMPDIR=str(tmp_path / "disk"))
        done = command(ROOT, "layers", "export", "--on", "2020-11-25", "--out", out, settings=settings, **how)
        assert done.returncode == 2, done.stderr
        assert "there is no space" in done.stderr or "can't be written: " in done.stderr
        assert "Traceback" not in done.stderr
        assert not out.exists()
        assert [path.name for path in (tmp_path / "disk").iterdir()] == ["other"]


def editing(tmp_path, **more):
    """The tree as it is."""
    return {EDITING: "1", "TMPDIR": tempfile.gettempdir(), **more}


@pytest.mark.browser
def test_the_page_on_a_full_disk(installed, new_page, tmp_path):
    """Every temporary file finds the disk full: the page, its panels and the downloads that need no space keep working."""
    with small_disk(tmp_path / "disk") as how:
        disk = tmp_path / "disk"
        (disk / "other").write_bytes(b"x" * 50_000)
        with serving(installed, how, TMPDIR=str(disk)) as url:
            page = new_page()
            page.goto(f"{url}?on=2020-11-25&panel=downloads")
            page.wait_for_selector("path[data-controller]", state="attached")
            page.get_by_role("button", name="GeoPackage", exact=True).click()
            page.get_by_text("The GeoPackage can't be written").wait_for()
            with page.expect_download() as waiting:
                page.get_by_role("button", name="GeoJSON", exact=True).click()
            assert b"FeatureCollection" in Path(waiting.value.path()).read_bytes()

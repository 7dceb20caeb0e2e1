"""Faults: damaged, swapped and stale files, a full disk, a read-only tree, another clock, another locale."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from geodata.integrity import EDITING, seal
from tests.browser.opened import until
from tests.browsing import ROOT, free_port, rest
from tests.hostile.tree import copy_tree, environment, run


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    """A copy of the tree, sealed: what an installation looks like."""
    tree = copy_tree(tmp_path_factory.mktemp("tree") / "atlas")
    seal(tree / "geodata")
    return tree


@pytest.fixture
def tree(sealed):
    """The copy, put right again after the test."""
    kept = {
        path: path.read_bytes() for path in (sealed / "geodata").rglob("*") if path.is_file() and path.suffix != ".pyc"
    }
    yield sealed
    for path, content in kept.items():
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


def start(tree, **more):
    """Start the page of a tree that is not fit to serve; returns its exit status and what it says."""
    command = [sys.executable, "-m", "uvicorn", "asgi:app", "--port", str(free_port())]
    done = subprocess.run(command, cwd=tree, env=environment(**more), capture_output=True, text=True, check=False)
    return done.returncode, [line for line in done.stderr.splitlines() if not line.startswith("INFO:")]


def truncate(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def swap(path):
    other = path.with_name("lines.geojson" if path.suffix == ".geojson" else "events.yaml")
    path.write_bytes(other.read_bytes())


def grow_stale(path):
    path.write_bytes(path.read_bytes().replace(b"2020-11-20", b"2020-11-21"))


DAMAGES = {
    "missing": Path.unlink,
    "truncated": truncate,
    "swapped": swap,
    "stale": grow_stale,
    "empty": lambda path: path.write_bytes(b""),
}


@pytest.mark.parametrize("name", ["shapes/pieces.geojson", "record/obligations.yaml"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_refused_by_name_in_one_sentence(tree, name, damage):
    DAMAGES[damage](tree / "geodata" / name)
    status, said = start(tree)
    assert status == 2
    assert len(said) == 1
    assert said[0].startswith(f"The atlas does not start: geodata/{name}: the file is ")


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("shapes/pieces.geojson", truncate),
        ("shapes/edges.geojson", swap),
        ("record/obligations.yaml", truncate),
        ("record/zones.yaml", swap),
    ],
)
def test_while_editing_the_fault_itself_is_named(tree, name, damage):
    damage(tree / "geodata" / name)
    status, said = start(tree, **{EDITING: "1"})
    assert status == 2
    assert len(said) == 1
    assert Path(name).name in said[0]
    assert "Traceback" not in said[0]


@pytest.mark.parametrize("name", ["shapes/pieces.geojson", "record/events.yaml"])
@pytest.mark.parametrize("damage", ["missing", "truncated", "empty"])
def test_commands_name_a_damaged_file(tree, name, damage):
    DAMAGES[damage](tree / "geodata" / name)
    command = (
        ["geodata", "changes", "--from", "2020-11-01", "--to", "2020-12-31"]
        if "pieces" in name
        else ["geodata", "status", "--on", "2020-12-01"]
    )
    done = run(tree, *command)
    assert done.returncode == 2
    assert done.stdout == ""
    assert Path(name).name in done.stderr
    assert "Traceback" not in done.stderr


CLOCK = """
import datetime, sys, time
import numpy, pandas, pyarrow, pyarrow.parquet, geopandas, pyogrio, openpyxl  # compiled parts keep the type they met
real, date = datetime.datetime, datetime.date
shift = datetime.timedelta(days={days})
class Either(type):
    def __instancecheck__(cls, value): return isinstance(value, cls.__mro__[1])
class Moved(real, metaclass=Either):
    @classmethod
    def now(cls, tz=None): return real.now(tz) + shift
    @classmethod
    def utcnow(cls): return real.utcnow() + shift
    @classmethod
    def today(cls): return real.now() + shift
class Day(date, metaclass=Either):
    @classmethod
    def today(cls): return (real.now() + shift).date()
datetime.datetime, datetime.date = Moved, Day
clock = time.time
time.time = lambda: clock() + shift.total_seconds()
"""
ANSWERS = """
from geodata.__main__ import main
from layers.__main__ import main as layers
main(["status", "--on", "2026-06-08", "--json"]); main(["changes", "--from", "2020-01-01", "--to", "2026-06-08"])
for ending in ("svg", "pdf", "png"): layers(["snapshot", "--on", "2020-11-25", "--out", "x." + ending])
for ending in ("geojson", "gpkg", "kml", "parquet"): layers(["export", "--on", "2020-11-25", "--out", "x." + ending])
layers(["html", "--out", "x.html"])
import hashlib, pathlib
for path in sorted(pathlib.Path().glob("x.*")): print(path.name, hashlib.sha256(path.read_bytes()).hexdigest())
"""


def answers(folder, prelude="", **more):
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", prelude + ANSWERS],
        cwd=folder,
        env=environment(PYTHONPATH=str(ROOT), **more),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode("utf-8")


def test_clock_and_locale_change_nothing(tmp_path):
    """In 2040, in locale C and in another time zone the same questions have the same answers, and every file the same bytes."""
    settings = (
        (tmp_path / "now", "", {}),
        (tmp_path / "2040", CLOCK.format(days=365 * 14), {}),
        (tmp_path / "c", "", {"LC_ALL": "C", "LANG": "C", "TZ": "America/Los_Angeles", "PYTHONHASHSEED": "1"}),
    )
    with ThreadPoolExecutor(3) as pool:
        usual, later, elsewhere = pool.map(lambda one: answers(one[0], one[1], **one[2]), settings)
    assert usual.count(".") > 8
    assert later == usual
    assert elsewhere == usual


def test_locale_c_still_prints_names():
    done = subprocess.run(
        [sys.executable, "-m", "geodata", "at", "39.991", "46.9274", "--on", "2020-11-20", "--json"],
        cwd=ROOT,
        env=environment(LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0"),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode("utf-8"))["controller"] == "azerbaijan"


@pytest.mark.browser
def test_storage_blocked(new_page, app_url):
    """A browser that refuses storage of every kind shows the page all the same."""
    page = new_page()
    page.add_init_script(
        """for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"])
             Object.defineProperty(window, name, {get() { throw new DOMException("denied", "SecurityError"); }});"""
    )
    page.goto(app_url + "?on=2020-11-25&panel=clauses")
    page.wait_for_selector("path[data-controller]", state="attached")
    page.evaluate("() => window.atlas.show({on: '2021-01-15'})")
    assert page.evaluate("window.atlas.state().on") == "2021-01-15"


@pytest.mark.browser
def test_damaged_storage(new_page, app_url):
    """A stored theme that can't be read, under the name that this Streamlit uses, costs the reader nothing."""
    page = new_page()
    page.goto(app_url)
    until(page, "Object.keys(localStorage).some(key => key.startsWith('stActiveTheme'))")
    page.evaluate("for (const key of Object.keys(localStorage)) localStorage[key] = '{'")
    page.goto(app_url + "?on=2020-11-25&panel=clauses")
    page.wait_for_selector("path[data-controller]", state="attached")
    page.get_by_role("heading", name="The nine clauses").wait_for()


@pytest.mark.browser
def test_offline_after_load(new_page, app_url):
    """After load the map needs nobody: dates, layers and clauses go on, and the page says that it has lost its server."""
    page = new_page()
    page.goto(app_url + "?on=2020-11-25")
    page.wait_for_selector("path[data-controller]", state="attached")
    rest(page)
    page.context.set_offline(True)
    for day in ("2020-11-10", "2022-09-01", "2023-10-01"):
        page.evaluate("(day) => window.atlas.show({on: day, clause: 6})", day)
        assert page.evaluate("window.atlas.state().on") == day
        assert page.locator("path[data-controller]").count() > 20


@pytest.mark.browser
def test_a_file_of_the_map_that_does_not_come(new_page, app_url):
    """A sentence stands where the map would be."""
    page = new_page()
    page.route("**/app/static/text-*.json", lambda route: route.abort())
    page.goto(app_url)
    page.get_by_text("The map can't be loaded").wait_for()

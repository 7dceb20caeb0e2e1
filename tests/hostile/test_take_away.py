"""Hostile text through the commands that take much away at once: read from a tree whose own files hold it."""

import csv
import hashlib
import io
import json
import re
import zipfile
from html.parser import HTMLParser

import imageio_ffmpeg
import pyogrio
import pytest
import yaml
from PIL import Image

from geodata.loading import load_record
from geodata.spreadsheet_safety import NUMBER, STARTS
from layers.export.shapefile import MOST, SHORT
from layers.wording import publisher
from tests.hostile.corpus import CREDITS, PAYLOADS, hostile_world, texts_of
from tests.hostile.svg import is_quiet
from tests.hostile.test_screens import FOREIGN
from tests.hostile.tree import hostile_tree, run

DAY = "2022-09-01"
NAMES = ("name", "name_az", "name_hy", "name_ru")
ADDRESS = 'map.html"><script>window.ran=1</script><x y="'


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    return hostile_tree(tmp_path_factory.mktemp("hostile") / "atlas")


@pytest.fixture(scope="module")
def known():
    """Every text that the poisoned record holds."""
    return set(texts_of(hostile_world()[0]).values())


def written(tree, *command):
    """Run a command that must succeed without a traceback; returns what it printed."""
    done = run(tree, "layers", *command)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def test_the_tree_holds_the_corpus(tree):
    assert load_record(tree / "geodata" / "record") == hostile_world()[0]


def test_the_data_package(tree, tmp_path, known):
    written(tree, "package", "--out", tmp_path / "data.zip")
    with zipfile.ZipFile(tmp_path / "data.zip") as archive:
        assert all(re.fullmatch(r"[\w.-]+(/[\w.-]+)?", name) for name in archive.namelist())
        head = json.loads(archive.read("datapackage.json"))
        assert CREDITS in head["description"]
        titles = {source["title"] for source in head["sources"]}
        assert titles == {f"{publisher(one, str)}: {one.title}" for one in hostile_world()[0].sources if one.seen}
        for resource in head["resources"]:
            assert resource["hash"] == f"sha256:{hashlib.sha256(archive.read(resource['path'])).hexdigest()}"
        found = {}
        for name in archive.namelist():
            if name.startswith("record/") and name.endswith(".yaml"):
                found[name] = yaml.safe_load(archive.read(name))
        assert set(texts(found)) >= known
        for name in ("tables/obligations.csv", "tables/events.csv", "tables/changes.csv"):
            no_formula(archive.read(name).decode("utf-8-sig"))


def texts(value):
    """Every text anywhere inside."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)


def no_formula(content):
    rows = list(csv.reader(io.StringIO(content, newline="")))
    assert len(rows) > 5
    assert len({len(row) for row in rows}) == 1, "a cell broke out of its row"
    for row in rows:
        assert not [cell for cell in row if cell.startswith(STARTS) and not NUMBER.fullmatch(cell)]


def test_all_sheets_at_once(tree, tmp_path):
    small = ("--size", "card", "--layers", "agdam,kalbajar")  # the whole page is drawn in test_files.py
    written(tree, "sheets", "--format", "svg", *small, "--out", tmp_path / "sheets")
    paths = sorted((tmp_path / "sheets").iterdir())
    assert len(paths) > 40
    assert all(re.fullmatch(r"sheet-\d{4}-\d\d-\d\d\.svg", path.name) for path in paths)
    assert all(is_quiet(path.read_bytes()) for path in paths)


@pytest.mark.parametrize("ending", ["gif", "mp4"])
def test_the_animation(tree, tmp_path, ending):
    path = tmp_path / f"film.{ending}"
    written(tree, "animation", "--from", "2020-11-20", "--to", "2020-11-25", "--seconds", "1", "--out", path)
    reader = imageio_ffmpeg.read_frames(str(path))
    about, pictures = next(reader), list(reader)
    assert about["duration"] == pytest.approx(1, abs=0.1)
    assert pictures[0] != pictures[-1]
    content = path.read_bytes()
    for payload in ("window.ran", "{{ 7*7", "HYPERLINK"):
        assert payload.encode() not in content, "a film carries pictures only"
    if ending == "gif":
        with Image.open(path) as image:
            assert "comment" not in image.info


def test_flatgeobuf_holds_the_same_text(tree, tmp_path, known):
    written(tree, "export", "--on", DAY, "--out", tmp_path / "x.fgb")
    names = set(pyogrio.read_dataframe(tmp_path / "x.fgb", read_geometry=False)["name"])
    held = {name for name in names if "№" in (name or "")}
    assert len(held) > 10
    # A C string ends at NUL: what stood before it is kept, the rest can't be held.
    assert {name for name in held if name not in known} <= {text.split("\0")[0] for text in known}


def test_shapefiles_hold_the_same_text_as_far_as_they_can(tree, tmp_path, known):
    written(tree, "export", "--on", DAY, "--out", tmp_path / "x.zip")
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        assert all(re.fullmatch(r"[\w-]+\.(shp|shx|dbf|prj|cpg)|README\.txt", name) for name in archive.namelist())
        assert CREDITS in archive.read("README.txt").decode()
        archive.extractall(tmp_path / "x")
    whole = {text.split("\0")[0].strip() for text in known}
    held = set()
    for path in (tmp_path / "x").glob("*.shp"):
        table = pyogrio.read_dataframe(path, read_geometry=False)
        assert not set(SHORT) & set(table.columns), "the names are the short ones"
        held |= {name for column in NAMES for name in table[column] if isinstance(name, str) and name}
    cut = {name for name in held if name.endswith("…")}
    assert 1 <= len(cut) <= 2, "the long name, the one of many accents, or both"
    for name in cut:
        assert MOST - 3 <= len(name.encode()) <= MOST
        assert any(text.startswith(name.removesuffix("…")) for text in whole), name
    assert len({name.strip() for name in held - cut if "№" in name} & whole) > 10
    assert {name.strip() for name in held - cut if "№" in name} <= whole


class Elements(HTMLParser):
    """Every element of a piece of HTML, with its attributes."""

    def __init__(self, content):
        super().__init__()
        self.found = []
        self.feed(content)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


@pytest.mark.browser
def test_the_embed(tree, tmp_path, new_page):
    """The frame is one element whatever its address; in it, and in the page around it, nothing runs."""
    out = tmp_path / "map.html"
    frame = written(tree, "html", "--out", out, "--embed", "--controls", "time,legend", "--on", DAY, "--clause", "6")
    hostile = written(tree, "html", "--out", out, "--embed", "--address", ADDRESS, "--on", DAY)
    assert [tag for tag, _ in Elements(hostile).found] == ["iframe"]
    assert Elements(hostile).found[0][1]["src"] == f"{ADDRESS}#on={DAY}"
    (tmp_path / "host.html").write_text(f"<!DOCTYPE html><title>News</title>{frame}{hostile}", encoding="utf-8")
    page = new_page()
    page.goto((tmp_path / "host.html").as_uri())
    inner = page.frame_locator("iframe").first
    inner.locator("path[data-controller]").first.wait_for(state="attached")
    for index in (0, 1):
        seen = page.frames[index].evaluate(FOREIGN.replace('iframe:not([src^="map.html"], [src^="../map.html"])', "x"))
        assert seen["found"] == []
        assert seen.get("ran") is None
    assert page.locator("iframe").count() == 2
    said = page.frames[1].evaluate("document.body.textContent")
    assert any(payload.strip() in said for payload in PAYLOADS)
    assert "evaluatedevaluated" not in said

"""Starting and serving: a damaged file stops the start by name; headers; the map's files when the tree is read-only."""

import os
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from server import hashed_files
from server.headers import content_security_policy, inline_script_hashes
from tests.hostile.tree import copy_tree


@pytest.fixture
def tree(tmp_path):
    """A copy of what runs."""
    return copy_tree(tmp_path / "tree")


def start(tree, **environment):
    return subprocess.run(
        [sys.executable, "-c", "import asgi"],
        check=False,
        cwd=tree,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "ATLAS_EDITING": "1", "PYTHONDONTWRITEBYTECODE": "1", **environment},
    )


def damage(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("record/events.yaml", "\n- id:", "\n- wrong: 1\n  id:", ("events.yaml", "wrong")),
        ("record/clauses.yaml", "- number: 1", "- number: 10", ("obligations.yaml", "there is no clause “1”")),
        ("shapes/pieces.geojson", '"spans"', '"spam"', ("pieces.geojson", "spans")),
        ("shapes/lines.geojson", "{", "", ("lines.geojson", "damaged")),
    ],
)
def test_a_damaged_file_stops_the_start(tree, file, old, new, named):
    damage(tree / "geodata" / file, old, new)
    ended = start(tree)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    said = ended.stderr.strip().splitlines()[-1]
    assert said.startswith("The atlas does not start:")
    for word in named:
        assert word in said


def test_a_missing_file_stops_the_start(tree):
    (tree / "geodata/shapes/edges.geojson").unlink()
    ended = start(tree)
    assert ended.returncode == 2
    assert "edges.geojson" in ended.stderr


def test_a_wrong_origin_stops_the_start(tree):
    ended = start(tree, FRAME_ANCESTORS="javascript:alert(1)")
    assert ended.returncode == 2
    assert "FRAME_ANCESTORS" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_whole_tree_starts_and_writes_the_files(tree):
    assert start(tree).returncode == 0
    written = {path.name for path in (tree / "static").iterdir()}
    assert written >= set(hashed_files.assets())
    assert not [name for name in written if name.endswith(".part")]


def test_a_read_only_tree_is_served_from_memory(monkeypatch, tmp_path, caplog):
    nowhere = tmp_path / "file"
    nowhere.write_text("", encoding="utf-8")  # a folder can't be made below a file, not even by root
    monkeypatch.setattr(hashed_files, "STATIC", nowhere / "static")
    hashed_files.publish.cache_clear()
    try:
        assert hashed_files.publish() is None
    finally:
        hashed_files.publish.cache_clear()
    assert "from memory only" in caplog.text


def test_files_are_served_by_name_only(app_url):
    name = next(iter(hashed_files.assets()))
    with urllib.request.urlopen(f"{app_url}app/static/{name}") as answer:
        assert "immutable" in answer.headers["cache-control"]
    for wrong in ("..%2fapp.py", "%2e%2e/app.py", "app.py", "%00", "x.js"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{app_url}app/static/{wrong}")
        assert refused.value.code in {400, 404}


def test_frame_ancestors_can_be_set():
    assert content_security_policy("https://example.org https://news.example").endswith(
        "frame-ancestors https://example.org https://news.example"
    )
    assert content_security_policy().endswith("frame-ancestors 'self'")


def test_inline_scripts_are_hashed():
    assert inline_script_hashes("<script>alert(1)</script><script src=x></script>") == [
        "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"
    ]

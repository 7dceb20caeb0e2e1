"""A folder is written whole, and nothing that somebody else put there is lost."""

import gzip
import subprocess
import sys
import threading

import pytest

from geodata.atomic_write import OutputError
from layers.__main__ import main
from layers.cli.folders import LIST, write_folder
from tests.browsing import ROOT

FIRST = {"site.css": lambda: b"a", "downloads/a.txt": lambda: b"first"}
SECOND = {"site.css": lambda: b"b", "index.html": lambda: b"second"}


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != LIST
    }


def test_an_earlier_one_is_replaced_with_what_deploy_added(tmp_path):
    folder = tmp_path / "site"
    write_folder(folder, FIRST)
    (folder / "site.css.gz").write_bytes(gzip.compress(b"a"))
    write_folder(folder, SECOND)
    assert contents(folder) == {"site.css": b"b", "index.html": b"second"}
    assert names(tmp_path) == ["site"]
    subprocess.run(["sha256sum", "--check", LIST], cwd=folder, check=True, capture_output=True)


@pytest.mark.parametrize("name", ["notes.txt", ".git/HEAD", "downloads/more.txt", "site.css.gz", "empty/"])
def test_what_somebody_else_put_there_is_named_and_stays(tmp_path, name):
    folder = tmp_path / "site"
    write_folder(folder, FIRST)
    other = folder / name
    if name.endswith("/"):
        other.mkdir()
    else:
        other.parent.mkdir(exist_ok=True)
        other.write_bytes(b"mine")
    before = contents(folder)
    with pytest.raises(OutputError, match=name.split("/")[0].replace(".", r"\.")):
        write_folder(folder, SECOND)
    assert contents(folder) == before
    assert other.exists()
    assert names(tmp_path) == ["site"]


def test_what_was_changed_since_is_named_and_stays(tmp_path):
    folder = tmp_path / "site"
    write_folder(folder, FIRST)
    (folder / "site.css").write_bytes(b"edited")
    with pytest.raises(OutputError, match=r"site\.css.*changed"):
        write_folder(folder, SECOND)
    assert (folder / "site.css").read_bytes() == b"edited"


def test_a_folder_with_a_stylesheet_of_its_own_is_not_taken_for_a_site(tmp_path, capsys):
    folder = tmp_path / "web"
    (folder / ".git").mkdir(parents=True)
    for name in (".git/HEAD", "index.html", "notes.txt", "site.css"):
        (folder / name).write_text(name, encoding="utf-8")
    assert main(["site", "--out", str(folder)]) == 2
    assert "web” holds “.git" in capsys.readouterr().err
    assert len(contents(folder)) == 4


def test_a_link_stays_a_link(tmp_path):
    link, real = tmp_path / "current", tmp_path / "real"
    real.mkdir()
    link.symlink_to("real")
    for files in (FIRST, SECOND):
        write_folder(link, files)
    assert link.is_symlink()
    assert (real / "index.html").read_bytes() == b"second"
    assert names(tmp_path) == ["current", "real"]


def test_the_place_is_never_empty(tmp_path):
    folder, missing, over = tmp_path / "site", [], threading.Event()
    write_folder(folder, FIRST)

    def watch():
        while not over.is_set():
            try:
                (folder / "site.css").read_bytes()
            except FileNotFoundError:
                missing.append(1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    for _ in range(100):
        write_folder(folder, FIRST)
    over.set()
    watcher.join()
    assert missing == []


def test_a_run_that_fails_or_is_killed_leaves_the_earlier_one(tmp_path):
    folder = tmp_path / "site"
    write_folder(folder, FIRST)
    before = contents(folder)

    def fail():
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="no space left"):
        write_folder(folder, {"a": lambda: b"", "b": fail})
    assert contents(folder) == before
    killed = "import os, sys; from layers.cli.folders import write_folder; write_folder(sys.argv[1], {'a': lambda: b'', 'b': lambda: os.kill(os.getpid(), 9)})"
    ended = subprocess.run([sys.executable, "-c", killed, str(folder)], cwd=ROOT, check=False)
    assert ended.returncode == -9
    assert contents(folder) == before
    assert len(names(tmp_path)) == 2  # what was half made
    write_folder(folder, SECOND)
    assert names(tmp_path) == ["site"]

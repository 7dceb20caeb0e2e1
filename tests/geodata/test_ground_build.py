"""``make data``: the same bytes every time, and a tampered source is refused by name."""

import hashlib
import shutil
import subprocess
import sys

import pytest

from geodata.build.manifest import SOURCES, SourceError, verify
from geodata.build.packages import Package, PackageError
from geodata.build.packages import verify as verify_package
from geodata.build.shapes import build
from geodata.ground import SHAPES
from geodata.loading import RECORD, RecordError

EXTRACTS = sorted(path.name for path in SOURCES.iterdir() if path.suffix in {".geojson", ".csv", ".npz"})


def hashes(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_building_twice_gives_the_committed_bytes(tmp_path):
    for name in ("one", "two"):
        build(SOURCES, RECORD, tmp_path / name)
    assert hashes(tmp_path / "one") == hashes(tmp_path / "two") == hashes(SHAPES)


@pytest.mark.parametrize("name", EXTRACTS)
@pytest.mark.parametrize(
    "harm",
    [lambda data: data + b" ", lambda data: data[:-100], lambda data: data.replace(b"4", b"5", 1)],
    ids=["longer", "truncated", "altered"],
)
def test_a_harmed_source_is_refused_by_name(tmp_path, name, harm):
    shutil.copytree(SOURCES, tmp_path / "sources")
    path = tmp_path / "sources" / name
    path.write_bytes(harm(path.read_bytes()))
    with pytest.raises(SourceError, match=name):
        verify(tmp_path / "sources")


def test_a_missing_source_and_a_missing_manifest_are_named(tmp_path):
    shutil.copytree(SOURCES, tmp_path / "sources")
    (tmp_path / "sources" / "displacement.csv").unlink()
    with pytest.raises(SourceError, match=r"displacement\.csv is missing"):
        verify(tmp_path / "sources")
    (tmp_path / "sources" / "manifest.json").unlink()
    with pytest.raises(SourceError, match=r"manifest\.json is missing"):
        verify(tmp_path / "sources")


def test_the_command_refuses_with_one_sentence_and_leaves_the_shapes_alone(tmp_path):
    shutil.copytree(SOURCES, tmp_path / "sources")
    (tmp_path / "sources" / "borders-osm.geojson").write_text("{}")
    command = [sys.executable, "-m", "geodata.build", "--sources", tmp_path / "sources", "--out", tmp_path / "out"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "borders-osm.geojson" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_damaged_unit_is_named_by_file_and_field(tmp_path):
    shutil.copytree(RECORD, tmp_path / "record")
    path = tmp_path / "record" / "units.yaml"
    path.write_text(path.read_text("utf-8").replace("basis: mapped", "basis: guessed", 1), "utf-8")
    with pytest.raises(RecordError, match=r"units\.yaml.*basis"):
        build(SOURCES, tmp_path / "record", tmp_path / "out")


def test_a_package_that_is_not_the_pinned_one_is_refused_by_name(tmp_path):
    path = tmp_path / "some-package-1.0.tgz"
    path.write_bytes(b"not the release")
    package = Package("some-package", "1.0", "npm", path.name, "0" * 64, "member")
    with pytest.raises(PackageError, match=r"some-package 1\.0"):
        verify_package(package, path)

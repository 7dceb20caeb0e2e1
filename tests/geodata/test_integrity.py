"""The seal: changed, missing and foreign data files are refused by name."""

import shutil
import subprocess

import pytest

from geodata import integrity
from geodata.integrity import EDITING, IntegrityError, data_version, seal, verify
from geodata.loading import RECORD


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.delenv(EDITING, raising=False)
    for name in ("record", "shapes"):
        shutil.copytree(RECORD.parent / name, tmp_path / name)
    seal(tmp_path)
    return tmp_path


def test_the_data_that_is_shipped_is_the_data_that_was_sealed(monkeypatch):
    monkeypatch.delenv(EDITING, raising=False)
    verify()


def test_sha256sum_agrees(root):
    subprocess.run(["sha256sum", "--check", "--quiet", "manifest.sha256"], cwd=root, check=True)


@pytest.mark.parametrize("name", ["record/events.yaml", "shapes/pieces.geojson"])
def test_a_changed_file_is_refused_by_name(root, name, monkeypatch):
    before = data_version(root)
    with (root / name).open("a") as file:
        file.write("\n")
    with pytest.raises(IntegrityError, match=name):
        verify(root)
    integrity._version.cache_clear()
    assert data_version(root) != before
    monkeypatch.setenv(EDITING, "1")
    verify(root)


def test_a_missing_and_a_foreign_file_are_named(root):
    (root / "record/claims.yaml").unlink()
    (root / "shapes/other.geojson").write_text("{}")
    with pytest.raises(IntegrityError) as caught:
        verify(root)
    assert "record/claims.yaml" in str(caught.value)
    assert "shapes/other.geojson" in str(caught.value)


def test_a_damaged_manifest_is_named(root):
    (root / "manifest.sha256").write_text("nothing")
    with pytest.raises(IntegrityError, match=r"manifest\.sha256"):
        verify(root)

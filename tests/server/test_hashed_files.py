"""The map's files on disk: an address from before an update is answered, and what is damaged is never served."""

import gzip

import pytest

from layers.map.files import hashed
from server import hashed_files
from tests.browsing import ROOT
from tests.server.reader import ask


@pytest.fixture
def static(tmp_path, monkeypatch):
    monkeypatch.setattr(hashed_files, "STATIC", tmp_path)
    hashed_files.publish.cache_clear()
    yield tmp_path
    hashed_files.publish.cache_clear()


def test_an_address_from_before_an_update_is_answered(app_url):
    """A page that was open asks for a file that the new process does not make."""
    old = ROOT / "static" / hashed("words-ru.json", b'{"earlier": true}')
    wrong = ROOT / "static" / "words-ru-000000000000.json"
    try:
        for path in (old, wrong):
            path.write_bytes(b'{"earlier": true}')
        answer = ask(app_url, f"/app/static/{old.name}")
        assert (answer.status, answer.body) == (200, b'{"earlier": true}')
        assert "immutable" in answer.headers["cache-control"]
        assert ask(app_url, f"/app/static/{wrong.name}").status == 404
    finally:
        old.unlink(missing_ok=True)
        wrong.unlink(missing_ok=True)


@pytest.mark.parametrize("damaged", [b"", b"x"])
def test_a_damaged_file_is_written_again_at_the_start(static, damaged):
    hashed_files.publish()
    for path in static.iterdir():
        path.write_bytes(damaged)
    hashed_files.publish.cache_clear()
    hashed_files.publish()
    for asset in hashed_files.assets().values():
        assert (static / asset.name).read_bytes() == asset.content
        if asset.gzipped is not None:
            assert gzip.decompress((static / f"{asset.name}.gz").read_bytes()) == asset.content

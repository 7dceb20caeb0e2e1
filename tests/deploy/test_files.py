"""What nginx serves by itself is whole: made under another name, compressed from the file beside it, then renamed."""

import gzip
import os
import signal
import subprocess
import sys
from importlib.metadata import version

import pytest

from tests.browsing import ROOT


@pytest.fixture
def folder(tmp_path):
    """A folder that has Streamlit's part already."""
    made = tmp_path / "files"
    (made / f"streamlit-{version('streamlit')}").mkdir(parents=True)
    return made


def make(folder, site):
    return subprocess.Popen(
        [ROOT / "deploy" / "files", folder, site], env={**os.environ, "ATLAS_PYTHON": sys.executable}
    )


@pytest.mark.parametrize(
    "damaged",
    [b"", b"x", gzip.compress(b"something else"), gzip.compress(b"page" * 99)[:20]],
    ids=["empty", "not-gzip", "of-another-file", "cut-off"],
)
def test_a_damaged_compressed_file_is_written_again(folder, tmp_path, damaged):
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_bytes(b"page" * 99)
    (site / "index.html.gz").write_bytes(damaged)
    assert make(folder, site).wait() == 0
    made = folder / "site"
    assert sorted(path.name for path in made.iterdir()) == ["index.html", "index.html.gz"]
    assert (made / "index.html").read_bytes() == gzip.decompress((made / "index.html.gz").read_bytes()) == b"page" * 99
    assert (site / "index.html.gz").read_bytes() == damaged, "nothing is written into the given folder"


def test_what_was_killed_half_way_is_not_there_under_its_name(folder, tmp_path):
    """And the next run makes it whole."""
    site = tmp_path / "site"
    site.mkdir()
    for number in range(400):
        (site / f"{number}.html").write_bytes(os.urandom(20_000))
    half = make(folder, site)
    while not (folder / ".site.part").exists():
        assert half.poll() is None
    half.send_signal(signal.SIGKILL)
    half.wait()
    assert not (folder / "site").exists()
    assert make(folder, site).wait() == 0
    assert len(list((folder / "site").glob("*.html.gz"))) == 400

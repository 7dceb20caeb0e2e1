"""What the tests of the map share; browser and application come from tests/browsing.py."""

import pytest

from geodata.ground import load_ground
from geodata.loading import load_record
from layers.map.standalone import html


@pytest.fixture(scope="session")
def document(tmp_path_factory):
    """Address of the self-contained document, as a reader would open it from disk."""
    path = tmp_path_factory.mktemp("document") / "atlas.html"
    path.write_text(html(load_record(), load_ground()), encoding="utf-8")
    return path.as_uri()

"""What the tests of the map share; browser and application come from tests/browsing.py."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from geodata.ground import load_ground
from geodata.loading import load_record
from layers.map.standalone import html

HERE = Path(__file__).parent
BOTH = {"test_map", "test_map_access", "test_map_look", "test_map_state", "test_map_robust"}
"""Modules whose tests run in Chromium and in Firefox ESR; a test marked ``chromium_only`` says why it does not."""


def pytest_generate_tests(metafunc):
    """Run the behaviour tests of the map's file in both browsers."""
    if metafunc.module.__name__.rpartition(".")[2] not in BOTH or "engine" not in metafunc.fixturenames:
        return
    alone = any(metafunc.definition.iter_markers("chromium_only"))
    metafunc.parametrize("engine", ["chromium"] if alone else ["chromium", "firefox"], indirect=True)


def pytest_collection_modifyitems(config, items):
    """With ``ATLAS_TEST_BROWSER=firefox`` (`make test-firefox`) the tests that Firefox can't run are left out by name."""
    if os.environ.get("ATLAS_TEST_BROWSER") == "firefox":
        alone = [item for item in items if any(item.iter_markers("chromium_only"))]
        config.hook.pytest_deselected(items=alone)
        items[:] = [item for item in items if item not in alone]


@pytest.fixture(scope="session")
def firefox(playwright, tmp_path_factory):
    """Debian's Firefox ESR, started once (see firefox_for_playwright.py)."""
    found = subprocess.run(["sh", str(HERE / "firefox.sh")], capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.fail(found.stderr.strip(), pytrace=False)
    starter = tmp_path_factory.mktemp("firefox") / "firefox"
    starter.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{HERE / "firefox_for_playwright.py"}" "$@"\n')
    starter.chmod(0o755)
    browser = playwright.firefox.launch(
        channel="moz-firefox",
        executable_path=starter,
        env={**os.environ, "FIREFOX": found.stdout.strip().splitlines()[-1]},
    )
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def document(tmp_path_factory):
    """Address of the self-contained document, as a reader would open it from disk."""
    path = tmp_path_factory.mktemp("document") / "atlas.html"
    path.write_text(html(load_record(), load_ground()), encoding="utf-8")
    return path.as_uri()

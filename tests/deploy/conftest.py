"""nginx in front of two real processes of the page, all on loopback."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.deploy.serving import ROOT, Serving, background


@pytest.fixture(scope="session")
def open_folder():
    """Makes folders that nginx's workers may read (started by root they are nobody's; pytest's own folders are closed)."""
    made = []

    def make():
        made.append(Path(tempfile.mkdtemp(prefix="atlas-deploy-")))
        made[-1].chmod(0o755)
        return made[-1]

    yield make
    for folder in made:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def files(open_folder):
    """What nginx serves by itself, made once: Streamlit's frontend and a static site of one page, the self-contained document."""
    from geodata.ground import load_ground
    from geodata.loading import load_record
    from layers.map.standalone import html

    folder = open_folder()
    site = open_folder()
    (site / "index.html").write_text(html(load_record(), load_ground()), encoding="utf-8")
    command = [ROOT / "deploy" / "files", folder, site]
    subprocess.run(command, env={"ATLAS_PYTHON": sys.executable, "PATH": "/usr/bin:/bin"}, check=True)
    return folder


@pytest.fixture(scope="session")
def served(open_folder, files):
    """Two processes and nginx, for all tests of this folder; a process that a test kills is replaced."""
    with Serving(open_folder(), files) as running:
        yield running


@pytest.fixture
def run():
    """Runs a coroutine, also while a browser is driven."""
    with background() as runner:
        yield runner

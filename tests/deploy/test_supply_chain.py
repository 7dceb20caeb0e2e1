"""What the atlas is made of: pinned with hashes, licensed freely, what packages bundle included, and asked of nobody."""

import json
import re
import subprocess
import sys
from fnmatch import fnmatch
from importlib.metadata import distribution, version

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement

from tests.browsing import ROOT

BUNDLED = ROOT / "deploy" / "bundled.cdx.json"
FREE = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSD-3-Clause OR GPL-2.0-only", "Bitstream-Vera", "FTL OR GPL-2.0-only",
    "IJG AND BSD-3-Clause", "LGPL-2.1-or-later", "LicenseRef-BaKoMa", "MIT", "MIT-open-group",
    "MPL-1.1 OR GPL-2.0-or-later OR LGPL-2.1-or-later", "OFL-1.1", "blessing", "curl", "libpng-2.0", "libtiff",
    "GPL-3.0-or-later WITH GCC-exception-3.1",
}  # fmt: skip
"""Licences under which something that the running atlas bundles may be: each lets the whole be passed on as it is."""
FONTS = (".ttf", ".otf", ".woff", ".woff2")


def locked(lock="requirements.txt"):
    """Every pinned package of a lock file that this machine needs, with its digests."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line and not line.startswith((" ", "#")):
            requirement = Requirement(line.split(" --hash")[0].strip())
            if requirement.marker is None or requirement.marker.evaluate():
                yield requirement, re.findall(r"--hash=sha256:([0-9a-f]{64})", line)


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-film.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_with_hashes(lock):
    found = list(locked(lock))
    assert found
    for requirement, digests in found:
        assert re.fullmatch(r"==[\w.+!]+", str(requirement.specifier)), requirement
        assert digests, requirement
        assert requirement.url is None, requirement


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-film.txt"])
def test_what_is_installed_is_what_is_pinned(lock):
    pinned = {one.name: str(one.specifier)[2:] for one, _ in locked(lock)}
    assert {name: version(name) for name in pinned} == pinned


def licences(*names, allowed=()):
    """pip-licenses with the project's own settings, as `make check` calls it."""
    command = [sys.executable, "-m", "piplicenses", "--packages", *names]
    return subprocess.run([*command, *allowed], cwd=ROOT, capture_output=True, text=True, check=False)


def test_every_licence_is_free():
    names = [one.name for one, _ in locked()]
    done = licences(*names)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(names) + 1


def test_a_licence_that_is_not_free_is_named():
    done = licences("streamlit", allowed=["--allow-only", "MIT"])
    assert done.returncode == 1
    assert "Apache-2.0 not in allow-only licenses was found for package streamlit" in done.stderr


def parts():
    """What packages bundle: package, the files, the licence."""
    for one in json.loads(BUNDLED.read_text(encoding="utf-8"))["components"]:
        said = {entry["name"]: entry["value"] for entry in one["properties"]}
        (licence,) = one["licenses"]
        yield (
            said["atlas:package"],
            said["atlas:files"],
            licence.get("expression") or licence["license"].get("id") or licence["license"]["name"],
        )


def bundled(name):
    """Files of a package that are somebody else's work: libraries beside its own modules, programs, fonts, Leaflet."""
    for file in distribution(name).files or []:
        path = str(file)
        library = re.search(r"\.libs/|/lib[\w+-]+\.so|/leaflet(-src)?\.js$", path)
        if library or path.endswith(FONTS) or is_program(file.locate()):
            yield path


def is_program(path):
    if "." in path.name.partition("-v")[0] or not path.is_file():
        return False
    return path.read_bytes()[:4] == b"\x7fELF"


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-film.txt"])
def test_whatever_a_package_bundles_is_listed(lock):
    for requirement, _ in locked(lock):
        known = [files for package, files, _ in parts() if package.lower() == requirement.name.lower()]
        found = list(bundled(requirement.name))
        assert [path for path in found if not any(fnmatch(path, files) for files in known)] == [], requirement.name
        unused = [files for files in known if not any(fnmatch(path, files) for path in found)]
        assert unused == [], "listed, but not there"


def test_what_running_bundles_is_free_and_the_films_program_is_told_apart():
    running = {one.name.lower() for one, _ in locked()}
    assert {licence for package, _, licence in parts() if package.lower() in running} <= FREE
    assert [licence for package, _, licence in parts() if package.lower() not in running] == ["GPL-3.0-or-later"]
    assert "imageio-ffmpeg" not in running


def test_the_bill_of_materials(tmp_path):
    """Both documents are CycloneDX; the first names every package of the lock file."""
    validator = JsonStrictValidator(SchemaVersion.V1_5)
    assert validator.validate_str(BUNDLED.read_text(encoding="utf-8")) is None
    out = tmp_path / "packages.cdx.json"
    command = ["-m", "cyclonedx_py", "requirements", "--output-reproducible", "--spec-version", "1.5", "--output-file"]
    subprocess.run(
        [sys.executable, *command, out, ROOT / "requirements.txt"], cwd=ROOT, capture_output=True, check=True
    )
    assert validator.validate_str(out.read_text(encoding="utf-8")) is None
    listed = {one["name"].lower() for one in json.loads(out.read_text(encoding="utf-8"))["components"]}
    assert {one.name.lower() for one, _ in locked()} <= listed


def test_a_film_without_its_program_says_what_to_install(tmp_path):
    """As on a machine with requirements.txt alone."""
    hide = "import sys; sys.modules['imageio_ffmpeg'] = None; import runpy; runpy.run_module('layers', run_name='__main__')"
    out = tmp_path / "film.mp4"
    command = [sys.executable, "-c", hide, "animation", "--seconds", "2", "--out", out]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == (
        "layers: A film needs ffmpeg, which is not installed: `pip install --require-hashes -r requirements-film.txt`. A GIF needs nothing.\n"
    )
    assert not out.exists()


def test_streamlit_counts_nobody():
    """The settings that keep the page silent, as the running application reads them."""
    probe = "import streamlit.config as c, asgi; print(c.get_option('browser.gatherUsageStats'), c.get_option('server.enableXsrfProtection'))"
    said = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.split() == ["False", "True"]

"""What the atlas is made of: pinned with hashes, licensed freely, listed in a bill of materials, asked of nobody."""

import json
import re
import subprocess
import sys
from importlib.metadata import version

import pytest

from deploy.sbom import ROOT, locked, main, not_free


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_with_hashes(lock):
    found = list(locked(ROOT / lock))
    assert len(found) > 50
    for requirement, digests in found:
        assert re.fullmatch(r"==[\w.+!]+", str(requirement.specifier)), requirement
        assert digests, requirement
        assert requirement.url is None, requirement


def test_what_is_installed_is_what_is_pinned():
    assert {one.name: version(one.name) for one, _ in locked()} == {
        one.name: str(one.specifier)[2:] for one, _ in locked()
    }


def test_every_licence_is_free(capsys):
    assert main(["--check"]) == 0
    assert f"all {len(list(locked()))} packages" in capsys.readouterr().out


def test_a_licence_that_is_not_free_is_named():
    stated = {"a": "MIT", "b": "Apache-2.0 OR BSD-2-Clause", "c": "MIT AND GPL-3.0-only", "d": "unknown", "e": ""}
    assert not_free(stated) == {name: stated[name] for name in "cde"}


def test_the_bill_of_materials():
    command = [sys.executable, "-m", "deploy.sbom"]
    first, second = (subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout for _ in range(2))
    assert first == second
    bill = json.loads(first)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", bill["serialNumber"])
    parts = {part["name"]: part for part in bill["components"]}
    assert parts["streamlit"]["purl"] == f"pkg:pypi/streamlit@{version('streamlit')}"
    assert all(part["licenses"] and part["properties"] for part in parts.values())
    assert len(parts) == len(list(locked()))


def test_streamlit_counts_nobody():
    """The settings that keep the page silent, as the running application reads them."""
    probe = "import streamlit.config as c, asgi; print(c.get_option('browser.gatherUsageStats'), c.get_option('server.enableXsrfProtection'))"
    said = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.split() == ["False", "True"]

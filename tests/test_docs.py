"""The documentation is under test: what the code offers stands in docs/readers.md, and no link is dead."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
READERS = (ROOT / "docs" / "readers.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("package", ["geodata", "layers"])
def test_every_command_is_documented(package):
    told = subprocess.run(
        [sys.executable, "-m", package, "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    commands = re.search(r"\{([a-z,-]+)\}", told.stdout).group(1).split(",")
    assert commands
    for command in commands:
        assert f"python -m {package} {command}" in READERS


def test_the_commands_that_a_writing_program_is_told_of_are_there():
    done = subprocess.run(
        [sys.executable, "-m", "server.console", "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    there = set(re.search(r"\{([a-z,-]+)\}", done.stdout).group(1).split(","))
    text = (ROOT / "SKILL.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`ceasefire-atlas ([a-z]+)", text))
    assert {"at", "status", "changes", "attribute", "snapshot", "diff", "check"} <= told <= there


def test_every_key_of_the_address_is_documented():
    schema = yaml.safe_load((ROOT / "layers" / "view_state.yaml").read_text(encoding="utf-8"))
    for key in [*schema["keys"], *schema["page_keys"], *schema["link_keys"]]:
        assert f"| `{key['key']}` |" in READERS


def test_every_layer_is_documented():
    for zone in yaml.safe_load((ROOT / "geodata" / "record" / "zones.yaml").read_text(encoding="utf-8")):
        assert f"| `{zone['id']}` |" in READERS


def test_every_keyboard_shortcut_is_documented():
    keys = set()
    for script in (ROOT / "layers" / "map" / "frontend" / "src").glob("*.ts"):
        text = script.read_text(encoding="utf-8")
        keys |= set(re.findall(r'\bkey [!=]== "([^"]+)"', text)) | set(
            re.findall(r"\b(Arrow(?:Up|Down|Left|Right)):", text)
        )
    assert {"Enter", "ArrowUp", "PageDown"} <= keys
    for key in keys:
        assert f"`{'Space' if key == ' ' else key}`" in READERS, f"the key {key} is not in docs/readers.md"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_link_between_the_pages_is_dead(page):
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}, which is not there"


def test_every_make_target_of_the_readme_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for page in PAGES:
        for target in re.findall(
            r"`?\bmake ([a-z]+)\b`?(?=`|  |$)", page.read_text(encoding="utf-8"), flags=re.MULTILINE
        ):
            assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), f"{page.name} speaks of make {target}"


def test_every_row_of_what_holds_names_tests_that_there_are():
    """A command with a word that selects nothing would prove nothing."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "tests"]
    plain = {**os.environ, "PYTEST_ADDOPTS": ""}
    ids = subprocess.run(command, cwd=ROOT, env=plain, capture_output=True, text=True, check=True).stdout.splitlines()
    text = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    asked, files = 0, []
    for told in re.findall(r"`((?:T |-k )[^`]*)`", text):
        files = re.findall(r"tests/[\w/.]+", told) or files
        assert all((ROOT / name).exists() for name in files), told
        words = re.findall(r'-k ("[^"]+"|\w+)', told)
        for word in [word for found in words for word in found.strip('"').split(" or ")]:
            asked += 1
            assert any(word in name.partition("::")[2] for name in ids if name.startswith(tuple(files))), (told, word)
    assert asked > 15


def test_the_page_on_speed_shows_the_last_run():
    latest = json.loads((ROOT / "benchmarks" / "latest.json").read_text(encoding="utf-8"))
    text = (ROOT / "docs" / "speed.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^\| ([^|]+) \| ([-\d.e+]+) [^|]*\|", text, flags=re.MULTILINE))
    assert {one["name"]: float(f"{one['value']:.4g}") for one in latest["figures"]} == {
        name: float(value) for name, value in shown.items()
    }
    assert text.count("**missed**") == sum(one["holds"] is False for one in latest["figures"])

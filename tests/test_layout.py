"""The engine names nothing of the agreement, and the documentation's map of the code is the code's."""

import ast
import re
from pathlib import Path

import pytest

from geodata.loading import load_record

ROOT = Path(__file__).resolve().parents[1]
ENGINE = sorted(path for path in (ROOT / "geodata").rglob("*.py") if path.parent.name != "build")
"""All of the engine; the build of the ground knows the sources of this agreement's."""
DEVELOPERS = (ROOT / "docs" / "developers.md").read_text(encoding="utf-8")


def ids(record):
    """What a record calls its sides, holders, zones, units, places, events, readings, clauses' duties, and its days."""
    statement = record.statement
    named = (record.zones, record.units, record.places, record.events, record.readings, record.obligations)
    found = {item.id for group in (*named, statement.controllers) for item in group}
    found |= {*statement.sides, *statement.republics, *statement.peoples, statement.time_zone}
    return found | {str(day) for day in (statement.sides_day, statement.coverage_start, statement.coverage_end)}


def literals(source):
    """The texts in code, with their lines; what stands alone is a docstring."""
    tree = ast.parse(source)
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.lineno, node.value


# What a made-up agreement has as well, such as the layers “control” and “events”, is a word of the engine.
OWN = ids(load_record(ROOT / "geodata" / "record")) - ids(load_record(ROOT / "tests" / "agreement" / "record"))


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_engine_names_nothing_of_the_agreement(path):
    assert [found for found in literals(path.read_text(encoding="utf-8")) if found[1] in OWN] == []


def test_a_name_in_code_is_found():
    source = '"""azerbaijan"""\nHOLDERS = {"armenian-forces"}\nif zone == "agdam":\n    """lachin"""\n'
    assert list(literals(source)) == [(2, "armenian-forces"), (3, "agdam")]
    assert {"armenian-forces", "agdam", "lachin", "2020-11-10"} <= OWN
    assert not {"control", "events"} & OWN


def named_in(part):
    """Files and folders named in a part of docs/developers.md; a trailing star stands for any."""
    text = DEVELOPERS.partition(f"## {part}\n")[2].partition("\n## ")[0]
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return sorted({name for row in rows for name in re.findall(r"`([\w.*/-]+(?:/|\.\w+))`", row)})


@pytest.mark.parametrize("part", ["Package map", "Where a line of code lives"])
def test_the_paths_of_the_package_map_are_there(part):
    names = named_in(part)
    assert len(names) > 8
    assert [name for name in names if not any(ROOT.glob(name.rstrip("/")))] == []


def test_no_file_is_longer_than_400_lines():
    """One thought a file; the map's script and style have their own limit (tests/layers/test_frontend.py)."""
    folders = ("geodata", "layers", "panels", "server", "deploy", "tests", "benchmarks", "docs", "examples")
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py") if "node_modules" not in path.parts]
    assert len(found) > 300
    assert [str(path) for path in found if len(path.read_text(encoding="utf-8").splitlines()) > 400] == []

"""A damaged record: every fault of one run is named by file, line and field."""

import shutil
from copy import deepcopy

import pytest
import yaml

from geodata.loading import RECORD, RecordError, load_record


@pytest.fixture
def folder(tmp_path):
    for path in RECORD.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    return tmp_path


def faults_of(folder):
    with pytest.raises(RecordError) as caught:
        load_record(folder)
    return caught.value.faults


def edit(folder, name, change):
    path = folder / f"{name}.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "change", "field", "said"),
    [
        ("obligations", lambda c: c[1].update(sources=["nobody"]), "1.sources.0", "there is no source “nobody”"),
        ("obligations", lambda c: c[1].update(zones=["atlantis"]), "1.zones.0", "there is no zone “atlantis”"),
        ("obligations", lambda c: c.pop(), "file", "listed in statement.yaml"),
        ("obligations", lambda c: c[1].update(claus=2), "1.claus", "no such field"),
        ("events", lambda c: c[0].update(date="2020-02-30"), "0.date", "2020-02-30"),
        ("events", lambda c: c[0].pop("title"), "0.title", "missing"),
        ("events", lambda c: c[0].update(date="2031-01-01"), "0.date", "after the end of coverage"),
        ("events", lambda c: c[0].update(confidence="sure"), "0.confidence", "sure"),
        ("events", lambda c: c.append(deepcopy(c[0])), "id", "is used twice"),
        ("places", lambda c: c[0].update(lat=12.0), "0.lat", "12.0"),
        ("clauses", lambda c: c[0].update(number=10), "file", "numbered from 1"),
        ("statement", lambda c: c.update(takes_effect="2020-11-10T00:00"), "takes_effect", "no time zone"),
    ],
)
def test_a_fault_names_file_line_and_field(folder, name, change, field, said):
    path = edit(folder, name, change)
    found = [fault for fault in faults_of(folder) if fault.file == f"{name}.yaml" and said in fault.sentence]
    assert found
    assert field in found[0].field
    assert 1 <= found[0].line <= len(path.read_text(encoding="utf-8").splitlines())


def test_the_line_is_the_line_of_the_field(folder):
    path = edit(folder, "obligations", lambda c: c[3].update(sources=["nobody"]))
    fault = next(f for f in faults_of(folder) if "nobody" in f.sentence)
    assert "nobody" in path.read_text(encoding="utf-8").splitlines()[fault.line - 1]


def test_a_field_that_stands_twice_is_named_with_its_line(folder):
    path = folder / "sources.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("  title: "))
    path.write_text("\n".join([*lines[: first + 1], "  title: Another", *lines[first + 1 :]]), encoding="utf-8")
    (fault,) = faults_of(folder)
    assert (fault.file, fault.line) == ("sources.yaml", first + 2)
    assert "“title” stands twice" in fault.sentence


def test_a_list_for_the_name_of_a_field_is_a_fault(folder):
    path = folder / "sources.yaml"
    path.write_text(f"- {{[id, title]: twice}}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    (fault,) = faults_of(folder)
    assert (fault.file, fault.line) == ("sources.yaml", 1)


def test_all_faults_of_one_run_are_told(folder):
    edit(folder, "events", lambda c: (c[0].update(date="x"), c[1].pop("title")))
    (folder / "places.yaml").unlink()
    (folder / "sources.yaml").write_text("- id: [unclosed", encoding="utf-8")
    found = {(fault.file, fault.field) for fault in faults_of(folder)}
    assert {
        ("events.yaml", "0.date"),
        ("events.yaml", "1.title"),
        ("places.yaml", "file"),
        ("sources.yaml", "file"),
    } <= found


def test_a_file_that_is_no_text_is_named(folder):
    (folder / "claims.yaml").write_bytes(b"- \xff\xfe")
    assert [(f.file, f.field) for f in faults_of(folder)] == [("claims.yaml", "file")]


def test_a_swapped_file_is_parsed_once_and_not_once_a_fault(folder, monkeypatch):
    shutil.copy(folder / "places.yaml", folder / "events.yaml")
    composed = []
    compose = yaml.compose
    monkeypatch.setattr(yaml, "compose", lambda *given, **named: (composed.append(1), compose(*given, **named))[1])
    assert len(faults_of(folder)) > 100
    assert len(composed) <= 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 3000, "can't be read"),
        (f"day: {'9' * 5000}", "can't be read"),
        ("day: 9999-99-99", "can't be read: month"),
        (
            "\n".join(["- &a0 ha", *(f"- &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 9))]),
            "write the value",
        ),
        ("\n".join(["- &a0 {id: x}", *(f"- &a{i} {{<<: [*a{i - 1}, *a{i - 1}]}}" for i in range(1, 30))]), "write the"),
        ("- &a [*a]", "write the value out"),
    ],
    ids=["depth", "digits", "calendar", "aliases of aliases", "merges of merges", "an alias of itself"],
)
def test_yaml_that_stops_its_reader_is_named_with_its_file(folder, text, said):
    (folder / "events.yaml").write_text(text)
    (fault,) = (fault for fault in faults_of(folder) if fault.file == "events.yaml")
    assert said in fault.sentence

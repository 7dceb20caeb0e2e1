"""Two editions compared: a made change is said with its day, its ground and its source; nothing is said of what is the same."""

import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
import yaml

from geodata.__main__ import main
from geodata.comparison.days import in_words
from geodata.data_folder import data_folder
from geodata.integrity import data_version
from geodata.loading import LOADER

DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
AGREEMENT = Path(__file__).resolve().parents[1] / "agreement"


@pytest.fixture
def other(tmp_path):
    """A copy of the data, to be changed."""
    place = tmp_path / "other"
    for name in ("record", "shapes"):
        shutil.copytree(data_folder() / name, place / name)
    return place


def change(folder, file, key, **values):
    path = folder / "record" / f"{file}.yaml"
    entries = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
    entry = next(item for item in entries if item["id"] == key)
    entry.update(values)
    path.write_text(yaml.dump(entries, Dumper=DUMPER, allow_unicode=True, sort_keys=False), encoding="utf-8")


def told(capsys, *arguments):
    assert main(["diff", *map(str, arguments)]) == 0
    return capsys.readouterr().out


def test_nothing_differs_from_itself(capsys, other):
    assert told(capsys, other, other).endswith("No fact and no wording differs.\n")
    assert told(capsys, other).endswith("No fact and no wording differs.\n")


def test_a_date_is_said_with_its_ground_and_its_source(capsys, other):
    change(other, "events", "kalbajar-handed-over", date="2020-11-24")
    text = told(capsys, other)
    (line,) = [line for line in text.splitlines() if line.startswith("- ")]
    assert "now dated 25 November 2020, was 24 November 2020 (1,816 km²)" in line
    assert "RFE/RL Armenian Service, 13 November 2020 [azatutyun-30949090]" in line or "]" in line


def test_facts_of_every_kind_are_said(capsys, other):
    change(other, "places", "agdam", lat=39.98)
    change(other, "obligations", "6-kalbajar", done=None)
    change(other, "sources", "s1", title="Another title")
    record = yaml.safe_load((data_folder() / "record" / "claims.yaml").read_text(encoding="utf-8"))
    claim = next(item for item in record if item["verdict"] != "correct")
    change(other, "claims", claim["id"], verdict="correct")
    text = told(capsys, other)
    assert "moved by 1," in text
    assert "fulfilled by “" in text
    assert "where the record had nothing" in text
    assert f"found {claim['verdict'].replace('-', ' ')}, was correct" in text
    assert "- Title corrected in 1." in text


def test_entries_come_and_go(capsys, other):
    path = other / "record" / "readings.yaml"
    entries = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
    path.write_text(yaml.safe_dump(entries[1:], allow_unicode=True), encoding="utf-8")
    assert f"- Added: {in_words(entries[0]['date'])}, " in told(capsys, other)
    assert f"- Taken out: {in_words(entries[0]['date'])}, " in told(capsys, data_folder(), other)


def test_wording_is_counted_or_listed(capsys, other):
    change(other, "events", "kalbajar-handed-over", text="Other words.")
    assert "1 of events. `--all` lists them." in told(capsys, other)
    assert "was: Other words." in told(capsys, other, "--all")


def test_a_hand_over_is_said_with_its_area(capsys, other):
    path = other / "shapes" / "pieces.geojson"
    shapes = json.loads(path.read_text(encoding="utf-8"))
    for feature in shapes["features"]:
        if feature["properties"]["unit"] == "kalbajar":
            first, second = feature["properties"]["spans"]
            first["until"] = second["since"] = "2020-11-24"
            feature["properties"]["km2"] -= 10
    path.write_text(json.dumps(shapes), encoding="utf-8")
    text = told(capsys, other)
    assert (
        "**Kalbajar district / Karvachar**: passed to Azerbaijan on 25 November 2020, was 24 November 2020; measures 1,"
        in text
    )
    assert "Armenian forces" not in text


def test_a_data_package_and_a_clone_are_editions_too(capsys, other, tmp_path):
    package = tmp_path / "data.zip"
    with zipfile.ZipFile(package, "w") as archive:
        for path in [*(other / "record").glob("*.yaml"), other / "shapes" / "pieces.geojson"]:
            archive.write(path, path.relative_to(other))
    assert "No fact" in told(capsys, package)
    assert "No fact" in told(capsys, data_folder().parent)


def test_an_agreement_without_this_ones_fields_is_compared(capsys):
    text = told(capsys, AGREEMENT)
    assert "## Who held what" in text
    assert "- Taken out: " in text


def test_json_has_every_difference(capsys, other):
    change(other, "events", "kalbajar-handed-over", date="2020-11-24")
    (found,) = json.loads(told(capsys, other, "--json"))
    assert (found["file"], found["id"], found["field"]) == ("events", "kalbajar-handed-over", "date")
    assert (found["before"], found["after"], found["fact"]) == ("2020-11-24", "2020-11-25", True)
    assert found["sources"]


@pytest.mark.parametrize("text", [b"\x80\x81", b"- id: [", b"- 2020-13-45", b"- words"])
def test_what_is_no_edition_is_refused_in_one_sentence(capsys, other, tmp_path, text):
    assert main(["diff", str(tmp_path / "nowhere")]) == 2
    assert "is not an edition of the data" in capsys.readouterr().err
    (other / "record" / "events.yaml").write_bytes(text)
    assert main(["diff", str(other)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "record/events.yaml can't be read" in told.err
    assert len(told.err.splitlines()) == 1
    (tmp_path / "file.zip").write_bytes(text)
    assert main(["diff", str(tmp_path / "file.zip")]) == 2
    assert "is not a data package" in capsys.readouterr().err


def test_the_first_edition_reads_like_a_changelog(capsys, tmp_path):
    """The record of the first commit, where the clone has its history."""
    root = data_folder().parent
    commits = subprocess.run(
        ["git", "log", "--reverse", "--format=%h", "--", "geodata/shapes"],
        cwd=root, capture_output=True, text=True, check=False,
    ).stdout.split()  # fmt: skip
    if not commits:  # an archive of the tree
        return
    packed = subprocess.run(["git", "archive", "--format=zip", commits[0], "geodata/record", "geodata/shapes"], cwd=root, capture_output=True, check=True).stdout  # fmt: skip
    (tmp_path / "first.zip").write_bytes(packed)
    with zipfile.ZipFile(tmp_path / "first.zip") as archive:
        archive.extractall(tmp_path / "first")
    lines = told(capsys, tmp_path / "first").splitlines()
    assert len(lines) > 100
    assert lines[0] == f"# What changed from the edition without a version in “first” to version {data_version()}"
    for line in lines:
        assert not re.search(r"(?<!-)\b\d{4}-\d\d-\d\d\b(?![^\[]*\])", line), line
        assert "None" not in line
        assert "{" not in line
        assert not line.startswith("- ") or line.rstrip().endswith((".", "”"))

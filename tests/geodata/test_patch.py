"""A proposed correction is tried on a copy: what it would do is said, bad ones are refused in a sentence, nothing is changed."""

import json

import pytest

from geodata.__main__ import main
from geodata.data_folder import data_folder
from geodata.integrity import hashes

GOOD = {
    "entry": "kalbajar-handed-over",
    "field": "date",
    "present": "2020-11-25",
    "proposed": "2020-11-26",
    "source": "s28",
}


@pytest.fixture
def tried(tmp_path, capsys):
    """Tries a patch; gives the exit status, what was printed and what was complained of."""

    def run(patch, name="patch.json"):
        (tmp_path / name).write_text(patch if isinstance(patch, str) else json.dumps(patch), encoding="utf-8")
        before = hashes(data_folder())
        status = main(["check", "--patch", str(tmp_path / name)])
        assert hashes(data_folder()) == before
        return status, *capsys.readouterr()

    return run


def test_a_later_hand_over_is_said_with_status_ground_and_rules(tried):
    status, told, _ = tried(GOOD)
    assert status == 0
    assert "passed to Azerbaijan on 2020-11-26, was 2020-11-25 (1,816 km²" in told
    assert "Status of 6-kalbajar from 2020-11-25: pending" in told
    assert "Status of 6-kalbajar from 2020-11-26: met-late, due 2020-11-25, done 2020-11-26, +1 days; was: met" in told
    assert "No rule objects" in told


def test_a_new_source_and_yaml_are_read(tried):
    status, told, _ = tried(
        "entry: agdam\nfield: lat\nproposed: 39.98\nsource: {publisher: A, title: B, date: '2021'}\n", "patch.yaml"
    )
    assert status == 0
    assert "The source is new" in told
    assert "moved by" in told
    assert "No status of an obligation changes" in told


def test_several_changes_stand_in_one_patch(tried):
    second = {"entry": "agdam-handed-over", "field": "transfers.0.cause", "proposed": "force", "source": "s28"}
    status, told, _ = tried({"changes": [GOOD, second]})
    assert status in (0, 1)
    assert "2020-11-26" in told


def test_a_rule_that_would_be_broken_objects(tried):
    status, told, _ = tried({**GOOD, "field": "kind", "present": None, "proposed": "court"})
    assert status == 1
    assert "The rules object: events.yaml:" in told


def test_a_record_that_could_not_be_read_is_said(tried):
    status, told, _ = tried({**GOOD, "proposed": "last week"})
    assert status == 1
    assert "The record could not be read any more:" in told
    assert "events.yaml:" in told


def test_without_a_source_it_says_so(tried):
    status, told, _ = tried({key: value for key, value in GOOD.items() if key != "source"})
    assert status == 0
    assert "names no source" in told


@pytest.mark.parametrize(
    ("patch", "sentence"),
    [
        ({**GOOD, "entry": "nobody"}, "there is no entry “nobody”"),
        ({**GOOD, "field": "transfers.9.to"}, "has no field “transfers.9.to”"),
        ({**GOOD, "present": "2020-11-24"}, "the record no longer says “2020-11-24”"),
        ({**GOOD, "verdict": "mine"}, "“verdict”, which means nothing"),
        ({"entry": "agdam"}, "has no “field”"),
        ("[1, 2]", "is not a patch"),
        ("{", "can't be read"),
        ("\x00", "can't be read"),
        ("a" * 200_000, "at most 100,000"),
    ],
    ids=["entry", "field", "present", "key", "short", "list", "yaml", "binary", "large"],
)
def test_bad_patches_get_one_sentence(tried, patch, sentence):
    status, told, complaint = tried(patch)
    assert (status, told) == (2, "")
    assert sentence in complaint
    assert len(complaint.splitlines()) == 1

"""The rules of the record: the real one keeps them, and each fails on a copy that breaks it.

Every case edits one file of a copy as an editor would, and names the sentence that has to come.
"""

from __future__ import annotations

import math
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.breakpoints import breakpoints
from geodata.control import METRES_PER_DEGREE, control_at
from geodata.edges import edges_on
from geodata.ground import Ground, load_ground
from geodata.loading import RECORD, RecordError, load_record, read_one
from geodata.model import Record
from geodata.record_types import Evidence
from geodata.rules import broken, pages
from geodata.rules.balance import count_people, count_readings, gaps
from geodata.rules.quoted import agree, checksum, normal_words, stands_in
from geodata.rules.told import stages_of

Edit = Callable[[Any], None]

GROUND = load_ground()
REAL = load_record()


def pick(entries: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """The entry of that id."""
    return next(entry for entry in entries if entry["id"] == name)


def entry(name: str, change: Callable[[dict[str, Any]], object]) -> Edit:
    """An edit of the entry of that id."""
    return lambda content: (change(pick(content, name)), None)[1]


def statement_of(content: list[dict[str, Any]], number: int) -> dict[str, Any]:
    return next(clause for clause in content if clause["number"] == number)


def flip(place: dict[str, Any]) -> None:
    place["known_side"]["holder"] = "azerbaijan"


def first_commonspace(content: list[dict[str, Any]]) -> None:
    """Change one word in a quotation of a version whose clause was seen whole."""
    for wording in (one for variant in statement_of(content, 1)["variants"] for one in variant["wordings"]):
        if wording["witness"] == "commonspace":
            wording["phrase"] = "remain at their positions"


def two_readings_of_one_text(content: list[dict[str, Any]]) -> None:
    """Quote one version twice, with the same three first words and another fourth."""
    wordings = statement_of(content, 9)["phrases"]
    source = wordings[0]["sources"]
    for end in ("the routes", "all routes"):
        wordings.append({"witness": "circulated", "phrase": f"the border service controls {end}", "sources": source})


CASES: dict[str, tuple[str, Edit, str]] = {
    "an event has a kind": ("events", entry("agdam-handed-over", lambda e: e.pop("kind")), "has no kind"),
    "a court lists what was asked": ("events", entry("icj-order-2023-02-22", lambda e: e.pop("court")), "has to list `court`"),
    "an agreement says what is absent": ("events", entry("washington-2025-08-08", lambda e: e.pop("absent")), "has to list `absent`"),
    "an agreement says what was agreed": ("events", entry("prague-2022-10-06", lambda e: e.pop("agreed")), "has to list `agreed`"),
    "released people are counted": ("events", entry("exchange-2021-06-12", lambda e: e.pop("people")), "has to list `people`"),
    "only a court hears requests": ("events", entry("icj-order-2023-02-22", lambda e: e.update(kind="law")), "only an event of the kind “court”"),
    "both sides on what is disputed": (
        "events",
        entry("hin-tagher-2020-12", lambda e: e.update(views=[v for v in e["views"] if v["side"] != "azerbaijan"])),
        "has no view of azerbaijan",
    ),
    "a side has an organ that speaks for it": ("events", entry("checkpoint-2023-04-23", lambda e: e["views"][0].update(organ=False)), "the only speaker for azerbaijan here is not an organ"),
    "a view has a speaker": ("events", entry("checkpoint-2023-04-23", lambda e: e["views"][0].pop("speaker")), "lack speaker"),
    "a view has a day": ("events", entry("checkpoint-2023-04-23", lambda e: e["views"][1].pop("date")), "lack date"),
    "a reading names an office": ("readings", entry("turkish-role-russia", lambda e: e.pop("office")), "lack office"),
    "one who is not an organ is never the only speaker": ("readings", entry("turkish-role-russia", lambda e: e.update(organ=False)), "the only speaker for russia"),
    "readings of one stage": ("readings", entry("new-road-plan-azerbaijan", lambda e: e.update(date="2025-09-01")), "speaks in the stage"),
    "a side that speaks is not unheard": (
        "events",
        entry("checkpoint-2023-04-23", lambda e: e.update(unheard=[{"side": "armenia", "note": "Not found."}])),
        "armenia is called unheard and speaks there",
    ),
    "a side with a reading is not unheard": (
        "clauses",
        lambda c: statement_of(c, 5).update(unheard=[{"side": "russia", "topic": "turkish-role", "note": "Not found."}]),
        "russia is called unheard and speaks there",
    ),
    "a hand-over is quoted": ("events", entry("shusha-2020-11", lambda e: e["transfers"][0].pop("evidence")), "carry this transfer"),
    "a deadline is quoted": ("obligations", entry("2-agdam", lambda e: e["deadlines"][0].pop("evidence")), "carry this deadline"),
    "a term is quoted": ("obligations", entry("4-term", lambda e: e["term"].pop("evidence")), "carry this term"),
    "a dispute quotes both sides": (
        "obligations",
        entry("8-exchange", lambda e: e["disputes"][0].update(evidence=[q for q in e["disputes"][0]["evidence"] if q["side"] != "armenia"])),
        "has no words of armenia",
    ),
    "the event of a fulfilment is quoted": (
        "obligations",
        entry("3-deployment", lambda e: e.update(done={"event": "term-would-end-2025-11-10", "note": "-", "sources": ["s34"]})),
        "carry this fulfilment",
    ),
    "a quantity is quoted": ("clauses", lambda c: (statement_of(c, 3)["quantities"][0].pop("evidence"), None)[1], "carry this quantity"),
    "counted people are quoted": ("events", entry("flight-2023-09", lambda e: e["people"][0].pop("evidence")), "carry this people"),
    "words keep their language": ("events", entry("fuzuli-2020-10-17", lambda e: e["transfers"][0]["evidence"][0].update(language="az")), "is in “en”"),
    "words come from what was seen": (
        "events",
        entry("fuzuli-2020-10-17", lambda e: e["transfers"][0]["evidence"][0].update(source="general-knowledge")),
        "was not seen",
    ),
    "the statement is quoted exactly": ("clauses", first_commonspace, "does not stand in clause 1"),
    "one version has one wording": ("clauses", two_readings_of_one_text, "is quoted as"),
    "a known side is on its side": ("places", entry("khankendi", flip), "the ground says armenian-forces, as certain"),
    "a side that is disputed is uncertain": (
        "places",
        entry("khankendi", lambda e: e["known_side"].update(disputed=True)),
        "the ground calls armenian-forces certain",
    ),
    "a published “held until” holds": (
        "places",
        entry("khankendi", lambda e: e.update(held=[{"holder": "azerbaijan", "since": "2021-01-01", "until": "2021-02-01", "sources": ["s1"]}])),
        "on 2021-01-01; the ground says armenian-forces, as certain",
    ),
    "a view that names ground holds": (
        "events",
        entry("checkpoint-2023-04-23", lambda e: e["views"][0].update(ground=["khankendi"], holder="azerbaijan")),
        "“khankendi” is said to be held by azerbaijan on 2023-04-23",
    ),
    "a view that names a unit holds": (
        "events",
        entry("checkpoint-2023-04-23", lambda e: e["views"][0].update(ground=["agdam"], holder="armenian-forces")),
        "“agdam” is said to be held by armenian-forces",
    ),
}  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the record that can be edited."""
    folder = tmp_path / "record"
    folder.mkdir()
    for path in RECORD.glob("*.yaml"):
        shutil.copy(path, folder)
    return folder


class Plain(yaml.CSafeDumper):
    """Writes a value that stands twice out twice: the record has no YAML aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def write(folder: Path, file: str, edit: Edit) -> None:
    """Edit one file of a copy."""
    path = folder / f"{file}.yaml"
    content = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    edit(content)
    path.write_text(yaml.dump(content, Dumper=Plain, allow_unicode=True, sort_keys=False), encoding="utf-8")


def edited(folder: Path, file: str, edit: Edit) -> Record:
    """The record of a copy after one edit of one file."""
    write(folder, file, edit)
    return load_record(folder)


def changed(folder: Path, file: str, edit: Edit) -> Record:
    """As :func:`edited`, but only the file that changed is read again."""
    write(folder, file, edit)
    return REAL.model_copy(update={file: read_one(file, folder)})


def test_the_record_keeps_every_rule() -> None:
    assert [str(finding.fault()) for finding in broken(REAL, GROUND)] == []


@pytest.mark.parametrize("name", CASES)
def test_a_copy_that_breaks_a_rule_fails(name: str, copy: Path) -> None:
    file, edit, sentence = CASES[name]
    found = []
    for finding in broken(changed(copy, file, edit), GROUND):
        found.append(finding.fault(copy))
        if sentence in found[-1].sentence:
            break
    assert any(sentence in fault.sentence for fault in found), found
    assert all(fault.line >= 1 and fault.file.endswith(".yaml") for fault in found)


def test_a_long_quotation_is_refused(copy: Path) -> None:
    words = " ".join(["word"] * 26)
    edit = entry("fuzuli-2020-10-17", lambda e: e["transfers"][0]["evidence"][0].update(quote=words))
    with pytest.raises(RecordError, match="26 words, at most 25"):
        edited(copy, "events", edit)


def test_a_view_names_ground_and_holder_together(copy: Path) -> None:
    with pytest.raises(RecordError, match="stand together"):
        edited(copy, "events", entry("checkpoint-2023-04-23", lambda e: e["views"][0].update(ground=["khankendi"])))


def test_an_unknown_source_of_words_is_named(copy: Path) -> None:
    edit = entry("fuzuli-2020-10-17", lambda e: e["transfers"][0]["evidence"][0].update(source="nobody"))
    with pytest.raises(RecordError, match="there is no source “nobody”"):
        edited(copy, "events", edit)


def test_a_stated_gap_stands_for_the_words(copy: Path) -> None:
    def edit(event: dict[str, Any]) -> None:
        transfer = event["transfers"][0]
        del transfer["evidence"]
        transfer["evidence_gap"] = "Looked for and not found."

    assert list(broken(changed(copy, "events", entry("fuzuli-2020-10-17", edit)), GROUND)) == []


def lines_on(ground: Ground, day: date) -> Iterator[tuple[Any, int]]:
    """The edges across which the holder changes on a day, with their error in metres."""
    for edge, _, changes in edges_on(ground, day):
        if changes:
            yield edge.geometry, edge.accuracy_m


DAYS = sorted(breakpoints(REAL, GROUND))


@settings(max_examples=60)
@given(st.data())
def test_nothing_within_a_line_s_error_is_certain(data: st.DataObject) -> None:
    """Take a line of any day, a place along it, and step aside by less than its error: the answer can't be certain."""
    day: date = data.draw(st.sampled_from(DAYS))
    geometry, error = data.draw(st.sampled_from(list(lines_on(GROUND, day))))
    share, turn = data.draw(st.floats(0, 0.95)), data.draw(st.floats(0, 2 * math.pi))
    point = shapely.line_interpolate_point(geometry, data.draw(st.floats(0, 1)), normalized=True)
    if isinstance(geometry, shapely.MultiLineString):
        point = shapely.line_interpolate_point(max(geometry.geoms, key=shapely.length), share, normalized=True)
    degrees = share * error / METRES_PER_DEGREE
    lat = point.y + degrees * math.sin(turn)
    lon = point.x + degrees * math.cos(turn) / math.cos(math.radians(point.y))
    answer = control_at(GROUND, lat, lon, day)
    assert not answer.certain or answer.anchor, (lat, lon, day, error, answer)


WORDS = st.lists(st.text("abcdefg", min_size=1, max_size=6), min_size=3, max_size=30)


@given(WORDS, st.data())
def test_a_part_of_a_text_stands_in_it(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    assert stands_in(" ".join(words[start:end]).upper() + ".", checksum(", ".join(words)))
    assert len(checksum(" ".join(words))) == 2 * len(normal_words(" ".join(words)))


def test_another_word_does_not_stand_in_a_text() -> None:
    text = checksum("The Lachin corridor shall be controlled by the peacekeeping force of the Russian Federation.")
    assert stands_in("shall be controlled by the peacekeeping force", text)
    assert not stands_in("under the control of the peacekeeping force", text)
    assert not stands_in("controlled by the the peacekeeping", text)


def test_quotations_of_one_text_agree() -> None:
    assert agree("shall stop at", "shall stop at their current positions")
    assert agree("by 20 November 2020", "by 20 November, 2020 at the latest")
    assert not agree("shall stop at their", "shall stop at the")


def test_a_reading_over_two_stages_counts_in_both() -> None:
    stages = [stage.id for stage in REAL.statement.stages]
    reading = REAL.readings[0].model_copy(update={"date": "2021-01-01/2025-12-31"})
    assert stages_of(REAL, reading) == stages
    assert stages_of(REAL, reading.model_copy(update={"date": "2025-12-31"})) == stages[-1:]


def test_the_balance_counts_one_more_reading(copy: Path) -> None:
    def more(content: list[dict[str, Any]]) -> None:
        content.append({**pick(content, "turkish-role-russia"), "id": "turkish-role-second", "side": "armenia"})

    before, after = count_readings(REAL), count_readings(changed(copy, "readings", more))
    assert after[5, "armenia"] == before.get((5, "armenia"), 0) + 1
    assert {part: number for part, number in after.items() if part != (5, "armenia")} == {
        part: number for part, number in before.items() if part != (5, "armenia")
    }


def test_the_balance_names_a_side_that_is_not_heard_or_counted(copy: Path) -> None:
    def silent(content: list[dict[str, Any]]) -> None:
        content[:] = [one for one in content if not (one["clause"] == 8 and one["side"] == "azerbaijan")]

    assert any(
        line.startswith("Clause 8: no reading of Azerbaijan") for line in gaps(changed(copy, "readings", silent))
    )
    assert count_people(REAL)["released", "armenians"]


def test_the_balance_names_a_clause_of_which_only_one_side_charges_the_other(copy: Path) -> None:
    """Without the charge of Azerbaijan over clause 1 the report names the one that is left."""

    def silent(content: list[dict[str, Any]]) -> None:
        for one in content:
            one["disputes"] = [item for item in one.get("disputes", []) if item["claim_side"] != "azerbaijan"]

    line = "Clause 1: no charge of Azerbaijan, and one or more of Armenia."
    assert line not in list(gaps(REAL))
    assert line in list(gaps(changed(copy, "obligations", silent)))


@settings(max_examples=25)
@given(st.integers(0, 40), st.integers(0, 40))
def test_words_quoted_of_one_side_by_three_to_two_are_a_gap(armenia: int, azerbaijan: int) -> None:
    """Clause 2 alone, with so many quotations of either side in place of its own evidence."""
    quotation = {"source": "s1", "quote": "words"}
    evidence = [
        Evidence.model_validate({**quotation, "side": side})
        for side, number in (("armenia", armenia), ("azerbaijan", azerbaijan))
        for _ in range(number)
    ]
    dispute = REAL.obligations[0].disputes[0].model_copy(update={"evidence": evidence})
    obligation = REAL.obligations[0].model_copy(update={"clause": 2, "disputes": [dispute], "deadlines": []})
    alone = REAL.model_copy(
        update={"obligations": [obligation], "clauses": REAL.clauses[1:2], "readings": [], "events": []}
    )
    found = [line for line in gaps(alone) if line.startswith("Clause 2:") and "quotations of" in line]
    high, low = max(armenia, azerbaijan), min(armenia, azerbaijan)
    assert len(found) == (high > 0 and 2 * high >= 3 * low)
    assert all(f"{high} quotations" in line and f" {low} of " in line for line in found)


def asked(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """What the command answers."""
    command = [sys.executable, "-m", "geodata", *arguments]
    return subprocess.run(command, capture_output=True, text=True, input=given, check=False)


@pytest.mark.parametrize(("flag", "page"), [("--balance", "neutrality.md"), ("--gaps", "thin.md")])
def test_the_command_prints_what_the_page_shows(flag: str, page: str) -> None:
    answer = asked("check", flag)
    assert answer.returncode == 0
    assert answer.stdout.strip() in (pages.DOCS / page).read_text(encoding="utf-8")


def test_the_command_makes_a_checksum() -> None:
    text = "The Lachin corridor (5 km wide), which will ensure the connection"
    answer = asked("checksum", given=text)
    assert (answer.returncode, answer.stdout) == (0, checksum(text) + "\n")
    assert stands_in("5 km wide", answer.stdout.strip())


@pytest.mark.parametrize("page", pages.BLOCKS)
def test_a_page_shows_what_the_record_has(page: str) -> None:
    """Red after an edit of the record until ``python -m geodata check --write`` has run."""
    assert (pages.DOCS / page).read_text(encoding="utf-8") == pages.expected(page, REAL)

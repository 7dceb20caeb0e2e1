"""Holds the texts of the record to docs/neutrality.md: words, dates, the order of names, both sides, what is referred to.

The words that are kept to quotations are read from that page, so that page and test cannot part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from pydantic import BaseModel

from geodata.loading import known_ids, load_record
from geodata.model import Claim, Record, Source

POLICY = Path(__file__).parents[2] / "docs" / "neutrality.md"
EXONYMS = {"Agdam", "Kalbajar", "Lachin", "Shusha", "Nakhchivan", "Nagorno-Karabakh"}
"""Places that the official English of the statement names: that name leads."""
QUOTATION = re.compile(r"“[^”]*”")
NOT_READ = {
    "id", "address", "language", "side", "claim_side", "counter_side", "witness", "text_id", "verdict", "cause", "to",
    "unit", "event", "town", "topic", "holder", "controller", "control", "sovereign", "country", "kind", "basis",
    "confidence", "instant", "takes_effect", "coverage_end", "sources", "zones", "obligations", "places", "events",
    "layers", "group", "unchecked",
}  # fmt: skip
"""Ids, addresses, dates and words of a fixed list: nothing a reader reads as our text."""
QUOTATIONS_ONLY = {"phrase", "quoted"}
"""Fields that hold nothing but a quotation."""
SPEAKERS = re.compile(
    r"Armeni|Azerbaijan|Russia|Putin|Aliyev|Pashinyan|Lavrov|Hajiyev|de facto authorities|United Nations|Security Council|"
    r"[Mm]inist|[Cc]ourt|agency|AFP|press"
)
STATEMENT_OF_ONE_DAY = re.compile(
    r"(?:statement|document|signed)\b[^.;]{0,30}?\b(?:of|dated|on)\s+(?<!/)(?:9|10)(?:th)? November"
    r"|\bnight\b[^.;]{0,20}?(?<!/)\b(?:9|10) November",
    re.IGNORECASE,
)


class Text(NamedTuple):
    """One text of the record that a reader can see."""

    where: str
    field: str
    text: str
    owner: BaseModel


def texts(value: object, where: str, owner: BaseModel | None = None, field: str = "") -> Iterator[Text]:
    """Every reader-facing text below a value, with its path."""
    if isinstance(value, BaseModel):
        for name, item in value:
            exempt = isinstance(value, Source) and name in {"title", "publisher"}
            if name not in NOT_READ and not exempt:
                yield from texts(item, f"{where}.{name}", value, name)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts(item, f"{where}.{getattr(item, 'id', index)}", owner, field)
    elif isinstance(value, str) and owner is not None:
        yield Text(where, field, value, owner)


def judging_words() -> re.Pattern[str]:
    """The list of docs/neutrality.md, as one pattern."""
    section = (
        POLICY.read_text(encoding="utf-8").split("### Words kept to quotations")[1].split("What the rule covers")[0]
    )
    entries = re.findall(r"`([^`]+)`", section)
    parts = [re.escape(entry[:-1]) + r"\w*" if entry.endswith("-") else re.escape(entry) for entry in entries]
    return re.compile(rf"\b(?:de-|re-)?(?:{'|'.join(parts)})\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def record() -> Record:
    return load_record()


@pytest.fixture(scope="module")
def readable(record: Record) -> list[Text]:
    return [text for name, part in record for text in texts(part, name)]


@pytest.fixture(scope="module")
def pairs(record: Record) -> list[str]:
    """Every neutral name of the record that holds a pair."""
    places, zones, units = record.places, record.zones, record.units
    names = [*(item.names for item in places), *(item.names for item in zones), *(item.names for item in units)]
    return sorted({name.neutral for name in names if " / " in name.neutral})


def without_remark(name: str) -> list[str]:
    """The names of a pair, without a remark in brackets behind the last."""
    return re.sub(r"\s*\([^)]*\)", "", name).split(" / ")


def test_the_policy_lists_the_words_it_is_known_for() -> None:
    pattern = judging_words()
    for word in (
        "liberated", "occupied", "Occupation", "ceded", "seized", "lost", "capitulation", "blockade", "exodus", "de-occupied", "reintegration",
    ):  # fmt: skip
        assert pattern.search(f"It was {word} then."), word
    for word in ("preceded", "receded", "close", "glossary", "reoccurring", "agreement"):
        assert not pattern.search(f"It was {word} then."), word


def test_no_judging_word_stands_outside_a_quotation(readable: list[Text]) -> None:
    pattern = judging_words()
    found = [
        f"{item.where}: {match.group()}"
        for item in readable
        if item.field not in QUOTATIONS_ONLY
        for match in pattern.finditer(QUOTATION.sub(" ", item.text))
    ]
    assert found == []


def test_a_quoted_judging_word_has_a_speaker(readable: list[Text]) -> None:
    pattern = judging_words()
    found = [
        item.where
        for item in readable
        if any(pattern.search(quotation) for quotation in QUOTATION.findall(item.text))
        and not isinstance(item.owner, Claim)
        and not any(hasattr(item.owner, name) for name in ("side", "claim_side"))
        and not SPEAKERS.search(QUOTATION.sub(" ", item.text))
    ]
    assert found == []


def test_quotation_marks_are_closed(readable: list[Text]) -> None:
    assert [item.where for item in readable if item.text.count("“") != item.text.count("”")] == []


def test_the_statement_is_dated_by_its_night(record: Record, readable: list[Text]) -> None:
    assert record.statement.date_label == "9/10 November 2020"
    found = [
        item.where
        for item in readable
        if item.field not in QUOTATIONS_ONLY | {"said"} and STATEMENT_OF_ONE_DAY.search(QUOTATION.sub(" ", item.text))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("the statement of 9 November 2020", True),
        ("the statement signed on 10 November", True),
        ("in the night to 10 November 2020", True),
        ("the statement of 9/10 November 2020", False),
        ("in the night of 9/10 November 2020", False),
        ("the line on 10 November 2020", False),
    ],
)
def test_what_counts_as_a_wrong_date_label(text: str, wrong: bool) -> None:
    assert bool(STATEMENT_OF_ONE_DAY.search(text)) is wrong


def test_pairs_of_names_are_in_order(pairs: list[str]) -> None:
    found = []
    for pair in pairs:
        for names in (without_remark(part) for part in pair.split(" and ")):
            leads = names[0].removesuffix(" district") in EXONYMS
            if not leads and names != sorted(names, key=str.casefold):
                found.append(pair)
    assert found == []


def test_no_text_turns_a_pair_round(pairs: list[str], readable: list[Text]) -> None:
    turned = {" / ".join(reversed(without_remark(pair))) for pair in pairs if " and " not in pair}
    found = [f"{item.where}: {pair}" for item in readable for pair in turned if pair in item.text]
    assert found == []


def test_local_pairs_are_in_order(record: Record) -> None:
    found = []
    for place in record.places:
        for form in (place.names.az, place.names.hy, place.names.ru):
            names = form.split(" / ") if form else []
            if names != sorted(names):
                found.append(f"{place.id}: {form}")
    assert found == []


def test_unchecked_names_are_there_and_the_others_have_a_source(record: Record) -> None:
    for place in record.places:
        forms = {language for language in ("az", "hy", "ru") if getattr(place.names, language)}
        assert set(place.names.unchecked) <= forms, place.id
        assert place.names.sources or forms == set(place.names.unchecked), place.id


def test_a_disputed_event_has_the_views_of_two_sides(record: Record) -> None:
    for event in record.events:
        sides = {view.side for view in event.views}
        if event.disputed or any(transfer.disputed for transfer in event.transfers):
            assert len(sides) >= 2, event.id
            assert "azerbaijan" in sides, event.id
            assert sides & {"armenia", "de-facto-nk"}, event.id
        else:
            assert not event.views, f"{event.id} has views but is not marked disputed"


def test_a_forced_change_names_no_clause_as_its_reason(record: Record) -> None:
    for event in record.events:
        for transfer in event.transfers:
            assert (transfer.clause is not None) == (transfer.cause == "clause"), event.id


def test_every_unit_and_source_that_is_named_exists(record: Record) -> None:
    ids = known_ids(record)
    for event in record.events:
        assert {transfer.unit for transfer in event.transfers} <= ids["units"], event.id
        used = {*event.sources, *(source for view in event.views for source in view.sources)}
        assert used <= ids["sources"], event.id
    for place in record.places:
        side = place.side_2020_11_10.sources if place.side_2020_11_10 else []
        assert {*place.sources, *place.names.sources, *side} <= ids["sources"], place.id


def test_a_view_of_a_side_is_short_and_rests_on_a_source_that_was_seen(record: Record) -> None:
    seen = {source.id for source in record.sources if source.seen}
    for event in record.events:
        for view in event.views:
            assert len(view.text) <= 300, event.id
            assert set(view.sources) & seen, event.id


def test_the_story_walks_forward_on_layers_that_exist(record: Record) -> None:
    assert [step.on for step in record.story] == sorted(step.on for step in record.story)
    assert record.story[-1].on == record.statement.coverage_end
    for step in record.story:
        assert len(step.view or []) == 3, step.id
        assert step.from_ is None or step.from_ < step.on, step.id

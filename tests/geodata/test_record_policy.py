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
from geodata.model import Claim, Record
from geodata.record_events import Transfer
from geodata.record_types import Source
from geodata.story import ground_of
from geodata.translations import TRANSLATED, read_catalogue

POLICY = Path(__file__).parents[2] / "docs" / "neutrality.md"
THIN = Path(__file__).parents[2] / "docs" / "thin.md"
STEP_WORDS = 60
"""Longest step of the story, in words: thirteen of them are read in three minutes or so."""
EXONYMS = {"Agdam", "Kalbajar", "Lachin", "Shusha", "Nakhchivan", "Nagorno-Karabakh"}
"""Places that the official English of the statement names: that name leads."""
QUOTATION = re.compile(r"“[^”]*”")
NOT_READ = {
    "id", "address", "language", "side", "claim_side", "counter_side", "witness", "text_id", "verdict", "cause", "to",
    "unit", "event", "town", "holder", "controller", "control", "sovereign", "country", "kind", "basis",
    "confidence", "instant", "takes_effect", "coverage_end", "sources", "zones", "obligations", "places", "events",
    "layers", "group", "unchecked", "source", "ground", "checksums", "outcome", "whose", "by", "topic", "stage",
    "since", "until",
}  # fmt: skip
"""Ids, addresses, dates and words of a fixed list: nothing a reader reads as our text."""
QUOTATIONS_ONLY = {"phrase", "quoted", "quote"}
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


def without_comment(name: str) -> list[str]:
    """The names of a pair, without a comment in brackets after the last."""
    return re.sub(r"\s*\([^)]*\)", "", name).split(" / ")


def names_of_before_1992() -> set[str]:
    """The pairs of docs/neutrality.md in which the name of before 1992 leads against the alphabet."""
    section = POLICY.read_text(encoding="utf-8").split("**Names given after 1992**")[1].split("**Local names.**")[0]
    return set(re.findall(r"`([^`]+ / [^`]+)`", section))


def test_names_of_before_1992_lead_where_the_policy_says_so(record: Record) -> None:
    """Each listed pair is a place's name, against the alphabet, and outside the oblast but for Khojaly."""
    by_form = {form: place for place in record.places for form in (place.names.neutral, place.names.ru)}
    for pair in names_of_before_1992():
        assert pair in by_form, pair
        assert pair.split(" / ") != sorted(pair.split(" / "), key=str.casefold), pair
        place = by_form[pair]
        assert place.district != "inside the former oblast" or place.id == "ivanyan", place.id


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


def test_square_kilometres_are_written_with_a_raised_two(readable: list[Text]) -> None:
    """Where a source prints km2, its quotation does too; a translation of one is ours."""
    written = re.compile(r"(?:km|км|կմ)2\b")
    english = [item.where for item in readable if item.field not in QUOTATIONS_ONLY and written.search(item.text)]
    translated = [
        f"{language}: {entry.msgctxt}"
        for language in TRANSLATED
        for entry in read_catalogue(language)
        if written.search(entry.msgstr)
    ]
    assert english + translated == []


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
        for names in (without_comment(part) for part in pair.split(" and ")):
            leads = names[0].removesuffix(" district") in EXONYMS or (
                " / ".join(names).removesuffix(" district") in names_of_before_1992()
            )
            if not leads and names != sorted(names, key=str.casefold):
                found.append(pair)
    assert found == []


def test_no_text_turns_a_pair_round(pairs: list[str], readable: list[Text]) -> None:
    turned = {" / ".join(reversed(without_comment(pair))) for pair in pairs if " and " not in pair}
    found = [f"{item.where}: {pair}" for item in readable for pair in turned if pair in item.text]
    assert found == []


def test_local_pairs_are_in_order(record: Record) -> None:
    found = []
    for place in record.places:
        for form in (place.names.az, place.names.hy, place.names.ru):
            names = form.split(" / ") if form else []
            if names != sorted(names) and form not in names_of_before_1992():
                found.append(f"{place.id}: {form}")
    assert found == []


def test_unchecked_names_are_there_and_the_others_have_a_source(record: Record) -> None:
    for place in record.places:
        forms = {language for language in ("az", "hy", "ru") if getattr(place.names, language)}
        assert set(place.names.unchecked) <= forms, place.id
        assert place.names.sources or forms == set(place.names.unchecked), place.id


def test_every_place_has_names_in_four_languages_or_is_listed_as_thin(record: Record) -> None:
    section = THIN.read_text(encoding="utf-8").split("## Names")[1].split("\n## ")[0]
    listed = {
        language: set(re.findall(r"`([^`]+)`", row.group(1))) if row else set()
        for language, word in (("az", "Azerbaijani"), ("hy", "Armenian"), ("ru", "Russian"))
        for row in [re.search(rf"^\| {word} \|(.*)\|$", section, re.MULTILINE)]
    }
    missing = {
        language: {place.id for place in record.places if not getattr(place.names, language)} for language in listed
    }
    assert missing == listed


def test_every_layer_and_unit_has_names_in_four_languages(record: Record) -> None:
    names = [*(zone.names for zone in record.zones), *(unit.names for unit in record.units)]
    assert [name.neutral for name in names if not (name.az and name.hy and name.ru)] == []


def test_a_district_that_bears_its_town_s_name_is_spelt_as_the_town(record: Record) -> None:
    """Two spellings of one name in one language would look like two places."""
    towns = {place.id: place.names for place in record.places}
    for unit in record.units:
        town = towns.get(unit.id)
        if town and " / " in (unit.names.hy or ""):
            assert unit.names.hy == town.hy, unit.id
        assert not any(";" in (form or "") for form in (unit.names.az, unit.names.hy, unit.names.ru)), unit.id


def test_places_known_from_general_knowledge_only_are_listed_as_thin(record: Record) -> None:
    section = THIN.read_text(encoding="utf-8").split("## Names")[1].split("\n## ")[0].split("Left out")[0]
    unseen = {place.id for place in record.places if place.names.sources == ["general-knowledge"]}
    assert set(re.findall(r"`([^`]+)`", section)) == unseen
    assert all(
        place.known_side is None or "general-knowledge" not in place.known_side.sources for place in record.places
    )


def test_no_label_says_whose_ground_it_is_where_that_is_contested(record: Record) -> None:
    names = {zone.id: zone.names for zone in record.zones}
    assert "Armenian ground" not in names["azerbaijani-positions"].neutral
    assert "as drawn here" in names["azerbaijani-positions"].neutral
    assert "müvəqqəti" not in (names["peacekeeping-zone"].az or "")


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


def test_a_hand_over_has_a_confidence_and_a_source_that_was_seen(record: Record) -> None:
    seen = {source.id for source in record.sources if source.seen}
    for event in record.events:
        if event.transfers:
            assert event.confidence in {"high", "medium"}, event.id
            assert set(event.sources) & seen, event.id


def test_a_doubtful_hand_over_becomes_certain_in_the_end(record: Record) -> None:
    last: dict[str, Transfer] = {}
    for event in sorted(record.events, key=lambda event: event.counts_from):
        last |= {transfer.unit: transfer for transfer in event.transfers}
    assert [unit for unit, transfer in last.items() if not transfer.certain] == []
    doubtful = {transfer.unit for event in record.events for transfer in event.transfers if not transfer.certain}
    assert doubtful == {
        "parukh", "lachin-south", "seysulan", "fuzuli-27-september", "jabrayil-27-september", "gazakh-kheyrimli",
    }  # fmt: skip


def test_every_event_of_a_clause_can_be_found_on_the_map_or_in_a_place(record: Record) -> None:
    for event in record.events:
        assert event.zones or event.places or not event.clauses or event.obligations, event.id


def test_every_unit_and_source_that_is_named_exists(record: Record) -> None:
    ids = known_ids(record)
    for event in record.events:
        assert {transfer.unit for transfer in event.transfers} <= ids["units"], event.id
        used = {*event.sources, *(source for view in event.views for source in view.sources)}
        assert used <= ids["sources"], event.id
    for place in record.places:
        side = place.known_side.sources if place.known_side else []
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
        assert not (step.view and step.fit), f"{step.id} looks at a view or fits ground, not both"
        assert step.from_ is None or step.from_ < step.on, step.id


def test_a_step_is_short_and_looks_at_the_area(record: Record) -> None:
    for step in record.story:
        assert len(step.text.split()) <= STEP_WORDS, step.id
        assert step.view or ground_of(step, record), step.id
        for latitude, longitude, zoom in [step.view] if step.view else []:
            assert 38.4 <= latitude <= 41.9, step.id
            assert 43.4 <= longitude <= 50.4, step.id
            assert 7 <= zoom <= 12, step.id
        known = {event.id: event for event in record.events}
        assert all(known[event].first_day <= record.statement.coverage_end for event in step.events), step.id

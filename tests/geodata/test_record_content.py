"""What the record says of the statement: the clauses, obligations, readings and claims, held to what is known.

Dates here were taken from the sources once and are repeated on purpose: an edit that moves one has to be meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from geodata.loading import load_record
from geodata.model import Obligation, Reading, Record
from geodata.status import statuses

READINGS_WANTED = {1, 4, 6, 7, 8, 9}
"""Clauses on which the sides are known to differ."""

METHOD = Path(__file__).parents[2] / "docs" / "method.md"

SIDES_OF_CONFLICT = {"armenia", "azerbaijan"}

PHRASE_LIMIT = 90
"""Longest quotation, in characters: a phrase, never a passage."""

OBLIGATIONS = (
    "1-ceasefire", "2-agdam", "3-deployment", "4-withdrawal", "4-term", "5-centre", "6-kalbajar", "6-lachin",
    "6-corridor", "6-route-plan", "6-safe-movement", "7-return", "8-exchange", "9-unblocking", "9-nakhchivan-link",
)  # fmt: skip
"""The fifteen obligations; other programs rely on these ids."""


@pytest.fixture(scope="module")
def record() -> Record:
    return load_record()


@pytest.fixture(scope="module")
def obligations(record: Record) -> dict[str, Obligation]:
    return {obligation.id: obligation for obligation in record.obligations}


def all_readings(record: Record) -> list[Reading]:
    """The cards on clauses, and those on whether the statement is in force."""
    return [*record.readings, *record.statement.in_force]


def test_clause_one_takes_effect_at_midnight_in_moscow(record: Record) -> None:
    assert record.takes_effect.astimezone(UTC) == datetime(2020, 11, 9, 21, 0, tzinfo=UTC)


def test_russia_signs_but_the_parties_are_two(record: Record) -> None:
    assert record.statement.parties == ["Armenia", "Azerbaijan"]
    assert len(record.statement.signatories) == 3


def test_nine_clauses_each_once(record: Record) -> None:
    assert [clause.number for clause in record.clauses] == list(range(1, 10))


def test_fifteen_obligations_in_the_order_of_the_clauses(record: Record) -> None:
    assert tuple(obligation.id for obligation in record.obligations) == OBLIGATIONS


def test_every_clause_has_its_obligation(record: Record) -> None:
    assert {obligation.clause for obligation in record.obligations} == set(range(1, 10))


@pytest.mark.parametrize(
    ("obligation", "history"),
    [
        ("1-ceasefire", [("2020-11-10", "2020-11-10")]),
        ("2-agdam", [("2020-11-10", "2020-11-20")]),
        ("6-kalbajar", [("2020-11-10", "2020-11-15"), ("2020-11-15", "2020-11-25")]),
        ("6-lachin", [("2020-11-10", "2020-12-01")]),
        ("6-route-plan", [("2020-11-10", "2023-11-10")]),
    ],
)
def test_deadline_history(obligations: dict[str, Obligation], obligation: str, history: list[tuple[str, str]]) -> None:
    assert [(str(stage.announced), str(stage.due)) for stage in obligations[obligation].deadlines] == history


def test_no_other_obligation_has_a_date_in_the_text(obligations: dict[str, Obligation]) -> None:
    dated = {id_ for id_, obligation in obligations.items() if obligation.deadlines}
    assert dated == {"1-ceasefire", "2-agdam", "6-kalbajar", "6-lachin", "6-route-plan"}


@pytest.mark.parametrize(
    ("obligation", "day", "before", "after"),
    [
        ("1-ceasefire", "2020-11-10", "not-in-force", "continuing"),
        ("1-ceasefire", "2020-12-11", "continuing", "disputed"),
        ("2-agdam", "2020-11-20", "pending", "met"),
        ("3-deployment", "2020-11-20", "open", "met"),
        ("4-withdrawal", "2020-12-17", "open", "disputed"),
        ("4-term", "2024-06-12", "continuing", "lapsed"),
        ("5-centre", "2021-01-30", "open", "met"),
        ("6-kalbajar", "2020-11-25", "pending", "met"),
        ("6-lachin", "2020-12-01", "pending", "met"),
        ("6-corridor", "2023-04-23", "continuing", "disputed"),
        ("6-corridor", "2024-06-12", "disputed", "lapsed"),
        ("4-withdrawal", "2023-10-01", "disputed", "lapsed"),
        ("6-safe-movement", "2024-06-12", "disputed", "lapsed"),
        ("6-route-plan", "2022-08-03", "pending", "disputed"),
        ("6-safe-movement", "2022-12-12", "continuing", "disputed"),
        ("7-return", "2023-03-19", "open", "disputed"),
        ("8-exchange", "2021-01-09", "open", "disputed"),
        ("9-unblocking", "2021-07-26", "open", "disputed"),
        ("9-nakhchivan-link", "2021-12-14", "open", "disputed"),
    ],
)
def test_status_turns_on_the_day(record: Record, obligation: str, day: str, before: str, after: str) -> None:
    turning = date.fromisoformat(day)
    for on, expected in ((date.fromordinal(turning.toordinal() - 1), before), (turning, after)):
        found = {row.id: row.status for row in statuses(record, on)}
        assert found[obligation] == expected, f"{obligation} on {on}"


@pytest.mark.parametrize("obligation", ["7-return", "9-unblocking", "9-nakhchivan-link"])
def test_what_has_no_date_is_open_until_the_sides_dispute_it(record: Record, obligation: str) -> None:
    for day, expected in (date(2021, 1, 1), "open"), (record.coverage_end, "disputed"):
        assert {row.id: row.status for row in statuses(record, day)}[obligation] == expected, day


def test_each_party_charges_the_other_where_both_do(record: Record) -> None:
    """A dispute shows one charge and one answer; over all of them neither party is only the accused."""
    sides = {opponent.sides[0]: set(opponent.sides) for opponent in record.statement.opponents}
    claimants = [dispute.claim_side for obligation in record.obligations for dispute in obligation.disputes]
    assert all(any(claimant in group for claimant in claimants) for group in sides.values())


def test_kalbajar_was_ten_days_after_the_first_date_and_on_the_second(record: Record) -> None:
    row = next(row for row in statuses(record, date(2020, 11, 25)) if row.id == "6-kalbajar")
    assert (row.days_late, row.days_late_first) == (0, 10)


def test_term_and_notice_follow_from_the_day_of_effect(record: Record) -> None:
    row = next(row for row in statuses(record, date(2024, 1, 1)) if row.id == "4-term")
    assert (row.term_end, row.notice_by) == (date(2025, 11, 10), date(2025, 5, 10))


def test_disputes_pit_two_sides_against_each_other(record: Record) -> None:
    for obligation in record.obligations:
        for dispute in obligation.disputes:
            assert dispute.claim_side != dispute.counter_side, obligation.id


def test_every_reading_has_a_counterpart_of_another_side(record: Record) -> None:
    sides = defaultdict(list)
    for reading in all_readings(record):
        sides[reading.clause, reading.topic].append(reading.side)
    for (clause, topic), found in sides.items():
        assert len(found) == len(set(found)) >= 2, f"{topic} (clause {clause}): {found}"


def test_the_two_parties_are_heard_on_every_clause_they_differ_on(record: Record) -> None:
    sides = defaultdict(set)
    for reading in record.readings:
        sides[reading.clause].add(reading.side)
    for clause in READINGS_WANTED:
        assert sides[clause] >= SIDES_OF_CONFLICT, f"clause {clause}"
    assert {reading.side for reading in record.statement.in_force} == SIDES_OF_CONFLICT | {"russia"}


def test_cards_on_a_topic_are_of_about_equal_length(record: Record) -> None:
    lengths: dict[str, dict[str, int]] = defaultdict(dict)
    for reading in all_readings(record):
        lengths[reading.topic][reading.side] = len(reading.text)
    for topic, found in lengths.items():
        assert max(found.values()) <= 1.25 * min(found.values()), f"{topic}: {found}"


def test_no_reading_rests_on_general_knowledge(record: Record) -> None:
    for reading in all_readings(record):
        assert "general-knowledge" not in reading.sources, reading.id


def test_texts_that_differ_name_more_than_one_version(record: Record) -> None:
    points = [(clause.number, variant) for clause in record.clauses for variant in clause.variants]
    assert {number for number, _ in points} >= {1, 2, 4, 6, 9}
    for number, variant in points:
        assert len({wording.witness for wording in variant.wordings}) >= 2, f"clause {number}: {variant.point}"
        assert len({wording.phrase for wording in variant.wordings}) >= 2, f"clause {number}: {variant.point}"


def test_gazakh_stands_only_in_the_version_that_circulated(record: Record) -> None:
    for clause in record.clauses:
        for variant in clause.variants:
            for wording in variant.wordings:
                assert ("Gazakh" in wording.phrase) <= (wording.witness == "circulated")


def test_quotations_are_phrases(record: Record) -> None:
    for clause in record.clauses:
        phrases = [*clause.phrases, *(wording for variant in clause.variants for wording in variant.wordings)]
        assert all(len(wording.phrase) <= PHRASE_LIMIT for wording in phrases), f"clause {clause.number}"
    assert all(len(claim.quoted or "") <= PHRASE_LIMIT for claim in record.claims)


def test_quantities_of_clause_three(record: Record) -> None:
    found = {(quantity.in_text, quantity.reported) for quantity in record.clauses[2].quantities}
    assert found >= {(1960, 1960), (90, None), (380, None), (470, 552), (None, 23)}


def test_every_claim_of_both_press_texts_is_checked_once(record: Record) -> None:
    wanted = [f"a{n}" for n in range(1, 58)] + [f"b{n}" for n in range(1, 25)]
    assert [claim.id for claim in record.claims] == wanted
    assert all(claim.text_id == f"press-{claim.id[0]}" for claim in record.claims)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("a27", "wrong"),
        ("a39", "imprecise"),
        ("b12", "wrong"),
        ("b15", "wrong"),
        ("a19", "outdated"),
        ("b1", "imprecise"),
    ],
)
def test_the_telling_claims(record: Record, claim: str, verdict: str) -> None:
    found = next(one for one in record.claims if one.id == claim)
    assert found.verdict == verdict
    assert found.sources


def test_a_checked_claim_names_its_source(record: Record) -> None:
    for claim in record.claims:
        assert claim.sources or claim.verdict == "not checkable", claim.id


def test_what_a_claim_says_of_ground_can_be_seen(record: Record) -> None:
    for claim in record.claims:
        if claim.clauses:
            assert claim.zones or claim.places or claim.events, claim.id


def test_claims_that_nothing_shows_are_named_in_the_method(record: Record) -> None:
    nowhere = [claim.id for claim in record.claims if not (claim.zones or claim.places or claim.events)]
    assert f"({', '.join(nowhere)})" in METHOD.read_text(encoding="utf-8")


def test_a_dispute_says_nothing_that_came_later(record: Record) -> None:
    for obligation in record.obligations:
        for dispute in obligation.disputes:
            years = {int(year) for year in re.findall(r"\b20\d\d\b", dispute.claim + dispute.counterclaim)}
            assert all(year <= dispute.since.year for year in years), obligation.id


def test_clause_eight_has_events_in_the_timeline(record: Record) -> None:
    assert len([event for event in record.events if "8-exchange" in event.obligations]) >= 2


def test_only_general_knowledge_is_unseen(record: Record) -> None:
    assert [source.id for source in record.sources if not source.seen] == ["general-knowledge"]


def test_each_party_s_own_text_is_in_the_register(record: Record) -> None:
    by_id = {source.id: source for source in record.sources}
    own = {witness.side: by_id[witness.sources[0]] for witness in record.statement.witnesses if witness.side}
    assert set(own) == {"armenia", "azerbaijan", "russia"}
    assert all(source.side == side for side, source in own.items())

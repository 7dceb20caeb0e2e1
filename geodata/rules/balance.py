"""The balance report: how much each side is heard, clause by clause, and whose people are counted.

It counts and judges nothing; docs/neutrality.md shows it and says what it can't tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import permutations
from typing import get_args

from pydantic import BaseModel

from geodata.model import Dispute, Reading, Record
from geodata.record_events import SideStatement
from geodata.record_types import Evidence, Fate, People
from geodata.rules.walk import Entry, entries

WORDS_RATIO = Fraction(3, 2)
"""From this ratio of words quoted of one side of the conflict to those of the other a clause is listed as a gap."""
Part = tuple[int | None, str]
"""A clause (None: whether the statement is in force) and a side (“”: none)."""


def report(record: Record) -> str:
    """The whole report as Markdown: five tables by clause and side, one of people, and the gaps."""
    sides = columns(record)
    tables = [
        ("Readings", _table(record, sides, count_readings(record))),
        ("Views of events", _table(record, sides, count(record, _view))),
        ("Charges in disputes", _table(record, sides, count(record, _claimant))),
        ("Words quoted", _table(record, [*sides, ""], count(record, _words))),
        ("Sources", _table(record, [*sides, ""], count_sources(record))),
        ("People counted", _people_table(record)),
    ]
    parts = [f"**{title}**\n\n{table}" for title, table in tables]
    found = list(gaps(record))
    parts.append("**Gaps**\n\n" + ("\n".join(f"- {line}" for line in found) if found else "None."))
    return "\n\n".join(parts) + "\n"


def columns(record: Record) -> list[str]:
    """The sides in the order of the columns: those of the conflict with all who stand by each, then the others."""
    opposed = [side for opponent in record.statement.opponents for side in opponent.sides]
    return [*opposed, *(side for side in record.statement.sides if side not in opposed)]


def _name(record: Record, side: str) -> str:
    return record.statement.side_names.get(side, side) if side else "no side"


def count_readings(record: Record) -> dict[Part, int]:
    """Readings by an organ of each side, by clause."""
    counts: dict[Part, int] = {}
    for _, value in _by_clause(record):
        if isinstance(value, Reading) and value.organ:
            counts[value.clause, value.side] = counts.get((value.clause, value.side), 0) + 1
    return counts


def count(record: Record, side_of: Callable[[BaseModel], str | None]) -> dict[Part, int]:
    """Entries for which ``side_of`` names a side, by clause and side; an entry counts for every clause it stands under."""
    counts: dict[Part, int] = {}
    for clauses, value in _by_clause(record):
        side = side_of(value)
        for clause in clauses if side is not None else ():
            counts[clause, side or ""] = counts.get((clause, side or ""), 0) + 1
    return counts


def count_sources(record: Record) -> dict[Part, int]:
    """Different sources cited under each clause, by the side whose publication they are."""
    owners = {source.id: source.side or "" for source in record.sources}
    cited: dict[Part, set[str]] = {}
    for clauses, value in _by_clause(record):
        ids = [value.source] if isinstance(value, Evidence) else getattr(value, "sources", [])
        for clause in clauses:
            for source in ids:
                cited.setdefault((clause, owners[source]), set()).add(source)
    return {part: len(ids) for part, ids in cited.items()}


def count_people(record: Record) -> dict[tuple[str, str], list[People]]:
    """The counts of people, by what happened to them and whose they are."""
    counts: dict[tuple[str, str], list[People]] = {}
    for entry in entries(record):
        if isinstance(entry.value, People):
            counts.setdefault((entry.value.what, entry.value.whose), []).append(entry.value)
    return counts


def gaps(record: Record) -> Iterator[str]:
    """Where one side of the conflict is heard or counted and the other is not, or is quoted far less."""
    pairs = list(permutations(record.statement.opponents, 2))
    for title, counts in (
        ("reading", count_readings(record)),
        ("view", count(record, _view)),
        ("charge", count(record, _claimant)),
    ):
        for clause in _clauses(record):
            for heard, silent in pairs:
                if any(counts.get((clause, side)) for side in heard.sides) and not any(
                    counts.get((clause, side)) for side in silent.sides
                ):
                    names = (_name(record, silent.sides[0]), _name(record, heard.sides[0]))
                    yield f"{_clause_name(clause)}: no {title} of {names[0]}, and one or more of {names[1]}."
    yield from _unequal_words(record)
    people = count_people(record)
    for what in get_args(Fate):
        for counted, other in pairs:
            if (what, counted.people) in people and (what, other.people) not in people:
                yield f"{what.capitalize()}: {counted.people.capitalize()} are counted, {other.people.capitalize()} are not."


def _unequal_words(record: Record) -> Iterator[str]:
    """Clauses under which the words quoted of one side outnumber the other's by :data:`WORDS_RATIO` or more."""
    words = count(record, _words)
    for clause in _clauses(record):
        for more, fewer in permutations(record.statement.opponents, 2):
            high, low = (sum(words.get((clause, side), 0) for side in group.sides) for group in (more, fewer))
            if high and high >= WORDS_RATIO * low:
                names = (_name(record, more.sides[0]), _name(record, fewer.sides[0]))
                yield f"{_clause_name(clause)}: {high} quotations of {names[0]} and those who stand by it, {low} of {names[1]}."


def _view(value: BaseModel) -> str | None:
    return value.side if isinstance(value, SideStatement) else None


def _claimant(value: BaseModel) -> str | None:
    """Whose charge a dispute shows; the answer of the other side stands beside it."""
    return value.claim_side if isinstance(value, Dispute) else None


def _words(value: BaseModel) -> str | None:
    return (value.side or "") if isinstance(value, Evidence) else None


def _by_clause(record: Record) -> Iterator[tuple[list[int | None], BaseModel]]:
    """Every entry of clauses, obligations, readings and events, with the clauses it stands under."""
    owner: list[int | None] = []
    for entry in entries(record):
        if entry.file in {"clauses", "obligations", "readings", "events", "statement"}:
            owner = _under(entry, owner)
            yield owner, entry.value


def _under(entry: Entry, owner: list[int | None]) -> list[int | None]:
    """The clauses of a whole entry; what stands inside it belongs to the same."""
    value = entry.value
    if entry.file == "statement":
        return [None] if entry.where[:1] == ("in_force",) else []
    if len(entry.where) > 1:
        return owner
    if entry.file == "events":
        return list(getattr(value, "clauses", []))
    return [getattr(value, "number", None) or getattr(value, "clause", None)]


def _clauses(record: Record) -> list[int | None]:
    return [*(clause.number for clause in record.clauses), None]


def _clause_name(clause: int | None) -> str:
    return f"Clause {clause}" if clause else "In force"


def _table(record: Record, sides: list[str], counts: dict[Part, int]) -> str:
    rows = [["", *(_name(record, side) for side in sides)], ["---", *("---:" for _ in sides)]]
    for clause in _clauses(record):
        rows.append([_clause_name(clause), *(str(counts.get((clause, side), 0)) for side in sides)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _people_table(record: Record) -> str:
    """How many counts there are and the largest number in them; the counts overlap and are not added up."""
    people, groups = count_people(record), record.statement.peoples
    rows = [["", *(group.capitalize() for group in groups)], ["---", *("---:" for _ in groups)]]
    for what in get_args(Fate):
        cells = []
        for whose in groups:
            found = people.get((what, whose), [])
            numbers = [item.number for item in found if item.number is not None]
            cells.append(f"{len(found)}, up to {max(numbers):,}" if numbers else str(len(found)))
        rows.append([what.capitalize(), *cells])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)

"""The balance report: how much each side is heard, clause by clause, and whose people are counted.

It counts and judges nothing; docs/neutrality.md shows it and says what it can't tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import get_args

from pydantic import BaseModel

from geodata.model import Evidence, Fate, People, Reading, Record, View, Whose
from geodata.rules.told import OPPOSED
from geodata.rules.walk import Entry, entries

SIDES: tuple[str, ...] = ("armenia", "de-facto-nk", "azerbaijan", "russia")
"""The columns: the sides of the conflict by the alphabet, each with those who stand by it, then the third signatory."""
NAMES = {
    "armenia": "Armenia", "de-facto-nk": "de facto authorities", "azerbaijan": "Azerbaijan", "russia": "Russia",
    "": "no side",
}  # fmt: skip
Part = tuple[int | None, str]
"""A clause (None: whether the statement is in force) and a side (“”: none)."""


def report(record: Record) -> str:
    """The whole report as Markdown: four tables by clause and side, one of people, and the gaps."""
    tables = [
        ("Readings", _table(record, SIDES, count_readings(record))),
        ("Views of events", _table(record, SIDES, count(record, _view))),
        ("Words quoted", _table(record, (*SIDES, ""), count(record, _words))),
        ("Sources", _table(record, (*SIDES, ""), count_sources(record))),
        ("People counted", _people_table(record)),
    ]
    parts = [f"**{title}**\n\n{table}" for title, table in tables]
    found = list(gaps(record))
    parts.append("**Gaps**\n\n" + ("\n".join(f"- {line}" for line in found) if found else "None."))
    return "\n\n".join(parts) + "\n"


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
    """Where one side of the conflict is heard or counted and the other is not."""
    for title, counts in (("reading", count_readings(record)), ("view", count(record, _view))):
        for clause in _clauses(record):
            heard = [any(counts.get((clause, name)) for name in names) for names in OPPOSED]
            if heard[0] != heard[1]:
                yield f"{_clause_name(clause)}: no {title} of {NAMES[OPPOSED[heard[0]][0]]}, and one or more of {NAMES[OPPOSED[not heard[0]][0]]}."
    people = count_people(record)
    for what in get_args(Fate):
        counted = [(what, whose) in people for whose in ("armenians", "azerbaijanis")]
        if counted[0] != counted[1]:
            whose = ("Armenians", "Azerbaijanis")
            yield f"{what.capitalize()}: {whose[counted[1]]} are counted, {whose[counted[0]]} are not."


def _view(value: BaseModel) -> str | None:
    return value.side if isinstance(value, View) else None


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


def _table(record: Record, sides: tuple[str, ...], counts: dict[Part, int]) -> str:
    rows = [["", *(NAMES[side] for side in sides)], ["---", *("---:" for _ in sides)]]
    for clause in _clauses(record):
        rows.append([_clause_name(clause), *(str(counts.get((clause, side), 0)) for side in sides)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _people_table(record: Record) -> str:
    """How many counts there are and the largest number in them; the counts overlap and are not added up."""
    people, groups = count_people(record), get_args(Whose)
    rows = [["", *(group.capitalize() for group in groups)], ["---", *("---:" for _ in groups)]]
    for what in get_args(Fate):
        cells = []
        for whose in groups:
            found = people.get((what, whose), [])
            numbers = [item.number for item in found if item.number is not None]
            cells.append(f"{len(found)}, up to {max(numbers):,}" if numbers else str(len(found)))
        rows.append([what.capitalize(), *cells])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)

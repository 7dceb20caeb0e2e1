"""What differs between two editions, entry by entry and field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from geodata.comparison.edition import LISTS, Edition, Entry

FACTS: dict[str, dict[str, str]] = {
    "clauses": {"quantities": "its numbers", "variants": "where the versions differ", "unheard": "who was not heard"},
    "obligations": {
        "deadlines": "its deadlines",
        "done": "what fulfilled it",
        "ended": "what ended it",
        "disputes": "since when it is disputed",
        "owed_by": "who owes it",
        "owed_to": "to whom it is owed",
        "term": "its term",
    },
    "readings": {"date": "its date", "speaker": "who said it", "side": "the side"},
    "events": {
        "date": "its date",
        "instant": "its hour",
        "announced": "when it became known",
        "disputed": "whether accounts differ",
        "confidence": "how sure it is",
        "agreed": "what was agreed",
        "court": "what the court decided",
        "people": "the people counted",
    },
    "zones": {"clauses": "the clauses that govern it", "members": "what it is made of"},
    "units": {
        "sovereign": "whose it is by recognition",
        "control": "who held it first",
        "doubts": "when its holder is in doubt",
        "published_areas": "the areas printed for it",
    },
    "places": {"position": "its position", "known_side": "who held it", "held": "who held it at other times"},
    "claims": {"verdict": "what the check found"},
    "story": {"on": "the day shown"},
    "sources": {
        "publisher": "its publisher",
        "credit": "whose report or words it prints",
        "title": "its title",
        "date": "its date",
        "address": "its address",
    },
}
"""Fields whose change is a change of fact, and how they are called; what else changed is wording."""
STATEMENT = {"coverage_end": "The last day of the record", "coverage_start": "The first day of the record"}


@dataclass(frozen=True)
class Difference:
    """One entry that is new, gone (``field`` is None), or has one field otherwise.

    Attributes
    ----------
    file, id, field
        Where.
    before, after
        The whole entry, or the value of the field; None where there is none.
    entry
        The entry as it is now (where gone: as it was).
    fact
        Whether it is a fact, not the wording of one.
    """

    file: str
    id: str
    field: str | None
    before: Any
    after: Any
    entry: Entry
    fact: bool

    def as_json(self) -> dict[str, Any]:
        """The difference as ``geodata diff --json`` prints it."""
        return {key: getattr(self, key) for key in ("file", "id", "field", "before", "after", "fact")} | {
            "sources": self.entry.get("sources", [])
        }


def differences(old: Edition, new: Edition) -> Iterator[Difference]:
    """Every difference, in the order of the files and of the entries as they stand now, what is gone last."""
    for name, words in STATEMENT.items():
        before, after = old.statement.get(name), new.statement.get(name)
        if before != after:
            yield Difference("statement", words, name, before, after, {}, fact=True)
    for file in LISTS:
        before, after = old.record[file], new.record[file]
        for key, entry in after.items():
            if key in before:
                yield from _fields(file, key, _with_position(before[key]), _with_position(entry))
            else:
                yield Difference(file, key, None, None, entry, entry, fact=True)
        for key in before.keys() - after.keys():
            yield Difference(file, key, None, before[key], None, before[key], fact=True)


def _fields(file: str, key: str, before: Entry, after: Entry) -> Iterator[Difference]:
    for name in sorted(before.keys() | after.keys()):
        one, other = _bare(before.get(name)), _bare(after.get(name))
        if one != other:
            fact = name in FACTS[file]
            yield Difference(file, key, name, before.get(name), after.get(name), after, fact)
        elif before.get(name) != after.get(name):  # the same, carried by other words or sources
            yield Difference(file, key, name, before.get(name), after.get(name), after, fact=False)


def _with_position(entry: Entry) -> Entry:
    """A place with its coordinates as one value."""
    if entry.get("lat") is None:
        return entry
    rest = {key: value for key, value in entry.items() if key not in ("lat", "lon")}
    return rest | {"position": [entry["lat"], entry["lon"]]}


CARRIED = {"sources", "evidence", "evidence_gap", "note", "claim", "counterclaim", "quote", "speaker_gap"}
"""Fields inside a value that carry a fact and are not the fact."""
USUAL: tuple[Any, ...] = (None, False, [], "")
"""Values that are as good as none."""


def _bare(value: Any) -> Any:
    """A value without what only carries it."""
    if isinstance(value, dict):
        found = {key: _bare(item) for key, item in value.items() if key not in CARRIED}
        return {key: item for key, item in found.items() if item not in USUAL} or None
    if isinstance(value, list):
        return [_bare(item) for item in value] or None
    return None if value in USUAL else value

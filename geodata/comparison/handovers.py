"""Who held what in two editions: the hand-overs of each unit, their days and areas, set beside each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from geodata.comparison.edition import Edition, Entry

SMALL_KM2 = 0.05
"""Areas that differ by less are the same: shapes are rounded to a metre."""


@dataclass(frozen=True)
class Handover:
    """Ground of one unit that passed to another holder on a day; ``km2`` is its area, ``certain`` false where in doubt."""

    unit: str
    day: str
    holder: str
    to: str
    event: str
    km2: float
    certain: bool


@dataclass(frozen=True)
class Moved:
    """A hand-over that one edition has otherwise than the other; None where it has none."""

    before: Handover | None
    after: Handover | None


def handovers(edition: Edition) -> list[Handover]:
    """Every hand-over, by unit and day."""
    found: defaultdict[tuple[str, str, str, str], list[tuple[Entry, Entry]]] = defaultdict(list)
    for piece in edition.pieces:
        for before, after in pairwise(piece["spans"]):
            if before["controller"] != after["controller"]:
                found[piece["unit"], after["since"], before["controller"], after["controller"]].append((piece, after))
    return [
        Handover(
            *key, parts[0][1]["event"], sum(piece["km2"] for piece, _ in parts), all(s["certain"] for _, s in parts)
        )
        for key, parts in sorted(found.items())
    ]


def moved(old: Edition, new: Edition) -> Iterator[Moved]:
    """The hand-overs that differ, paired by unit, event and next holder, in the order of their days."""
    before = {_key(item): item for item in handovers(old)}
    after = {_key(item): item for item in handovers(new)}
    pairs = [Moved(before.get(key), after.get(key)) for key in before.keys() | after.keys()]
    yield from sorted((pair for pair in pairs if _differ(pair)), key=_order)


def _key(item: Handover) -> tuple[str, str, str]:
    return item.unit, item.event, item.to


def _order(pair: Moved) -> tuple[str, str, str]:
    item = pair.after or pair.before
    assert item is not None
    return item.day, item.unit, item.to


def _differ(pair: Moved) -> bool:
    one, other = pair.before, pair.after
    if one is None or other is None:
        return True
    same = (one.day, one.holder, one.certain) == (other.day, other.holder, other.certain)
    return not same or abs(one.km2 - other.km2) >= SMALL_KM2

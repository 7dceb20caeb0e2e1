"""Who held a piece, holder by holder, and from which day that is certain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from geodata.parts import Piece


@dataclass(frozen=True, slots=True)
class Holding:
    """The time of one holder.

    Attributes
    ----------
    since
        First day: that of the event or its announcement; None before the record begins.
    certain
        Whether the record is in no doubt on that day.
    turns
        The later days on which that changed, each with whether it is certain from then on.
    """

    controller: str
    since: date | None
    certain: bool
    turns: tuple[tuple[date, bool], ...] = ()


def holdings(piece: Piece) -> list[Holding]:
    """The spans of a piece joined while its holder stays, in order."""
    found = []
    for controller, group in groupby(piece.spans, key=lambda span: span.controller):
        spans = list(group)
        turns = tuple(
            (after.since, after.certain)
            for before, after in pairwise(spans)
            if after.since and before.certain != after.certain
        )
        found.append(Holding(controller, spans[0].since, spans[0].certain, turns))
    return found

"""*Half told fails*: what an event, a view and a reading have to tell beside their text.

The kinds and what each has to tell are listed in docs/editing.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations

from geodata import dates
from geodata.model import Reading, Record
from geodata.record_events import Event, SideStatement
from geodata.record_types import Unheard
from geodata.rules.walk import Finding, Where

NEEDS: dict[str, tuple[str, ...]] = {
    "court": ("court",),
    "agreement": ("agreed", "absent"),
    "displacement": ("people",),
    "return": ("people",),
    "detention": ("people",),
}
"""Kind of event -> the lists that can't be empty."""
ONLY: dict[str, str] = {"court": "court"}
"""List -> the one kind of event that may have it."""


def half_told(record: Record) -> Iterator[Finding]:
    """Events, views and readings that leave out what they have to tell."""
    for index, event in enumerate(record.events):
        yield from _event(record, index, event)
    for file, where, reading in readings(record):
        yield from _speaker(file, where, reading)
    yield from _alone(record)
    yield from _stages(record)
    yield from _heard_after_all(record)


def readings(record: Record) -> Iterator[tuple[str, Where, Reading]]:
    """Every reading with its file and path: those of the clauses, then those on whether the statement is in force."""
    for index, reading in enumerate(record.readings):
        yield "readings", (index,), reading
    for index, reading in enumerate(record.statement.in_force):
        yield "statement", ("in_force", index), reading


def _event(record: Record, index: int, event: Event) -> Iterator[Finding]:
    if event.kind is None:
        yield Finding("events", (index,), f"“{event.id}” has no kind: docs/editing.md lists them.")
        return
    for field in NEEDS.get(event.kind, ()):
        if not getattr(event, field):
            yield Finding("events", (index,), f"an event of the kind “{event.kind}” has to list `{field}`.")
    for field, kind in ONLY.items():
        if getattr(event, field) and event.kind != kind:
            yield Finding("events", (index, field), f"only an event of the kind “{kind}” lists `{field}`.")
    for number, view in enumerate(event.views):
        yield from _speaker("events", (index, "views", number), view)
    if event.disputed or any(transfer.disputed for transfer in event.transfers):
        heard = {*speaking(event.views), *(item.side for item in event.unheard)}
        for opponent in record.statement.opponents:
            if not heard & set(opponent.sides):
                who = " or ".join(opponent.sides)
                yield Finding(
                    "events",
                    (index,),
                    f"it is disputed and has no view of {who}: add it, or name the side under `unheard`.",
                )
    for side in sorted({view.side for view in event.views} - speaking(event.views)):
        if side not in {item.side for item in event.unheard}:
            yield Finding("events", (index, "views"), f"the only speaker for {side} here is not an organ of it.")


def _speaker(file: str, where: Where, said: Reading | SideStatement) -> Iterator[Finding]:
    """A reading or view has to name who said it, in which capacity and when, or why it can't."""
    wanted = ("date",) if said.speaker_gap else ("speaker", "office", "date")
    missing = [field for field in wanted if not getattr(said, field)]
    if missing:
        yield Finding(file, where, f"the words of {said.side} lack {', '.join(missing)}.")


def speaking(said: Iterable[Reading | SideStatement]) -> set[str]:
    """The sides of which an organ speaks."""
    return {item.side for item in said if item.organ}


def _alone(record: Record) -> Iterator[Finding]:
    """A speaker who is not an organ of a side is never its only one on a topic."""
    for file, where, reading in readings(record):
        if reading.organ or reading.side in speaking(_on(record, reading.topic)):
            continue
        if not _excused(record, reading.clause, reading.topic, reading.side, None):
            yield Finding(
                file, where, f"the only speaker for {reading.side} on “{reading.topic}” is not an organ of it."
            )


def _stages(record: Record) -> Iterator[Finding]:
    """Where one of the two sides of the conflict speaks on a topic, the other speaks in the same stage."""
    for topic in dict.fromkeys(reading.topic for _, _, reading in readings(record)):
        cards = _on(record, topic)
        for stage in dict.fromkeys(stage for card in cards for stage in stages_of(record, card)):
            heard = {card.side for card in cards if stage in stages_of(record, card)}
            for mine, theirs in permutations((opponent.sides for opponent in record.statement.opponents), 2):
                excused = any(_excused(record, cards[0].clause, topic, side, stage) for side in theirs)
                if heard & set(mine) and not heard & set(theirs) and not excused:
                    file, where, _ = next(item for item in readings(record) if item[2].topic == topic)
                    yield Finding(
                        file,
                        where,
                        f"on “{topic}” {mine[0]} speaks in the stage “{stage}” and {theirs[0]} does not: add a reading, or `unheard`.",
                    )


def _heard_after_all(record: Record) -> Iterator[Finding]:
    """A side that is called unheard where an organ of it speaks."""
    sentence = "{} is called unheard and speaks there: take the line out."
    for index, event in enumerate(record.events):
        for number, item in enumerate(event.unheard):
            if item.side in speaking(event.views):
                yield Finding("events", (index, "unheard", number), sentence.format(item.side))
    for index, clause in enumerate(record.clauses):
        for number, item in enumerate(clause.unheard):
            cards = _on(record, item.topic or "")
            spoken = [card for card in cards if item.stage is None or item.stage in stages_of(record, card)]
            if item.side in speaking(spoken):
                yield Finding("clauses", (index, "unheard", number), sentence.format(item.side))


def _on(record: Record, topic: str) -> list[Reading]:
    return [reading for _, _, reading in readings(record) if reading.topic == topic]


def stages_of(record: Record, said: Reading) -> list[str]:
    """The stages in time that the date of a reading touches; empty if the record has no stages."""
    first, last = dates.bounds(said.date)
    starts = [stage.since for stage in record.statement.stages]
    ends = [*starts[1:], None]
    return [
        stage.id
        for stage, start, end in zip(record.statement.stages, starts, ends, strict=True)
        if start <= last and (end is None or first < end)
    ]


def _excused(record: Record, clause: int | None, topic: str, side: str, stage: str | None) -> bool:
    """Whether the record says itself that a side was not heard on a topic (in a stage)."""
    return any(
        item.side == side and item.topic == topic and item.stage in (None, stage) for item in unheard(record, clause)
    )


def unheard(record: Record, clause: int | None) -> Sequence[Unheard]:
    """What the record says of sides without a reading on a clause; None: on whether the statement is in force."""
    if clause is None:
        return record.statement.unheard
    return [item for one in record.clauses if one.number == clause for item in one.unheard]

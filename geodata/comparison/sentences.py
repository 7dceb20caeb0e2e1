"""Differences in sentences that can be printed: what changed, from what to what, by which source, on how many km2."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from geodata.comparison.differences import FACTS, USUAL, Difference, differences
from geodata.comparison.edition import Edition, Entry
from geodata.comparison.handovers import SMALL_KM2, Handover, Moved, handovers, moved
from geodata.measures import GEOD

HEADINGS = {
    "statement": "The record",
    "obligations": "Obligations and deadlines",
    "events": "Events",
    "clauses": "Clauses",
    "readings": "What the sides say",
    "claims": "Claims of the press",
    "units": "Ground",
    "zones": "Zones",
    "places": "Places",
    "story": "The story",
    "sources": "Sources",
}
"""The files of the record in the order of the changelog, and how they are headed."""
COUNTED = {
    "sources": ("source", "sources"),
    "places": ("place", "places"),
    "units": ("unit of ground", "units of ground"),
}
"""Kinds of new entry that are counted, not listed; what one and what several are called."""
SHOWN = 3
"""Sources that are named with a sentence."""


class Changelog:
    """What differs between two editions, in words.

    Parameters
    ----------
    whole
        Whether every changed wording is listed too.
    """

    def __init__(self, old: Edition, new: Edition, *, whole: bool = False) -> None:
        self._old, self._new, self._whole = old, new, whole
        self._found = list(differences(old, new))
        self._moved = list(moved(old, new))

    def lines(self) -> Iterator[str]:
        """The changelog as Markdown, line by line."""
        yield f"# What changed from {self._old.name} to {self._new.name}"
        yield ""
        if not self._found and not self._moved:
            yield "No fact and no wording differs."
            return
        yield from self._ground()
        rank = list(HEADINGS)
        for file, group in groupby(sorted(self._found, key=lambda item: rank.index(item.file)), lambda item: item.file):
            lines = list(self._section(file, list(group)))
            if lines:
                yield from ("", f"## {HEADINGS[file]}", "", *lines)
        yield from self._wording()

    def _ground(self) -> Iterator[str]:
        if not self._moved:
            return
        yield "## Who held what"
        yield ""
        if not self._old.pieces:
            yield "- The earlier edition has no shapes: which ground changed hands is not compared."
            return
        for pair in self._moved:
            yield f"- {self._handover(pair)}"

    def _handover(self, pair: Moved) -> str:
        now = pair.after or pair.before
        assert now is not None
        where, passed = f"**{self._unit(now.unit)}**", f"passed from {holder(now.holder)} to {holder(now.to)}"
        event = self._new.record["events"].get(now.event) or self._old.record["events"].get(now.event) or {}
        why = f"“{event.get('title', now.event)}”{self._cited(event.get('sources', []))}"
        if pair.before is None:
            return f"{where}: new in the record; it {passed} on {now.day} ({number(now.km2)} km²; {why})."
        if pair.after is None:
            return f"{where}: no longer in the record; it {passed} on {now.day} ({number(now.km2)} km²; {why})."
        said = "; ".join(otherwise(pair.before, pair.after))
        area = "" if " km²" in said else f"{number(now.km2)} km²; "
        return f"{where}: {said} ({area}{why})."

    def _section(self, file: str, found: list[Difference]) -> Iterator[str]:
        new = [item for item in found if item.field is None and item.before is None]
        if file in COUNTED and new:
            names = "" if file == "sources" else f": {'; '.join(self._called(item) for item in new)}"
            yield f"- {len(new):,} {COUNTED[file][len(new) > 1]} added{names}."
        else:
            yield from (f"- Added: {self._added(item)}" for item in sorted(new, key=lambda item: _date(item.entry)))
        facts = [item for item in found if item.fact and item.field is not None]
        if file == "sources":
            counts = Counter(FACTS[file][str(item.field)].removeprefix("its ") for item in facts)
            yield from (f"- {word.capitalize()} corrected in {count:,}." for word, count in sorted(counts.items()))
        else:
            by_entry = groupby(facts, lambda item: item.id)
            yield from (f"- {self._changed(list(group))}" for _, group in by_entry)
        yield from (f"- Taken out: {self._added(item)}" for item in found if item.after is None and item.field is None)

    def _added(self, item: Difference) -> str:
        when = f"{_date(item.entry)}, " if _date(item.entry) else ""
        side = f"{holder(item.entry['side'])}: " if item.file == "readings" else ""
        return f"{when}{side}{self._called(item)}{self._by(item.entry)}."

    def _changed(self, found: list[Difference]) -> str:
        """One entry, with all of its facts that changed."""
        first = found[0]
        said = "; ".join(self._what(item) + self._km2_of(item) for item in found)
        if first.file == "statement":
            return f"{said}."
        return f"**{self._called(first)}**: {said}{self._by(first.entry)}."

    def _what(self, item: Difference) -> str:
        if item.file == "statement":
            return f"{item.id} is {item.after}, " + (
                f"was {item.before}" if item.before else "which was not said before"
            )
        said = SAID.get((item.file, str(item.field)))
        if said is not None:
            return str(said(self._named(item.before), self._named(item.after)))
        what = FACTS[item.file][str(item.field)]
        if item.before in USUAL:
            return f"{what} added: {short(item.after)}"
        if item.after in USUAL:
            return f"{what} taken out: {short(item.before)}"
        return f"{what}: {short(item.after)}, was {short(item.before)}"

    def _named(self, value: Any) -> Any:
        """A value that names an event by its id, with the event's title instead."""
        if not isinstance(value, dict) or "event" not in value:
            return value
        event = self._new.record["events"].get(value["event"]) or self._old.record["events"].get(value["event"]) or {}
        return value | {"event": f"“{event.get('title', value['event'])}”"}

    def _km2_of(self, item: Difference) -> str:
        """The ground that an event moves, where its day changed."""
        if item.file != "events" or item.field != "date":
            return ""
        km2 = sum(one.km2 for one in handovers(self._new) if one.event == item.id)
        return f" ({number(km2)} km²)" if km2 else ""

    def _called(self, item: Difference) -> str:
        return called(item.file, item.id, item.entry)

    def _unit(self, unit: str) -> str:
        entry = self._new.record["units"].get(unit) or self._old.record["units"].get(unit) or {}
        return called("units", unit, entry)

    def _by(self, entry: Entry) -> str:
        cited = self._cited(entry.get("sources", []))
        return f" ({cited.removeprefix('; ')})" if cited else ""

    def _cited(self, ids: Iterable[str]) -> str:
        register = self._new.record["sources"]
        before = {key for entries in self._old.record.values() for key in entries}
        ids = sorted(dict.fromkeys(ids), key=lambda key: key in before)  # those that are new speak first
        named = dict.fromkeys(source_words(key, register[key]) for key in ids if key in register)
        if not named:
            return ""
        more = f" and {len(named) - SHOWN} more" if len(named) > SHOWN else ""
        return f"; {'; '.join([*named][:SHOWN])}{more}"

    def _wording(self) -> Iterator[str]:
        found = [item for item in self._found if not item.fact]
        if not found:
            return
        yield from ("", "## Wording", "")
        if self._whole:
            for item in found:
                was, now = short(item.before, 400), short(item.after, 400)
                yield f"- {item.file}, {item.id}, {item.field}: {now}; was: {was}."
            return
        counts = Counter(item.file for item in found)
        entries = {file: len({item.id for item in found if item.file == file}) for file in counts}
        listed = ", ".join(f"{count} of {HEADINGS[file].lower()}" for file, count in entries.items())
        yield f"- Words, sources or quotations changed in entries that state the same facts: {listed}. `--all` lists them."


def otherwise(before: Handover, after: Handover) -> Iterator[str]:
    """How one hand-over differs from what it was, in phrases."""
    if before.day != after.day:
        yield f"passed to {holder(after.to)} on {after.day}, was {before.day}"
    if before.holder != after.holder:
        yield f"{holder(after.holder)} held it before, was {holder(before.holder)}"
    if before.certain != after.certain:
        yield f"its day and extent are {'certain' if after.certain else 'in doubt'}, were {'certain' if before.certain else 'in doubt'}"
    if abs(before.km2 - after.km2) >= SMALL_KM2:
        yield f"measures {number(after.km2)} km², was {number(before.km2)} km²"


def called(file: str, key: str, entry: Entry) -> str:
    """What an entry is called."""
    if file == "clauses":
        return f"Clause {key}"
    if file == "claims":
        return f"“{entry.get('said', key)}”"
    names = entry.get("names")
    return str((names.get("neutral") if isinstance(names, dict) else None) or entry.get("title") or key)


def source_words(key: str, entry: Entry) -> str:
    """A source by its publisher and day, with its id."""
    dated = f", {entry['date']}" if entry.get("date") else ""
    return f"{entry.get('publisher', key)}{dated} [{key}]"


def holder(controller: str) -> str:
    """A holder by its id, in words."""
    return controller.replace("-", " ").capitalize()


def number(km2: float) -> str:
    """An area with one decimal, and none from a hundred km2."""
    return f"{km2:,.0f}" if km2 >= 100 else f"{km2:,.1f}"


def short(value: Any, most: int = 160) -> str:
    """A value in words, cut where it is long."""
    if isinstance(value, dict):
        text = ", ".join(f"{key} {short(item, most)}" for key, item in value.items() if item not in (None, [], ""))
    elif isinstance(value, list):
        text = "; ".join(short(item, most) for item in value)
    elif isinstance(value, bool):
        text = "yes" if value else "no"
    else:
        text = "nothing" if value in (None, "") else str(value)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _date(entry: Entry) -> str:
    return str(entry.get("date") or "")


def _moved_by(before: Any, after: Any) -> str:
    if before is None or after is None:
        return f"position {'added' if after else 'taken out'}: {short(after or before)}"
    metres = GEOD.inv(before[1], before[0], after[1], after[0])[2]
    return f"moved by {metres:,.0f} m, to {after[0]}, {after[1]} (was {before[0]}, {before[1]})"


def _deadlines(before: Any, after: Any) -> str:
    def listed(items: Any) -> str:
        return ", then ".join(f"{item['due']} (announced {item['announced']})" for item in items or []) or "none"

    return f"due {listed(after)}; was: {listed(before)}"


def _by_event(word: str) -> Any:
    def said(before: Any, after: Any) -> str:
        if before is None:
            return f"{word} by {after['event']}, where the record had nothing"
        if after is None:
            return f"no longer {word} by {before['event']}"
        return f"{word} by {after['event']}, was by {before['event']}"

    return said


def _disputes(before: Any, after: Any) -> str:
    was, now = ([item["since"] for item in items or []] for items in (before, after))
    if was == now:
        return "the dispute names other sides"
    if not now:
        return f"no longer disputed, as it was since {' and '.join(was)}"
    if not was:
        return f"disputed since {' and '.join(now)}, where the record told of no dispute"
    more = [day for day in now if day not in was]
    if len(more) == len(now) - len(was):
        return f"a further dispute is told, since {' and '.join(more)}, beside that since {' and '.join(was)}"
    return f"disputed since {' and '.join(now)}, was {' and '.join(was)}"


def _yes_no(yes: str, no: str) -> Any:
    return lambda _, after: yes if after else no


def _counted(one: str, many: str) -> Any:
    def said(before: Any, after: Any) -> str:
        was, now = len(before or []), len(after or [])
        if was == now:
            return f"corrected: {many if now > 1 else one}"
        return f"{now or 'no'} {one if now == 1 else many}, {was or 'none'} before"

    return said


def _areas(before: Any, after: Any) -> str:
    """The areas that were printed for ground, each with what it covers."""

    def listed(items: Any) -> str:
        return ", ".join(f"{number(item['km2'])} km² ({item['what']})" for item in items or []) or "none"

    return f"areas printed for it: {listed(after)}; was: {listed(before)}"


def _side(before: Any, after: Any) -> str:
    def of(value: Any) -> str:
        return holder(value["holder"]) if value else "not said"

    return (
        f"held by {of(after)} on the day of the line, was {of(before)}"
        if of(before) != of(after)
        else "more is told of who held it on the day of the line"
    )


SAID = {
    ("events", "date"): lambda before, after: f"now dated {after}, was {before}",
    ("events", "disputed"): _yes_no(
        "accounts of it differ, which the record did not say", "accounts of it no longer differ"
    ),
    ("events", "agreed"): _counted("point agreed", "points agreed"),
    ("events", "court"): _counted("request to the court", "requests to the court"),
    ("events", "people"): _counted("count of people", "counts of people"),
    ("obligations", "deadlines"): _deadlines,
    ("obligations", "done"): _by_event("fulfilled"),
    ("obligations", "ended"): _by_event("ended"),
    ("obligations", "disputes"): _disputes,
    ("clauses", "variants"): _counted(
        "point at which the versions of the text differ", "points at which the versions of the text differ"
    ),
    ("clauses", "quantities"): _counted(
        "number of the text beside what was reported", "numbers of the text beside what was reported"
    ),
    ("clauses", "unheard"): _counted("note on who was not heard", "notes on who was not heard"),
    ("claims", "verdict"): lambda before, after: f"found {after.replace('-', ' ')}, was {before.replace('-', ' ')}",
    ("places", "position"): _moved_by,
    ("places", "known_side"): _side,
    ("places", "held"): _counted("published statement on who held it", "published statements on who held it"),
    ("zones", "members"): _counted(
        "part of it, from its first to its last day", "parts of it, each from its first to its last day"
    ),
    ("units", "doubts"): _counted(
        "stretch of time in which its holder is in doubt", "stretches of time in which its holder is in doubt"
    ),
    ("units", "published_areas"): _areas,
    ("readings", "date"): lambda before, after: f"dated {after}, was {before}",
    ("readings", "speaker"): lambda before, after: (
        f"said by {after}" + (f", was {before}" if before else ", whom the record did not name")
    ),
}
"""How the change of one field is said, from its value before and after."""

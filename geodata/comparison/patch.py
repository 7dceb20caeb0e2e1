"""A proposed correction, tried on a copy of the record: what it would change, and which rules would object.

A patch is YAML or JSON: one change, or a list of them under ``changes``.

    entry: kalbajar-handed-over     # the id, as the site and the map show it
    field: date                     # dots lead deeper: transfers.0.certain
    present: "2020-11-25"           # what the record says now; may be left out
    proposed: "2020-11-26"
    source: st5                     # an id of the register, or publisher, title, date and address of a new one
    data: 1.0.0+0123456789ab        # the version of the data that was read; may be left out
"""

from __future__ import annotations

import copy
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from geodata.breakpoints import status_days
from geodata.comparison.edition import LISTS, Edition, Entry, days_as_text, edition_of
from geodata.comparison.sentences import Changelog
from geodata.data_folder import data_folder
from geodata.ground import Ground, load_ground
from geodata.history import compile_spans
from geodata.integrity import data_version
from geodata.loading import LOADER, RecordError, load_record
from geodata.model import Record
from geodata.rules import broken
from geodata.status import statuses

LARGEST = 100_000
"""Bytes of a patch; a person wrote it."""
KEYS = {"entry", "field", "present", "proposed", "source", "comment", "data"}
NEW_SOURCE = "proposed-source"
"""Id of a source that is not in the register yet."""


@dataclass(frozen=True)
class Change:
    """One field of one entry, and what is proposed for it."""

    entry: str
    field: str
    present: Any
    proposed: Any
    source: Any
    data: str | None


@dataclass(frozen=True)
class Report:
    """What a patch would do, in sentences, and whether the record would still be in order."""

    lines: list[str]
    in_order: bool


def read_patch(path: Path) -> list[Change]:
    """The changes of a patch.

    Raises
    ------
    ValueError
        With one sentence, where the file is not a patch.
    """
    content = path.read_bytes()
    if len(content) > LARGEST:
        raise ValueError(f"“{path}” has {len(content):,} bytes; a patch has at most {LARGEST:,}.")
    try:
        found = days_as_text(yaml.load(content, Loader=LOADER))  # noqa: S506 a safe loader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ValueError(f"“{path}” can't be read: {str(error).splitlines()[0]}.") from error
    listed = found.get("changes") if isinstance(found, dict) and "changes" in found else [found]
    if not isinstance(listed, list) or not listed or not all(isinstance(item, dict) for item in listed):
        raise ValueError(
            f"“{path}” is not a patch: it has entry, field, proposed and source, or a list of such changes."
        )
    return [_change(item) for item in listed]


def _change(item: Entry) -> Change:
    for name in ("entry", "field", "proposed"):
        if name not in item or (name != "proposed" and item[name] is None):
            raise ValueError(f"the patch has no “{name}”: it needs entry, field, proposed and source.")
    if unknown := sorted(item.keys() - KEYS):
        raise ValueError(f"the patch has “{unknown[0]}”, which means nothing: it may have {', '.join(sorted(KEYS))}.")
    return Change(
        str(item["entry"]),
        str(item["field"]),
        item.get("present"),
        item["proposed"],
        _source(item.get("source")),
        item.get("data"),
    )


def _source(told: Any) -> Any:
    """The source without what was left empty; None where nothing of it was filled in."""
    if not isinstance(told, dict):
        return told
    return {key: str(value) for key, value in told.items() if value not in (None, "")} or None


def try_patch(path: Path) -> Report:
    """What a patch would do to the data in use; nothing is written there.

    Raises
    ------
    ValueError
        With one sentence: no patch, no such entry or field, or the record no longer says what the patch starts from.
    """
    root = data_folder()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "record"
        shutil.copytree(root / "record", folder, ignore=shutil.ignore_patterns("schema"))
        changes = read_patch(path)
        notes = [*_stale(changes), *(_apply(folder, change) for change in changes)]
        try:
            record = load_record(folder)
        except RecordError as error:
            return Report([*notes, "The record could not be read any more:", *map(str, error.faults)], in_order=False)
        return _report(root, folder, record, notes)


def _stale(changes: list[Change]) -> Iterator[str]:
    """Says so where a patch was written by a reader of other data."""
    for version in dict.fromkeys(str(change.data) for change in changes if change.data):
        if version != data_version():
            yield f"It was written from version {version} of the data; this is version {data_version()}.\n"


def _report(root: Path, folder: Path, record: Record, notes: list[str]) -> Report:
    before, ground = load_record(root / "record"), load_ground(root / "shapes")
    after = with_history(ground, record)
    old = _edition("the record as it is", root / "record", ground)
    new = _edition("the record as proposed", folder, after)
    lines = [*notes, *Changelog(old, new, whole=True).lines(), ""]
    lines += list(changed_statuses(before, record)) or ["No status of an obligation changes on any day."]
    known = {finding.sentence for finding in broken(before, ground)}
    objections = [f for f in broken(record, after) if f.sentence not in known]
    lines += ["", *(f"The rules object: {finding.fault(folder)}" for finding in objections)]
    if not objections:
        lines.append("No rule objects: the record would be in order.")
    lines += ["Nothing was changed. A person decides: see docs/corrections.md."]
    return Report(lines, not objections)


def with_history(ground: Ground, record: Record) -> Ground:
    """The ground with the holders that follow from a record; outlines and zones stay until they are built again."""
    units = {unit.id: unit for unit in record.units}
    dates = record.statement.sector_dates
    pieces = tuple(
        replace(piece, spans=compile_spans(units[piece.unit], record.events, piece.ring, dates))
        if piece.unit in units
        else piece
        for piece in ground.pieces
    )
    return replace(ground, pieces=pieces)


def changed_statuses(before: Record, after: Record) -> Iterator[str]:
    """The obligations whose status or dates differ, with each day from which they do so in another way."""
    told: dict[str, tuple[str, str]] = {}
    for day in sorted(status_days(before) | status_days(after)):
        later = {status.id: status for status in statuses(after, day)}
        for one in statuses(before, day):
            other = later.get(one.id)
            pair = _said(one), _said(other) if other else "not owed"
            if pair[0] != pair[1] and told.get(one.id) != pair:
                yield f"Status of {one.id} from {day}: {pair[1]}; was: {pair[0]}."
            told[one.id] = pair


def _said(status: Any) -> str:
    dates = [f"{name} {value}" for name in ("due", "done", "ended") if (value := getattr(status, name))]
    late = f"{status.days_late:+d} days" if status.days_late is not None else ""
    return ", ".join(filter(None, [status.status, *dates, late]))


def _edition(name: str, record: Path, ground: Ground) -> Edition:
    found = edition_of(
        name,
        lambda file: (
            path.read_bytes() if (path := record.parent / file).exists() and file.startswith("record/") else None
        ),
    )
    pieces = [
        {"unit": piece.unit, "km2": piece.km2, "spans": [span.as_json() for span in piece.spans]}
        for piece in ground.pieces
    ]
    return replace(found, pieces=pieces)


def _apply(folder: Path, change: Change) -> str:
    """Write one change into a copy of the record; returns what there is to say about its source."""
    found = []
    for file in LISTS:
        path = folder / f"{file}.yaml"
        entries = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 a safe loader
        found += [
            (path, entries, entry) for entry in entries if str(entry.get("id", entry.get("number"))) == change.entry
        ]
    if not found:
        raise ValueError(f"there is no entry “{change.entry}” in the record: copy its id from the site or the map.")
    # A zone, a unit and a place may share an id: the one that has the field is meant.
    path, entries, entry = next((item for item in found if change.field.split(".")[0] in item[2]), found[0])
    _set(entry, change)
    note = _cite(folder, entry, change.source)
    _write(path, entries)
    return note


def _write(path: Path, entries: Any) -> None:
    path.write_text(yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=10_000), encoding="utf-8")


def _set(entry: Entry, change: Change) -> None:
    *way, last = change.field.split(".")
    place: Any = entry
    for step in way:
        place = _inside(place, step, change)
    key: Any = int(last) if isinstance(place, list) and last.isdigit() else last
    present = place.get(key) if isinstance(place, dict) else _inside(place, last, change)
    if change.present is not None and days_as_text(present) != days_as_text(change.present):
        raise ValueError(
            f"the record no longer says “{change.present}” in {change.entry}, {change.field}: it says “{present}”. Write the patch again."
        )
    place[key] = copy.deepcopy(change.proposed)


def _inside(place: Any, step: str, change: Change) -> Any:
    try:
        return place[int(step)] if isinstance(place, list) else place[step]
    except (KeyError, IndexError, ValueError, TypeError):
        raise ValueError(f"the entry “{change.entry}” has no field “{change.field}”.") from None


def _cite(folder: Path, entry: Entry, source: Any) -> str:
    """Let the entry name the source, and enter a new one; what a person has to know about it."""
    if source is None:
        return "The patch names no source: a challenge is decided on sources alone.\n"
    if isinstance(source, dict):
        path = folder / "sources.yaml"
        register = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 a safe loader
        missing = {"id": NEW_SOURCE, "language": "en", "side": None, "seen": True}
        register.append(missing | source)
        _write(path, register)
        source, note = (
            (missing | source)["id"],
            "The source is new: somebody has to read it and enter it in the register.\n",
        )
    else:
        note = ""
    entry["sources"] = list(dict.fromkeys([source, *entry.get("sources", [])]))
    return note

"""Reads the record and says every fault of one run in sentences, with file, line and field.

Shape faults come from the models, cross references from :data:`REFERENCES`, and the few rules that bind the whole
record from :func:`_record_rules`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from geodata.data_folder import data_folder
from geodata.dates import parse_instant
from geodata.model import Record
from geodata.record_events import Event

RECORD = Path(__file__).parent / "record"
LOADER: Any = type("Loader", (getattr(yaml, "CSafeLoader", yaml.SafeLoader),), {})
"""YAML's safe loader, in C where the package has it; a field that stands twice in one entry is an error."""


def _mapping(loader: Any, node: yaml.MappingNode) -> Iterator[dict[Any, Any]]:
    seen: set[str] = set()
    for name in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
        if name.value in seen:
            problem = f"“{name.value}” stands twice in one entry; keep one of the two"
            raise yaml.constructor.ConstructorError(problem=problem, problem_mark=name.start_mark)
        seen.add(name.value)
    data: dict[Any, Any] = {}
    yield data  # YAML fills an entry after it is known, so that one may hold itself
    data.update(loader.construct_mapping(node))


LOADER.add_constructor("tag:yaml.org,2002:map", _mapping)

REFERENCES = {
    **dict.fromkeys(("source", "sources", "whole_sources"), "sources"),
    **dict.fromkeys(("zone", "zones"), "zones"),
    **dict.fromkeys(("layers", "fit"), "zones"),
    "group": "zones",
    "places": "places",
    "town": "places",
    "events": "events",
    "event": "events",
    **dict.fromkeys(("unit", "units", "beside"), "units"),
    "place": "places",
    "republic": "republics",
    "obligations": "obligations",
    **dict.fromkeys(("side", "by", "claim_side", "counter_side"), "sides"),
    **dict.fromkeys(("holder", "to", "control", "or_", "held_by", "handed_to"), "controllers"),
    **dict.fromkeys(("sovereign", "country"), "republics"),
    **dict.fromkeys(("clause", "clauses"), "clauses"),
    "witness": "witnesses",
    "ground": "grounds",
    **dict.fromkeys(("whose", "people"), "peoples"),
}
"""Field name -> the list in which its value must be found."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a file of the record."""

    file: str
    line: int
    field: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.sentence}"


class RecordError(ValueError):
    """The record can't be used; ``faults`` lists all that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


def load_record(folder: Path | None = None) -> Record:
    """Read and check every file of the record.

    Parameters
    ----------
    folder
        Where ``events.yaml`` and its siblings lie; default: see :mod:`geodata.data_folder`.

    Returns
    -------
    Record
        Frozen and shared: do not change it.

    Raises
    ------
    RecordError
        With every fault found.
    """
    return _load(folder or data_folder() / "record")


@lru_cache(maxsize=4)
def _load(folder: Path) -> Record:
    faults: list[Fault] = []
    parts: dict[str, Any] = {}
    for name, field in Record.model_fields.items():
        parts[name] = _read(folder / f"{name}.yaml", field.annotation, faults)
    if faults:
        raise RecordError(faults)
    record = Record.model_construct(**parts)
    faults = [*_broken_references(record, folder), *_record_rules(record, folder)]
    if faults:
        raise RecordError(faults)
    return record


def read_list(name: str, folder: Path = RECORD) -> list[Any]:
    """Read a file of the record that is a list; see :func:`read_one`."""
    return list(read_one(name, folder))


def read_one(name: str, folder: Path = RECORD) -> Any:
    """Read one file of the record by itself, checked by its model only (the build of the ground needs no more).

    Raises
    ------
    RecordError
        With every fault found in that file.
    """
    faults: list[Fault] = []
    content = _read(folder / f"{name}.yaml", Record.model_fields[name].annotation, faults)
    if faults:
        raise RecordError(faults)
    return content


def _read(path: Path, annotation: Any, faults: list[Fault]) -> Any:
    try:
        text = path.read_text(encoding="utf-8")
        if line := _alias_line(text):
            faults.append(
                Fault(path.name, line, "file", "YAML aliases (*name) are not used here: write the value out.")
            )
            return None
        content = yaml.load(text, Loader=LOADER)  # noqa: S506 a safe loader
    except FileNotFoundError:
        faults.append(Fault(path.name, 1, "file", "the file is missing: restore it from the repository."))
        return None
    except UnicodeDecodeError as error:
        faults.append(Fault(path.name, 1, "file", f"the file is not UTF-8 text (byte {error.start})."))
        return None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or str(error)
        faults.append(Fault(path.name, line, "file", f"the YAML can't be read: {problem}."))
        return None
    except RecursionError:
        faults.append(Fault(path.name, 1, "file", "the YAML can't be read: it nests too deeply."))
        return None
    except ValueError as error:  # a date that is not in the calendar, a number of thousands of digits
        faults.append(Fault(path.name, 1, "file", f"the YAML can't be read: {error}."))
        return None
    try:
        return TypeAdapter(annotation).validate_python(content)
    except ValidationError as error:
        for item in error.errors():
            where = tuple(item["loc"])
            faults.append(Fault(path.name, line_of(path, where), dotted(where), _plain(item)))
        return None


def _alias_line(text: str) -> int:
    """Line of the first YAML alias, 0 without one: aliases of aliases expand a small file to any size."""
    if "*" not in text:  # no file of the record has one, so that loading it costs nothing more
        return 0
    aliases = (event for event in yaml.parse(text, Loader=LOADER) if isinstance(event, yaml.AliasEvent))
    return next((mark.line + 1 for mark in (alias.start_mark for alias in aliases) if mark), 0)


def _plain(item: Any) -> str:
    """Say a pydantic error as a sentence that names the value."""
    kind, message = item["type"], item["msg"]
    if kind == "extra_forbidden":
        return "there is no such field; check its spelling against docs/editing.md."
    if kind == "missing":
        return "this field is missing."
    value = repr(item.get("input"))
    return f"{message.removeprefix('Value error, ').rstrip('.')} (found {value[:80]})."


def dotted(where: tuple[int | str, ...]) -> str:
    """Write a path into the record as ``3.transfers.0.unit``."""
    return ".".join(map(str, where)) or "file"


@lru_cache(maxsize=1)
def _composed(text: str) -> Any:
    """The node tree of a YAML text; kept, because a swapped file has thousands of faults."""
    return yaml.compose(text, Loader=LOADER)


def line_of(path: Path, where: tuple[int | str, ...]) -> int:
    """Line (from 1) of a path in a YAML file; of its nearest existing ancestor if the path is not there."""
    node = _composed(path.read_text(encoding="utf-8"))
    if node is None:
        return 1
    line = int(node.start_mark.line) + 1
    for step in where:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if pair is None:
                break
            node = pair[1]
            line = int(pair[0].start_mark.line) + 1
            continue
        else:
            break
        line = int(node.start_mark.line) + 1
    return line


def known_ids(record: Record) -> dict[str, set[str | int]]:
    """Every id or number that may be referred to, by the list it lives in."""
    ids: dict[str, set[str | int]] = {
        name: {item.id for item in getattr(record, name)}
        for name in ("sources", "zones", "places", "events", "units", "obligations")
    }
    ids["grounds"] = ids["places"] | ids["units"]
    statement = record.statement
    ids["sides"], ids["republics"] = set(statement.sides), set(statement.republics)
    ids["peoples"] = set(statement.peoples)
    ids["controllers"] = {holder.id for holder in statement.controllers}
    ids["clauses"] = {clause.number for clause in record.clauses}
    ids["witnesses"] = {witness.id for witness in record.statement.witnesses}
    return ids


def _broken_references(record: Record, folder: Path) -> Iterator[Fault]:
    ids = known_ids(record)
    for name in Record.model_fields:
        path = folder / f"{name}.yaml"
        for where, field, value in _references(getattr(record, name), ()):
            if value not in ids[REFERENCES[field]]:
                kind = REFERENCES[field].removesuffix("s")
                sentence = f"there is no {kind} “{value}”: add it to the record or correct the id."
                yield Fault(path.name, line_of(path, where), dotted(where), sentence)


def _references(value: Any, where: tuple[int | str, ...]) -> Iterator[tuple[tuple[int | str, ...], str, str | int]]:
    """Every reference below a value, as (path, field name, id)."""
    if isinstance(value, BaseModel):
        for name, item in value:
            if name in REFERENCES and isinstance(item, str | int):
                yield (*where, name), name, item
            elif name in REFERENCES and isinstance(item, list):
                for index, one in enumerate(item):
                    if isinstance(one, str | int):
                        yield (*where, name, index), name, one
            else:
                yield from _references(item, (*where, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _references(item, (*where, index))


def _record_rules(record: Record, folder: Path) -> Iterator[Fault]:
    """Rules that bind more than one entry: ids once, clauses in order, obligations as listed, days within the coverage."""

    def fault(file: str, where: tuple[int | str, ...], sentence: str) -> Fault:
        path = folder / f"{file}.yaml"
        return Fault(path.name, line_of(path, where), dotted(where), sentence)

    for name in ("sources", "zones", "places", "events", "units", "obligations", "readings", "claims", "story"):
        seen: set[str] = set()
        for index, item in enumerate(getattr(record, name)):
            if item.id in seen:
                yield fault(name, (index, "id"), f"the id “{item.id}” is used twice.")
            seen.add(item.id)
    listed, found = record.statement.obligations, [item.id for item in record.obligations]
    if set(found) != set(listed):
        wrong = ", ".join(sorted(set(found) ^ set(listed)))
        yield fault("obligations", (), f"the obligations are listed in statement.yaml; missing or unknown: {wrong}.")
    if sorted(clause.number for clause in record.clauses) != list(range(1, len(record.clauses) + 1)):
        yield fault("clauses", (), "the clauses must be numbered from 1, each once.")
    for index, obligation in enumerate(record.obligations):
        number = obligation.id.partition("-")[0]
        if number != str(obligation.clause):
            yield fault("obligations", (index, "clause"), f"“{obligation.id}” belongs to clause {number}.")
    for index, event in enumerate(record.events):
        if event.counts_from > record.coverage_end:
            end = record.coverage_end
            yield fault(
                "events", (index, "date"), f"the event lies after the end of coverage, {end}: raise coverage_end."
            )
        day = record.day_of(parse_instant(event.instant)) if event.instant else event.counts_from
        if not event.first_day <= day <= event.counts_from:
            zone = record.statement.time_zone
            yield fault(
                "events", (index, "instant"), f"the instant falls on {day} in {zone}, the date says {event.date}."
            )
    area = record.statement.area
    for index, place in enumerate(record.places):
        if place.lat is not None and not area.south <= place.lat <= area.north:
            yield fault("places", (index, "lat"), f"{place.lat} lies outside the area of statement.yaml.")
        if place.lon is not None and not area.west <= place.lon <= area.east:
            yield fault("places", (index, "lon"), f"{place.lon} lies outside the area of statement.yaml.")


def event_by_id(record: Record, event_id: str) -> Event:
    """The event of that id (which the checked record is known to hold)."""
    return next(event for event in record.events if event.id == event_id)

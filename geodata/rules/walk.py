"""Walks through the record: every entry with the file it stands in and its path there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from geodata.loading import RECORD, Fault, dotted, line_of
from geodata.model import Record

Where = tuple[int | str, ...]
"""Path of an entry inside its file."""


@dataclass(frozen=True)
class Entry:
    """One model of the record and where it stands."""

    file: str
    where: Where
    value: BaseModel

    def name(self, record: Record) -> str:
        """The id of the entry it belongs to (of a clause: its number), then the field: ``agdam-handed-over.transfers.0``."""
        first, *rest = self.where or ("",)
        part = getattr(record, self.file)
        if isinstance(first, int):
            owner = part[first]
            first = str(getattr(owner, "id", None) or f"clause {owner.number}")
        return ".".join([str(first), *map(str, rest)])


@dataclass(frozen=True)
class Finding:
    """One thing that breaks a rule; the line in the file is looked up only when it is printed."""

    file: str
    where: Where
    sentence: str

    def fault(self, folder: Path = RECORD) -> Fault:
        """The finding as a fault with file and line."""
        path = folder / f"{self.file}.yaml"
        return Fault(path.name, line_of(path, self.where), dotted(self.where), self.sentence)


def entries(record: Record) -> Iterator[Entry]:
    """Every model in the record, outermost first, in the order of the files."""
    for file in Record.model_fields:
        yield from _below(file, getattr(record, file), ())


def _below(file: str, value: object, where: Where) -> Iterator[Entry]:
    if isinstance(value, BaseModel):
        yield Entry(file, where, value)
        for name, item in value:
            yield from _below(file, item, (*where, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _below(file, item, (*where, index))

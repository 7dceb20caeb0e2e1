"""The record in another language: one gettext catalogue a language, ``record/translations/az.po`` and its siblings.

An entry's context says which text it is, by record id and field (``events/agdam-handed-over/views/text``), its key is
the English text.  So a translation whose English has changed since is not used: the English stands until somebody has
looked at it again (:func:`findings` lists these).  Texts of one field with the same English share an entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import polib
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from geodata.data_folder import data_folder
from geodata.loading import load_record
from geodata.model import Record
from geodata.record_types import Mark

FOLDER = "translations"
TRANSLATED = ("az", "hy", "ru")
"""Languages that have a catalogue; the record itself is English."""
READER = "Read by"
"""Comment line at the head of a catalogue that names the native reader and the day; without it the catalogue is a draft."""

Key = tuple[str, str]
"""Context and English text."""


class CatalogueError(ValueError):
    """A catalogue can't be read; the message names the file and what to do."""


@dataclass(frozen=True)
class Text:
    """One text of the record that is read."""

    context: str
    english: str
    mark: Mark
    language: str
    """Language of the words as they stand: ``en``, or that of a quotation."""

    @property
    def key(self) -> Key:
        """How the catalogues find it."""
        return self.context, self.english


_kept: dict[tuple[int, str], tuple[Record, Record]] = {}
"""Translated records, by what they were made from; a record is frozen, and a process has one or two."""


def record_in(language: str, folder: Path | None = None) -> Record:
    """The record of a folder in a language; see :func:`in_language`."""
    return in_language(load_record(folder), language, folder)


def in_language(record: Record, language: str, folder: Path | None = None) -> Record:
    """A record in a language: the English stands where there is no translation yet.

    Quotations keep their words; their ``translation`` is filled in.

    Raises
    ------
    CatalogueError
        Where the catalogue of the language can't be read.
    """
    if language == "en" or not (found := catalogue(language, folder)):
        return record
    key = (id(record), language)
    if key not in _kept or _kept[key][0] is not record:
        if len(_kept) > 2 * len(TRANSLATED):
            _kept.clear()
        _kept[key] = (record, _made(record, found))
    return _kept[key][1]


def _made(record: Record, found: dict[Key, str]) -> Record:
    parts = {name: _translated(getattr(record, name), name, found.get) for name in Record.model_fields}
    return Record.model_construct(**parts)


@lru_cache(maxsize=8)
def is_draft(language: str, folder: Path | None = None) -> bool:
    """Whether no native reader has put a name to the catalogue; English needs none."""
    return language in TRANSLATED and not reader(read_catalogue(language, folder))


@lru_cache(maxsize=4)
def catalogue(language: str, folder: Path | None = None) -> dict[Key, str]:
    """Every translation of a language, by context and English text; empty where there is no catalogue.

    Raises
    ------
    CatalogueError
        Where the file can't be read.
    """
    entries = read_catalogue(language, folder)
    return {(entry.msgctxt or "", entry.msgid): entry.msgstr for entry in entries if entry.msgstr and not entry.fuzzy}


def texts(record: Record) -> Iterator[Text]:
    """Every text that is read, in the order of the files; some stand more than once."""
    for name in Record.model_fields:
        yield from _texts(getattr(record, name), name)


def read_catalogue(language: str, folder: Path | None = None) -> polib.POFile:
    """The catalogue of a language, entry by entry; an empty one where there is no file.

    Raises
    ------
    CatalogueError
        Where the file can't be read.
    """
    path = (folder or data_folder() / "record") / FOLDER / f"{language}.po"
    if not path.exists():
        return polib.POFile()
    try:
        return polib.pofile(str(path), encoding="utf-8")
    except (OSError, ValueError) as error:  # polib says OSError of a syntax that it does not know
        raise CatalogueError(
            f"{path.name}: the catalogue can't be read ({error}); open it in a program for PO files."
        ) from error


def reader(catalog: polib.POFile) -> str | None:
    """Who has read a catalogue, and when; None for a draft."""
    found = re.search(rf"^{READER}: (.+)$", catalog.header, flags=re.MULTILINE)
    return found[1] if found else None


@lru_cache(maxsize=256)
def _mark(field: FieldInfo) -> Mark | None:
    found = [item for item in field.metadata if isinstance(item, Mark)]
    return found[0] if found else _mark_of(field.annotation)


def _mark_of(annotation: Any) -> Mark | None:
    if get_origin(annotation) is Annotated:
        found = [item for item in annotation.__metadata__ if isinstance(item, Mark)]
        return found[0] if found else None
    return next((mark for part in get_args(annotation) if (mark := _mark_of(part))), None)


def _name(model: BaseModel) -> str:
    """What an entry is called in a context: its id, a clause's number, or nothing."""
    return str(getattr(model, "id", None) or getattr(model, "number", None) or "")


def _texts(value: object, context: str) -> Iterator[Text]:
    if isinstance(value, list):
        for item in value:
            yield from _texts(item, context)
    elif isinstance(value, BaseModel):
        inside = "/".join(part for part in (context, _name(value)) if part)
        for name, field in type(value).model_fields.items():
            item = getattr(value, name)
            mark = _mark(field)
            if mark is None:
                yield from _texts(item, f"{inside}/{name}")
                continue
            language = getattr(value, "language", "en") if mark is Mark.QUOTED else "en"
            for text in item if isinstance(item, list) else [item]:
                if text:
                    yield Text(f"{inside}/{name}", text, mark, language)


def _translated(value: Any, context: str, find: Callable[[Key], str | None]) -> Any:
    if isinstance(value, list):
        return [_translated(item, context, find) for item in value]
    if not isinstance(value, BaseModel):
        return value
    inside = "/".join(part for part in (context, _name(value)) if part)
    changed: dict[str, Any] = {}
    for name, field in type(value).model_fields.items():
        if name == "translation":
            continue
        item, where = getattr(value, name), f"{inside}/{name}"
        match _mark(field):
            case None:
                changed[name] = _translated(item, where, find)
            case Mark.QUOTED:
                changed["translation"] = find((where, item)) if item else None
            case Mark.PROSE if isinstance(item, list):
                changed[name] = [find((where, text)) or text for text in item]
            case Mark.PROSE:
                changed[name] = (find((where, item)) or item) if item else item
    return value.model_copy(update=changed)

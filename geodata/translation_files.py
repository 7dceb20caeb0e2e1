"""Brings the catalogues of translations up to date with the record, as ``msgmerge`` does for programs.

Every text of the record has an entry, in the order of the record.  A translation whose English has changed is kept
beside the new text, marked fuzzy, with the English that it translates; entries that nobody asks for are dropped.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path

import polib

from geodata.atomic_write import write_whole
from geodata.data_folder import data_folder
from geodata.model import Record
from geodata.record_types import Mark
from geodata.translations import FOLDER, TRANSLATED, Key, Text, read_catalogue, texts

WIDTH = 110
HEAD = """\
The texts of the record.  Draft: no native reader has checked it (docs/translating.md).
A reader who has checked all of it adds a line: Read by: NAME, YYYY-MM-DD"""
"""How a new catalogue begins."""


def write_catalogues(record: Record, folder: Path | None = None) -> list[Path]:
    """Write the catalogue of each language again.

    Returns
    -------
    list of Path
        The files that changed.

    Raises
    ------
    CatalogueError
        Where a catalogue can't be read.
    """
    root = (folder or data_folder() / "record") / FOLDER
    changed = []
    for language in TRANSLATED:
        path, text = root / f"{language}.po", str(refreshed(record, language, folder)) + "\n"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            changed.append(write_whole(path, text.encode("utf-8")))
    return changed


def refreshed(record: Record, language: str, folder: Path | None = None) -> polib.POFile:
    """The catalogue of a language with an entry for every text of the record."""
    old = read_catalogue(language, folder)
    known: dict[Key, polib.POEntry] = {(entry.msgctxt or "", entry.msgid): entry for entry in old if not entry.obsolete}
    asked = {text.key: text for text in texts(record) if text.language != language}
    left: dict[str, list[polib.POEntry]] = {}
    for key, entry in known.items():
        if key not in asked and entry.msgstr:
            left.setdefault(key[0], []).append(entry)
    new = polib.POFile(wrapwidth=WIDTH)
    new.header = old.header or HEAD
    new.metadata = {
        "Language": language,
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    new.extend(known.get(text.key) or _entry(text, left.get(text.context, [])) for text in asked.values())
    return new


def _entry(text: Text, left: list[polib.POEntry]) -> polib.POEntry:
    """A new entry: with the translation of the English that stood there, if that is what changed."""
    about = f"quotation, {text.language}" if text.mark is Mark.QUOTED else ""
    entry = polib.POEntry(msgctxt=text.context, msgid=text.english, comment=about)
    if left:
        nearest = max(left, key=lambda old: SequenceMatcher(None, old.msgid, text.english).ratio())
        entry.msgstr, entry.previous_msgid, entry.flags = nearest.msgstr, nearest.msgid, ["fuzzy"]
    return entry

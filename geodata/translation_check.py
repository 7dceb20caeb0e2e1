"""What is wrong with the translations of the record: missing, stale, out of the glossary, or with other figures.

``python -m geodata check --translations`` prints it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from geodata.data_folder import data_folder
from geodata.loading import LOADER
from geodata.model import Record
from geodata.translations import FOLDER, TRANSLATED, Key, Text, catalogue, texts

Kind = Literal["missing", "stale", "left over", "glossary", "figures"]
QUOTED = re.compile(r"[“«\"][^”»\"]*[”»\"]")
"""A quotation inside a text: its words are somebody's."""
NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?")


@dataclass(frozen=True)
class Flaw:
    """One thing to look at in a catalogue."""

    language: str
    kind: Kind
    context: str
    says: str

    def __str__(self) -> str:
        return f"{self.language}.po: {self.context}: {self.kind}: {self.says}"


def flaws(record: Record, folder: Path | None = None) -> Iterator[Flaw]:
    """Everything that a translator has to look at, language by language."""
    asked = {text.key: text for text in texts(record)}
    for language in TRANSLATED:
        yield from _flaws(language, asked, catalogue(language, folder), glossary(folder))


def glossary(folder: Path | None = None) -> dict[str, Any]:
    """The neutral terms: ``use``, ``prefer`` and ``never`` of ``translations/glossary.yaml``; empty where there is none."""
    return _glossary((folder or data_folder() / "record") / FOLDER / "glossary.yaml")


@lru_cache(maxsize=4)
def _glossary(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {"use": [], "never": {}}
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 a safe loader
    return found


def _flaws(language: str, asked: dict[Key, Text], known: dict[Key, str], terms: dict[str, Any]) -> Iterator[Flaw]:
    left = Counter(context for context, english in known if (context, english) not in asked)
    for key, text in asked.items():
        if text.language == language:  # a quotation in the reader's own language
            continue
        if key not in known:
            kind: Kind = "stale" if left[text.context] else "missing"
            yield Flaw(language, kind, text.context, text.english)
            continue
        yield from _in_words(language, text, known[key], terms)
    lacking = {text.context for text in asked.values() if text.key not in known}
    for context, english in known:
        if (context, english) not in asked and context not in lacking:
            yield Flaw(language, "left over", context, english)


def _in_words(language: str, text: Text, said: str, terms: dict[str, Any]) -> Iterator[Flaw]:
    if figures(said) != figures(text.english):
        yield Flaw(language, "figures", text.context, f"{said!r} has not the figures of {text.english!r}")
    own = QUOTED.sub(" ", said).casefold()
    if text.mark.name == "PROSE":
        for stem in terms["never"].get(language, []):
            if re.search(rf"(?<!\w){re.escape(stem.casefold())}", own):
                yield Flaw(language, "glossary", text.context, f"“{stem}” judges: {said!r}")
        english = QUOTED.sub(" ", text.english).casefold()
        for term in terms["use"]:
            if re.search(rf"(?<!\w){re.escape(term['english'])}", english) and not any(
                form.casefold() in said.casefold() for form in term[language]
            ):
                yield Flaw(language, "glossary", text.context, f"no {' or '.join(term[language])}: {said!r}")


def figures(text: str) -> Counter[str]:
    """Every number of a text, without separators: a translation has the same.  A source's “km2” may be written “km²”."""
    return Counter(re.sub(r"\D", "", number) for number in NUMBER.findall(text.replace("²", "2")))

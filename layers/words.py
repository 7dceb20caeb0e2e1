"""Interface words in English, Azerbaijani, Armenian and Russian, from the gettext catalogues under ``locale/``.

English is the source: a word's key is its English form.  Texts of the record are not translated here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"
LANGUAGES = ("en", "az", "hy", "ru")
ASSETS = Path(__file__).parent / "assets"
_CALL = re.compile(r"""\bt\(\s*"((?:[^"\\]|\\.)+)\"""")
_LISTED = re.compile(r"""//\s*words:\s*(.+)""")


@lru_cache(maxsize=len(LANGUAGES))
def words(language: str) -> dict[str, str]:
    """All interface words of a language, English -> translation; empty for English.

    Raises
    ------
    ValueError
        For a language that has no catalogue.
    """
    if language not in LANGUAGES:
        raise ValueError(f"There is no catalogue for “{language}”: the languages are {', '.join(LANGUAGES)}.")
    found: dict[str, str] = {}
    for path in sorted((LOCALE / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream, locale=language):
                if isinstance(message.id, str) and message.id and isinstance(message.string, str) and message.string:
                    found[message.id] = message.string
    return found


def translator(language: str) -> Callable[[str], str]:
    """A function that gives a word in a language, and the English word where the catalogue has none."""
    known = words(language)
    return lambda word: known.get(word, word)


@lru_cache(maxsize=1)
def words_of_the_map() -> tuple[str, ...]:
    """Every English word that the map's script asks for: in ``t("…")`` calls and in ``// words:`` comments."""
    found: set[str] = set()
    for path in sorted(ASSETS.glob("*.js")):
        text = path.read_text(encoding="utf-8")
        found.update(match.replace('\\"', '"') for match in _CALL.findall(text))
        for line in _LISTED.findall(text):
            found.update(word.strip() for word in line.split("|"))
    return tuple(sorted(found))


def map_words(language: str) -> dict[str, str]:
    """The words that the map's script needs in a language, English -> translation."""
    known = words(language)
    return {word: known[word] for word in words_of_the_map() if word in known}

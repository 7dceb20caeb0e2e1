"""Interface words in English, Azerbaijani, Armenian and Russian, from the gettext catalogues under ``locale/``.

English is the source: a word's key is its English form.  Texts of the record are not translated here.
"""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from layers.view_state import schema

LOCALE = Path(__file__).resolve().parents[2] / "locale"
LANGUAGES = ("en", "az", "hy", "ru")
ASSETS = Path(__file__).resolve().parents[1] / "map" / "assets"
_CALL = re.compile(r"""\bt\(\s*"((?:[^"\\]|\\.)+)\"""")
_LISTED = re.compile(r"""//\s*words:\s*(.+)""")


@lru_cache(maxsize=len(LANGUAGES))
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of a language, read from its text file; English says every phrase as it stands.

    Raises
    ------
    ValueError
        For a language that has no catalogue.
    """
    if language not in LANGUAGES:
        raise ValueError(f"There is no catalogue for “{language}”: the languages are {', '.join(LANGUAGES)}.")
    if language == "en":
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with (LOCALE / language / "LC_MESSAGES" / "atlas.po").open("rb") as stream:
        write_mo(compiled, read_po(stream, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def translator(language: str) -> Callable[[str], str]:
    """A function that gives a phrase in a language, and the English phrase where the catalogue has none."""
    return translations(language).gettext


@lru_cache(maxsize=1)
def called_words() -> tuple[str, ...]:
    """Every English word that the map's script asks for in a ``t("…")`` call; the script itself knows their numbers."""
    return tuple(sorted({_plain(match) for text in _scripts() for match in _CALL.findall(text)}))


@lru_cache(maxsize=1)
def listed_words() -> tuple[str, ...]:
    """Words that the script asks for by their English form: those of ``// words:`` remarks, and the notices."""
    listed = {word.strip() for text in _scripts() for line in _LISTED.findall(text) for word in line.split("|")}
    return tuple(sorted(listed | set(schema()["notices"].values())))


def words_of_the_map() -> tuple[str, ...]:
    """All of them."""
    return tuple(sorted({*called_words(), *listed_words()}))


def number_words(script: str) -> str:
    """The map's script with a number for each called word, so that the words themselves travel with the texts."""
    numbers = {word: number for number, word in enumerate(called_words())}
    return _CALL.sub(lambda match: f"t({numbers[_plain(match[1])]}", script)


def _scripts() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(ASSETS.glob("*.js"))]


def _plain(literal: str) -> str:
    return literal.replace('\\"', '"')


def map_language(language: str) -> dict[str, Any]:
    """All that the map's script needs to speak a language.

    ``called`` are the words by number, ``words`` those that it asks for by their English form, ``numbers`` and
    ``dates`` say how it writes them.

    Browsers know too few languages to be asked for the names of months, so they come from the CLDR data in Babel.
    """
    locale = Locale.parse("en_GB" if language == "en" else language)
    say = translator(language)
    symbols = locale.number_symbols["latn"]
    return {
        "called": [say(word) for word in called_words()],
        "words": {word: say(word) for word in listed_words() if say(word) != word},
        "numbers": [symbols["decimal"], symbols["group"]],
        "dates": {
            "long": _pattern(locale, "long"),
            "brief": _pattern(locale, "medium"),
            "months": list(locale.months["format"]["wide"].values()),
            "short": list(locale.months["format"]["abbreviated"].values()),
            "alone": list(locale.months["stand-alone"]["wide"].values()),
        },
    }


def _pattern(locale: Locale, length: str) -> str:
    """A date pattern with ``{d}``, ``{m}`` and ``{y}``; the word for "year" at its end stays on the line of its number."""
    pattern = re.sub(r"%\((\w)\w*\)s", lambda match: f"{{{match[1].lower()}}}", locale.date_formats[length].format)
    return re.sub(r" (?=[^\W\d{}]+\.?$)", "\N{NO-BREAK SPACE}", pattern)

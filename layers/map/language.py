"""All that the map's script needs to speak a language: its words, and how numbers and dates are written."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale

from layers.view_state import schema
from layers.wording import vocabulary
from layers.wording.catalogues import translations
from layers.wording.dates import separators

DIST = Path(__file__).parent / "frontend" / "dist"
SCRIPT_WORDS, POINTS_WORDS = DIST / "words.json", DIST / "attribute_words.json"
"""The English words that the map's script says, and those that only its panel of points does, as the build collected them."""


@lru_cache(maxsize=1)
def words_of_the_map() -> tuple[str, ...]:
    """Every English word that the map's script says: its own, the vocabulary, and the notices about a state."""
    own: list[str] = json.loads(SCRIPT_WORDS.read_text(encoding="utf-8"))
    named = {word for table in map_vocabulary().values() for word in table.values()}
    return tuple(sorted({*own, *named, *schema()["notices"].values()}))


@lru_cache(maxsize=1)
def words_of_the_points() -> tuple[str, ...]:
    """Every English word that only the panel of the reader's own points says."""
    return tuple(json.loads(POINTS_WORDS.read_text(encoding="utf-8")))


def map_vocabulary() -> dict[str, dict[str, str]]:
    """The names, in English, of what has an id, as the map's script gets them."""
    return {
        "status": vocabulary.STATUS,
        "controller": vocabulary.controllers(),
        "side": vocabulary.sides(),
        "cause": vocabulary.CAUSE,
        "basis": vocabulary.BASIS,
        "follows": vocabulary.FOLLOWS,
        "accuracy": vocabulary.ACCURACY,
        "outcome": vocabulary.OUTCOME,
    }


def map_language(language: str, *also: str) -> dict[str, Any]:
    """All that the map's script needs to speak a language; ``also`` names words beside its own.

    ``words`` holds the translations by their English form; ``numbers`` and ``dates`` say how it writes them.

    Browsers know too few languages to be asked for the names of months, so they come from the CLDR data in Babel.
    """
    locale = Locale.parse("en_GB" if language == "en" else language)
    say = translations(language).gettext
    return {
        "words": {word: say(word) for word in (*words_of_the_map(), *also) if say(word) != word},
        "numbers": list(separators(language)),
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

"""Words and codes by which lists are read, as data that the browser takes as it stands.

``months.json`` names the months, ``forms.json`` says what else stands in dates and coordinates, ``headers.yaml`` names the columns,
``precision.yaml`` says what codes of precision mean.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_PARTS = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def fold(text: str) -> str:
    """Text as it is compared: composed small letters, Turkish and Azerbaijani ı and i as one, for both are written I."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("\N{COMBINING DOT ABOVE}", "")
    return folded.replace("\N{LATIN SMALL LETTER DOTLESS I}", "i")


def name_parts(name: str) -> tuple[str, ...]:
    """The words of a column's name, small; brackets are left out, and eventDate has two."""
    return tuple(_PARTS.findall(fold(_HUMP.sub(" ", _BRACKETS.sub(" ", name)))))


@lru_cache(maxsize=1)
def months() -> dict[str, list[list[str]]]:
    """Words for each month, January first, by language, as ``months.json`` has them; do not change the result."""
    found: dict[str, list[list[str]]] = json.loads((HERE / "months.json").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def forms() -> dict[str, Any]:
    """What stands in dates and coordinates besides figures, in several languages; do not change the result.

    ``year``: what follows a year, as a pattern; ``noise``: words in a date that say nothing; ``signs``: the usual sign and those that
    stand for it; ``hemispheres``: letter and pattern of how Russian, Azerbaijani and Armenian maps write it (северной широты, şimal
    enliyi, հյուսիսային լայնություն).
    """
    found: dict[str, Any] = json.loads((HERE / "forms.json").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def month_of() -> dict[str, int]:
    """Number of the month that a word names, in any of the languages."""
    listed = (enumerate(year, start=1) for year in months().values())
    return {fold(word): at for year in listed for at, words in year for word in words}


@lru_cache(maxsize=1)
def headers() -> dict[str, Any]:
    """Names of columns by their role, as ``headers.yaml`` has them; do not change the result."""
    import yaml

    found: dict[str, Any] = yaml.safe_load((HERE / "headers.yaml").read_text(encoding="utf-8"))
    return found

"""The reader's language for the page's words (see :mod:`layers.wording.catalogues`)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from layers.wording.catalogues import LANGUAGES, translator

Speak = Callable[[str], str]
"""Takes an English phrase, gives it in the reader's language."""


@lru_cache(maxsize=len(LANGUAGES))
def speaker(lang: str) -> Speak:
    """The words of a language; an English phrase stands where the catalogue has none."""
    return translator(lang)

"""The reader's language for the page's words (see :mod:`layers.wording.catalogues`)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from layers.wording import catalogues

Translate = Callable[[str], str]
"""Takes an English phrase, gives it in the reader's language."""


@lru_cache(maxsize=len(catalogues.LANGUAGES))
def translator(lang: str) -> Translate:
    """The words of a language; an English phrase is shown where the catalogue has none."""
    return catalogues.translator(lang)

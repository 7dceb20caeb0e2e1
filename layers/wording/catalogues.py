"""Interface words in English, Azerbaijani, Armenian and Russian, from the gettext catalogues under ``locale/``.

English is the source: a word's key is its English form.  Texts of the record are not translated here.
"""

from __future__ import annotations

import gettext
import io
from functools import lru_cache

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from geodata.data_folder import tree
from geodata.translations import TRANSLATED

LOCALE = tree("locale")
LANGUAGES = ("en", *TRANSLATED)


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

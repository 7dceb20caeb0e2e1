"""Record, ground and what follows from both: loaded once per process, frozen, shared by all sessions."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from geodata.translations import record_in
from layers.atlas import Atlas


def atlas_data(language: str = "en") -> Atlas:
    """The data of this process in a language, loaded at the first call; what is not yet translated is in English.

    Raises
    ------
    RecordError, ShapeError
        Where a file is damaged, naming file and field.
    CatalogueError
        Where the catalogue of the language can't be read.
    """
    return _loaded(language)


@lru_cache(maxsize=4)
def _loaded(language: str) -> Atlas:
    if language != "en":
        return replace(_loaded("en"), record=record_in(language))
    atlas = Atlas.load()
    _ = atlas.stops  # worked out before the first reader comes
    return atlas

"""Record, ground and what follows from both: loaded once per process, frozen, shared by all sessions."""

from __future__ import annotations

from functools import lru_cache

from layers.atlas import Atlas as AtlasData

__all__ = ["AtlasData", "atlas_data"]


@lru_cache(maxsize=1)
def atlas_data() -> AtlasData:
    """The data of this process, loaded at the first call.

    Raises
    ------
    RecordError, ShapeError
        Where a file is damaged, naming file and field.
    """
    atlas = AtlasData.load()
    _ = atlas.stops  # worked out before the first reader comes
    return atlas

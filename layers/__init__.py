"""How what is known is drawn: the map document, the print sheet and the export formats.

>>> from layers import Atlas
>>> Atlas.load().limits.start
'1994-05-12'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from layers.atlas import Atlas

__all__ = ["Atlas"]


def __getattr__(name: str) -> Any:
    """Import :class:`layers.atlas.Atlas` when it is asked for, so that commands start fast."""
    if name == "Atlas":
        from layers.atlas import Atlas

        return Atlas
    raise AttributeError(f"module “layers” has no attribute “{name}”")

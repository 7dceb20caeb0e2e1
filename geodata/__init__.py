"""What is known of the statement of 9/10 November 2020, and what follows from it: record, ground, time engine.

>>> from geodata import Atlas
>>> Atlas.load().at(39.991, 46.9274, "2020-11-20").controller
'azerbaijan'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geodata.atlas import Atlas

__all__ = ["Atlas"]


def __getattr__(name: str) -> Any:
    """Import :class:`geodata.atlas.Atlas` when it is asked for: a command that needs no record starts without it."""
    if name == "Atlas":
        from geodata.atlas import Atlas

        return Atlas
    raise AttributeError(f"module “geodata” has no attribute “{name}”")

"""Rules that keep the record fair: what has to be told, what has to be quoted, when ground counts as certain.

:func:`broken` runs them all for ``python -m geodata check``; :mod:`geodata.rules.balance` and
:mod:`geodata.rules.gaps` count what is there and what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from geodata.ground import Ground
from geodata.model import Record
from geodata.rules.certain import contradictions
from geodata.rules.quoted import unquoted
from geodata.rules.told import half_told
from geodata.rules.walk import Finding


def broken(record: Record, ground: Ground) -> Iterator[Finding]:
    """Everything in the record that breaks a rule."""
    yield from half_told(record)
    yield from unquoted(record)
    yield from contradictions(record, ground)

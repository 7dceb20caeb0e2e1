"""The values that columns of a vocabulary can have, each with its words; see :data:`geodata.columns.DECLARED`."""

from __future__ import annotations

from typing import get_args

from geodata.columns import Values
from geodata.model import Record
from geodata.record_types import Cause, Confidence, EventKind
from geodata.status import Word
from layers.wording import wording

Lists = dict[Values, dict[str, str]]
"""Words by value, by vocabulary."""


def value_lists(record: Record, lang: str = "en") -> Lists:
    """Every vocabulary: its values, and their words in a language."""
    w = wording(lang)
    zones = {zone.id: w.layer(zone.names) for zone in record.zones}
    return {
        "controllers": {holder.id: w.holder(holder.id) for holder in record.statement.controllers},
        "republics": {republic: w.holder(republic) for republic in record.statement.republics},
        "causes": {cause: w.cause(cause) for cause in get_args(Cause)},
        "statuses": {word: w.status(word) for word in get_args(Word)},
        "layers": zones,
        "event_kinds": {kind: w.event_kind(kind) for kind in get_args(EventKind)},
        "confidences": {word: w.tr(word) for word in get_args(Confidence)},
    }

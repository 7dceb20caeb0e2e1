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


def value_lists(record: Record) -> Lists:
    """Every vocabulary: its values, and their words in English."""
    w = wording()
    zones = {zone.id: zone.names.neutral for zone in record.zones}
    return {
        "controllers": {holder.id: w.holder(holder.id) for holder in record.statement.controllers},
        "republics": {republic: republic.title() for republic in record.statement.republics},
        "causes": {cause: CAUSES[cause] for cause in get_args(Cause)},
        "statuses": {word: w.status(word) for word in get_args(Word)},
        "layers": zones,
        "event_kinds": {kind: w.event_kind(kind) for kind in get_args(EventKind)},
        "confidences": {word: word for word in get_args(Confidence)},
    }


CAUSES: dict[str, str] = {
    "clause": "handed over under a clause",
    "force": "taken by force",
    "other": "another way",
}

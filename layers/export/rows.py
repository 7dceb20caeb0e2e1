"""The rows of an export: the features of a day or of the whole record, with the words and codes of this package."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from geodata.derived_features import state_rows, whole_rows
from geodata.features import Row, with_layers
from geodata.ground import Ground
from geodata.model import Record
from layers.wording import wording
from layers.wording.vocabulary import N

Rows = dict[str, list[Row]]
NOTES = (N("no clause governs it"), N("the statement is not in force"), N("no date in the text"))
"""What ``deadline_note`` can say; :mod:`geodata.features` writes it."""


def rows_of(
    record: Record,
    ground: Ground,
    day: date,
    *,
    history: bool = False,
    layers: Iterable[str] | None = None,
    known: date | None = None,
    later: bool = False,
    lang: str = "en",
) -> Rows:
    """Rows of each kind of feature; with ``history`` over time up to ``day``, else those that hold on it.

    ``record`` brings its texts in a language (:func:`geodata.translations.in_language`), ``lang`` why there is no deadline.

    Raises
    ------
    ValueError
        For an unknown layer, or a day before the record begins.
    """
    day = ground.day_covered(day)
    rows = whole_rows(ground, record, day) if history else state_rows(ground, record, day, known=known, later=later)
    if layers is not None:
        rows = with_layers(rows, layers, record)
    for group in rows.values():
        for row in group:
            row["sovereign_iso"] = record.identifiers.iso_3166(row["sovereign"])
            row["deadline_note"] = row["deadline_note"] and wording(lang).tr(row["deadline_note"])
    for row in rows["held"]:
        row["name"] = wording().holder(row["controller"])
    for row in rows["edges"]:
        row["name"] = f"Line known to {row['accuracy_m']:,} m"
    for row in rows["doubt"]:
        row["name"] = f"Within {row['accuracy_m']:,} m of the line"
    return rows

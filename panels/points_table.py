"""The reader's rows with what the atlas adds, in words: heads, holders, ground, zones and problems in the language.

The file to download that programs read keeps the names and ids of :mod:`geodata.attribution`.
"""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa

from geodata.attribution.columns import Columns
from layers.atlas import Atlas
from layers.wording import Wording
from layers.wording.vocabulary import N

HEADS = {
    "lat": N("Latitude"),
    "lon": N("Longitude"),
    "controller": N("Held by"),
    "sovereign": N("By international recognition"),
    "certain": N("Certain"),
    "or": N("Perhaps held by"),
    "share": N("Held how much of disc and span"),
    "zones": N("Zones"),
    "clauses": N("Clauses"),
    "edge_m": N("To the line of control, m"),
    "accuracy_m": N("Error of that line, m"),
    "border_m": N("To the border of the republic, m"),
    "border_accuracy_m": N("Error of that border, m"),
    "near_border": N("Within that border's error"),
    "unit": N("Ground"),
    "as_of": N("As of"),
    "rule": N("By the columns"),
    "radius_m": N("Radius, m"),
    "first": N("First day"),
    "last": N("Last day"),
    "outside": N("Outside Armenia and Azerbaijan"),
    "problem": N("Problem"),
}
"""What stands over the columns that are added."""


def heads(columns: Columns, names: list[str], w: Wording) -> dict[str, str]:
    """What stands over each added column, by its name in the table; one that the list has itself is told apart by its name."""
    own = set(names) - set(columns.added.values())
    said = {given: w.tr(HEADS[name]) for name, given in columns.added.items()}
    return {given: f"{head} ({given})" if head in own else head for given, head in said.items()}


def in_words(table: pa.Table, columns: Columns, problems: pa.Array, atlas: Atlas, w: Wording) -> pa.Table:
    """The table with words in place of ids; ``problems`` are those of its rows, in the language."""
    zones = {zone.id: w.layer(zone.names) for zone in atlas.record.zones}
    units = {unit.id: w.name(unit.names) for unit in atlas.record.units}
    tells: dict[str, Callable[[str], str]] = {
        **dict.fromkeys(("controller", "sovereign", "or"), w.holder),
        "share": lambda part: _share(part, w),
        "zones": lambda zone: zones.get(zone, zone),
        "unit": lambda unit: units.get(unit, unit),
    }
    for name, given in columns.added.items():
        if name in tells:
            table = _put(table, given, _told(table[given], tells[name]))
    return _put(table, columns.added["problem"], problems)


def _share(part: str, w: Wording) -> str:
    """“azerbaijan 0.62” in words."""
    holder, _, share = part.rpartition(" ")
    named = w.tr("outside Armenia and Azerbaijan") if holder == "outside" else w.holder(holder)
    return f"{named} {w.number(float(share), 2)}"


def _put(table: pa.Table, name: str, column: pa.Array) -> pa.Table:
    return table.set_column(table.schema.get_field_index(name), name, column)


def _told(column: pa.ChunkedArray, tell: Callable[[str], str]) -> pa.Array:
    """A column of ids, or of lists of them with “; ” between, in words."""
    texts = column.cast(pa.string()).to_pylist()
    known = {text: text and "; ".join(map(tell, text.split("; "))) for text in set(texts)}
    return pa.array([known[text] for text in texts], pa.string())

"""How far each row may lie from its place and its day: by its own span, codes and radii, and by which rule."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.attribution.columns import Columns, Precision
from geodata.attribution.days import Days, read_days
from geodata.attribution.precision_table import MOST_METRES
from geodata.attribution.reasons import Reasons
from geodata.attribution.said import Said
from geodata.attribution.unreadable import shown
from geodata.attribution.words import fold
from geodata.attribution.written_day import Calendar, DateRules

Floats = NDArray[np.float64]
ENDS_EARLY = "its last day lies before its first day"
NO_CODE = "its {column} {value} is not in the precision table, so how precise it is stays unknown"


@dataclass(eq=False)
class RowExtents:
    """First and last day and radius of each row, and what they follow from.

    ``rules[code[row]]`` names the columns and codes that count; the first is none.  ``days`` and ``metres`` mark the rows whose
    days or radius follow from a rule, ``unknown`` those whose precision can't be known.
    """

    first: Days
    last: Days
    radius_m: Floats | None
    reasons: Reasons
    notes: Reasons
    code: NDArray[np.int64]
    rules: list[str | None]
    days: NDArray[np.bool_]
    metres: NDArray[np.bool_]
    unknown: NDArray[np.bool_]

    def apply(self, code: NDArray[np.int64], names: list[str]) -> None:
        """Note that a rule counts for some rows: ``names[code[row]]``; -1 for the others."""
        both, code_ = np.unique(self.code * (len(names) + 1) + code + 1, return_inverse=True)
        rules = []
        for key in both.tolist():
            before, own = divmod(key, len(names) + 1)
            said = [self.rules[before], names[own - 1] if own else None]
            rules.append("; ".join(part for part in said if part) or None)
        self.rules, self.code = rules, code_.reshape(-1)


def row_extents(table: pa.Table, columns: Columns, calendar: Calendar, rules: DateRules) -> RowExtents:
    """Read the columns of date and precision of some rows."""
    read = read_days(whole(table, columns.date), calendar, rules)
    count = len(read.first)
    nothing = [np.zeros(count, bool) for _ in range(3)]
    code = np.zeros(count, np.int64)
    found = RowExtents(read.first, read.last, None, read.reasons, read.notes, code, [None], *nothing)
    if columns.date_end is not None:
        _span(found, whole(table, columns.date_end), columns, calendar, rules)
    elif (wide := found.first < found.last).any():
        found.apply(np.where(wide, 0, -1), [columns.date])
        found.days |= wide
    if columns.radius_m:
        found.radius_m = np.full(count, columns.radius_m)
        found.metres[:] = True
        found.apply(np.zeros(count, np.int64), [f"--accuracy {columns.radius_m:g}"])
    for column in columns.precision:
        if column.gives == "metres" or columns.date_end is None:
            _widen(found, whole(table, column.name), column)
    return found


def whole(table: pa.Table, name: str) -> pa.Array:
    """A column in one piece."""
    column = table.column(name)
    if column.num_chunks == 1:
        return column.chunk(0)
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def _span(found: RowExtents, ends: pa.Array, columns: Columns, calendar: Calendar, rules: DateRules) -> None:
    """Take the last day from a column of its own; a row without one is dated to its first."""
    read = read_days(ends, calendar, rules)
    ended = ~np.asarray(
        pc.fill_null(pc.equal(pc.utf8_length(pc.utf8_trim_whitespace(ends.cast(pa.string()))), 0), True)
    )
    read.reasons.codes[~ended] = 0
    last = np.where(ended & ~read.reasons.wrong, read.last, found.last).astype(np.int32)
    found.reasons.add(read.reasons)
    found.notes.add(read.notes)
    found.reasons.mark(last < found.first, Said(ENDS_EARLY))
    found.last = np.maximum(last, found.first)
    found.days |= ended
    found.apply(np.where(ended, 0, -1), [f"{columns.date}/{columns.date_end}"])


def _widen(found: RowExtents, values: pa.Array, column: Precision) -> None:
    """Widen days or radius by a column of codes or metres."""
    encoded = pc.dictionary_encode(values.cast(pa.string()), null_encoding="encode")
    texts = [(text or "").strip() for text in encoded.dictionary.to_pylist()]
    read = [_value(text, column) for text in texts]
    index = np.asarray(encoded.indices)
    value = np.array([0.0 if number is None else number for number in read])[index]
    given = np.array([bool(text) for text in texts])[index]
    odd = np.array([bool(text) and number is None for text, number in zip(texts, read, strict=True)])[index]
    for number in np.unique(index[odd]).tolist():
        found.notes.mark(index == number, Said.of(NO_CODE, column=column.name, value=shown(texts[number])))
    found.unknown |= odd
    used = given & ~odd
    if column.gives == "days":
        days = value.astype(np.int32)
        found.first, found.last = found.first - days, found.last + days
        found.days |= used
    else:
        found.radius_m = value if found.radius_m is None else np.maximum(found.radius_m, value)
        found.metres |= used
    names = [f"{column.name} {text}" if column.codes else column.name for text in texts]
    found.apply(np.where(used, index, -1), names)


def _value(text: str, column: Precision) -> float | None:
    """Days or metres that a cell stands for; None where that can't be known."""
    if not text:
        return 0.0
    if column.codes is not None:
        code = column.codes.get(fold(text).removesuffix(".0"))
        return None if code is None else float(code.value)
    try:
        number = float(text.replace(",", ".").removesuffix("m").strip())
    except ValueError:
        return None
    return number if 0 <= number <= MOST_METRES else None

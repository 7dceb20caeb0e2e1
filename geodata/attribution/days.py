"""Reads columns of dates, as the first and last day that each cell allows; see :mod:`geodata.attribution.written_day`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.attribution.reasons import Reasons
from geodata.attribution.said import Said
from geodata.attribution.time_slices import day_number
from geodata.attribution.unreadable import UnreadableError, shown
from geodata.attribution.written_day import NO_DATE, NO_RULES, Calendar, DateRules, Order, order_of, read_day

Days = NDArray[np.int32]
EARLY_DAY = "its date lies before the record, which begins on {day}"
DAY_FIRST = "its date {value} has the day first, {other} in the same column has not: say what 03/04/2020 means"
MONTH_FIRST = "its date {value} has the month first, {other} in the same column has not: say what 03/04/2020 means"
"""Of dates that can be read in one order only, where others can be read in the other only."""


@dataclass(frozen=True, eq=False)
class DayColumn:
    """A column of dates as it was read.

    Attributes
    ----------
    first, last
        Day numbers; equal for a date to the day.
    reasons
        Why a cell could not be read.
    notes
        What is to be said of a cell that could.
    """

    first: Days
    last: Days
    reasons: Reasons
    notes: Reasons


def read_days(column: pa.Array, calendar: Calendar, rules: DateRules = NO_RULES) -> DayColumn:
    """First and last day of each cell.

    Text, dates and timestamps (with a zone: the day in that of the calendar; without: as they stand) are read.
    """
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type):
        if column.type.tz:
            column = pc.local_timestamp(column.cast(pa.timestamp(column.type.unit, calendar.zone)))
        column = pc.floor_temporal(column, unit="day").cast(pa.date32(), safe=False)
    if pa.types.is_date64(column.type):
        column = column.cast(pa.date32())
    if pa.types.is_date32(column.type):
        return _native(column, calendar)
    return _written(column.cast(pa.string()), calendar, rules)


def _written(column: pa.Array, calendar: Calendar, rules: DateRules) -> DayColumn:
    """Text: each different one is read once."""
    encoded = pc.dictionary_encode(column, null_encoding="encode")
    texts = [text or "" for text in encoded.dictionary.to_pylist()]
    spans = np.zeros((len(texts), 2), np.int32)
    reasons, notes = Reasons.none(len(column)), Reasons.none(len(column))
    wrong, said = np.zeros((2, len(texts)), np.int32)
    for number, text in enumerate(texts):
        try:
            spans[number] = read_day(text, calendar, rules)
        except UnreadableError as error:
            wrong[number] = reasons.code(error.said)
    orders = {} if rules.order else {number: order for number, text in enumerate(texts) if (order := order_of(text))}
    if len(set(orders.values())) > 1:
        for number, order in orders.items():
            other = next(other for other in orders if orders[other] != order)
            said[number] = notes.code(_opposite(order, texts[number], texts[other]))
    index = np.asarray(encoded.indices)
    reasons.codes[:], notes.codes[:] = wrong[index], said[index]
    notes.codes[reasons.wrong] = 0
    return DayColumn(spans[index, 0], spans[index, 1], reasons, notes)


def _opposite(order: Order, text: str, other: str) -> Said:
    return Said.of(DAY_FIRST if order == "dmy" else MONTH_FIRST, value=shown(text), other=shown(other))


def _native(column: pa.Array, calendar: Calendar) -> DayColumn:
    days = np.asarray(column.cast(pa.int32()).fill_null(0))
    reasons = Reasons.none(len(days))
    reasons.mark(np.asarray(column.is_null()), Said(NO_DATE))
    reasons.mark(days < day_number(calendar.start), Said.of(EARLY_DAY, day=str(calendar.start)))
    return DayColumn(days, days, reasons, Reasons.none(len(days)))

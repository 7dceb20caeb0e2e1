"""A chunk of rows in, the same rows with their answer out: the one function that every way of running it shares."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.attribution.attribute import Answer, attribute
from geodata.attribution.columns import Columns
from geodata.attribution.positions import SWAPPED, check, read_numbers, read_pairs, swapped
from geodata.attribution.reading.source import Chunk
from geodata.attribution.reasons import Reasons
from geodata.attribution.row_extents import RowExtents, row_extents, whole
from geodata.attribution.said import Said
from geodata.attribution.wkb_points import read_points
from geodata.attribution.written_day import Calendar, DateRules
from geodata.ground import Ground

Floats = NDArray[np.float64]
EMPTY, TAGS = Said("the row is empty"), Said("the row holds HXL tags, no data")
TAG = r"^#[a-z][a-z0-9_]*( *\+[a-z0-9_+ ]*)?$"
TYPES = {
    "lat": pa.float64(),
    "lon": pa.float64(),
    "certain": pa.bool_(),
    "edge_m": pa.int32(),
    "accuracy_m": pa.int32(),
    "border_m": pa.int32(),
    "border_accuracy_m": pa.int32(),
    "near_border": pa.bool_(),
    "as_of": pa.date32(),
    "first": pa.date32(),
    "last": pa.date32(),
    "radius_m": pa.int32(),
    "outside": pa.bool_(),
    "problem": pa.string(),
} | dict.fromkeys(
    ("controller", "sovereign", "or", "share", "zones", "clauses", "unit", "rule"),
    pa.dictionary(pa.int32(), pa.string()),
)
"""Types of the added columns; lists (``or``, ``share``, ``zones``, ``clauses``, ``rule``) are text with “; ” between."""


@dataclass
class Summary:
    """How many rows came out how."""

    rows: int = 0
    placed: int = 0
    outside: int = 0
    uncertain: int = 0
    unreadable: int = 0
    swapped: int = 0
    no_data: int = 0
    extents: int = 0
    reasons: Counter[Said] = field(default_factory=Counter)
    controllers: Counter[str] = field(default_factory=Counter)

    def add(self, other: Summary) -> None:
        """Count another part of the same file."""
        for name in ("rows", "placed", "outside", "uncertain", "unreadable", "swapped", "no_data", "extents"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.reasons.update(other.reasons)
        self.controllers.update(other.controllers)

    def sentences(self) -> list[str]:
        """The counts, in words; reasons that differ only in what they quote count as one."""
        placed = f"{self.rows:,} rows: {self.placed:,} placed ({self.uncertain:,} of them not certain), "
        others = f"{self.outside:,} outside the mapped area, {self.unreadable:,} that could not be read."
        said = [placed + others]
        if self.no_data:
            said.append(f"{self.no_data:,} rows hold no data (empty, or HXL tags) and are kept as they are.")
        if self.extents:
            said.append(
                f"{self.extents:,} rows are answered for a disc or a span of days, by the list's own precision."
            )
        said += [f"  {count:,} x {reason}" for reason, count in self.reasons.most_common(12)]
        return said


@dataclass(frozen=True, eq=False)
class Part:
    """Rows in their order with the added columns, their count, their positions (degrees; NaN where unreadable), what is said of them."""

    table: pa.Table
    summary: Summary
    lat: Floats
    lon: Floats
    reasons: Reasons


def output_schema(source: pa.Schema, columns: Columns) -> pa.Schema:
    """Schema of the result: the source's columns as they are, then the added ones."""
    return pa.schema([*source, *((own, TYPES[name]) for name, own in columns.added.items())])


def process(ground: Ground, chunk: Chunk, columns: Columns, rules: DateRules | None = None) -> Part:
    """Place the rows of a chunk; ``rules`` say how dates are read that can be read in several ways."""
    table, reasons = chunk.table.combine_chunks(), chunk.reasons
    damaged = reasons.wrong
    lat, lon, wrong = _positions(table, columns)
    calendar = Calendar(ground.coverage_start, ground.time_zone)
    extents = row_extents(table, columns, calendar, rules or DateRules())
    check(lat, lon, wrong)
    reasons.add(wrong)
    reasons.add(extents.reasons)
    no_data = _without_data(table, reasons, ~damaged)
    good = np.flatnonzero(~reasons.wrong)
    radius = None if extents.radius_m is None else extents.radius_m[good]
    answer = attribute(ground, lat[good], lon[good], extents.first[good], extents.last[good], radius)
    answer.certain[extents.unknown[good]] = False
    suspect = np.zeros(len(lat), bool)
    suspect[good] = (answer.piece < 0) & swapped(lat[good], lon[good], ground.bounds)
    chunk.notes.mark(suspect, Said(SWAPPED))
    extents.notes.codes[reasons.wrong] = 0  # of a row that can't be read its reason is told
    chunk.notes.extend(extents.notes)
    summary = _count(answer, reasons, chunk.notes, int(suspect.sum()), no_data)
    reasons.extend(chunk.notes)
    added = _added(answer, extents, good, reasons)
    if columns.lat is None:
        added |= {"lat": pa.array(lat, from_pandas=True), "lon": pa.array(lon, from_pandas=True)}
    arrays = [*table.columns, *(added[name] for name in columns.added)]
    return Part(pa.table(arrays, schema=output_schema(table.schema, columns)), summary, lat, lon, reasons)


def _without_data(table: pa.Table, reasons: Reasons, sound: NDArray[np.bool_]) -> int:
    """How many of the unreadable rows that are ``sound`` rows of the file hold nothing, or tags of the Humanitarian Exchange Language; they say so (in place)."""
    wrong = np.flatnonzero(reasons.wrong & sound)
    texts = [column for column in table.columns if pa.types.is_string(column.type)]
    if not len(wrong) or len(texts) < table.num_columns:
        return 0
    blank, tagged = np.ones(len(wrong), bool), np.ones(len(wrong), bool)
    for column in texts:
        cells = pc.utf8_trim_whitespace(pc.fill_null(column.take(pa.array(wrong)), ""))
        empty = np.asarray(pc.equal(cells, ""))
        blank &= empty
        tagged &= empty | np.asarray(pc.match_substring_regex(cells, TAG))
    for rows, said in ((wrong[blank], EMPTY), (wrong[tagged & ~blank], TAGS)):
        if len(rows):
            reasons.codes[rows] = reasons.code(said)
    return int((blank | tagged).sum())


def _positions(table: pa.Table, columns: Columns) -> tuple[Floats, Floats, Reasons]:
    if columns.geometry is not None:
        return read_points(whole(table, columns.geometry))
    if columns.place is not None:
        return read_pairs(whole(table, columns.place))
    lat, wrong = read_numbers(whole(table, str(columns.lat)), "latitude")
    lon, other = read_numbers(whole(table, str(columns.lon)), "longitude")
    wrong.add(other)
    return lat, lon, wrong


def _count(answer: Answer, reasons: Reasons, notes: Reasons, suspects: int, no_data: int) -> Summary:
    inside = answer.piece >= 0
    summary = Summary(
        rows=len(reasons.codes),
        placed=int(inside.sum()),
        outside=int((~inside).sum()),
        uncertain=int((inside & ~answer.certain).sum()),
        unreadable=int(reasons.wrong.sum()) - no_data,
        no_data=no_data,
        swapped=suspects,
        extents=int(answer.known[answer.extents.rows].sum()),
    )
    summary.reasons = reasons.counts() + notes.counts()
    for said in (EMPTY, TAGS):
        del summary.reasons[said]
    for code, count in zip(*np.unique(answer.controller[inside], return_counts=True), strict=True):
        summary.controllers[answer.names["controller"][code]] += int(count)
    return summary


def _added(answer: Answer, extents: RowExtents, good: NDArray[np.intp], reasons: Reasons) -> dict[str, pa.Array]:
    """The added columns; rows that were not asked about are null."""
    place = _Scatter(good, len(reasons.codes))
    names, inside = answer.names, answer.piece >= 0
    linked, bounded = inside & np.isfinite(answer.edge_m), inside & np.isfinite(answer.border_m)
    others = answer.possible & ~np.where(answer.controller >= 0, 1 << np.maximum(answer.controller, 0), 0)
    dated, round_ = extents.days[good], extents.metres[good]
    radius = np.zeros(len(good)) if extents.radius_m is None else extents.radius_m[good]
    return {
        "controller": place.words(answer.controller, names["controller"]),
        "sovereign": place.words(answer.sovereign, names["sovereign"]),
        "certain": place.values(answer.certain, answer.known),
        "or": place.words(others - 1, _lists(names["controller"])),
        "share": place.words(*share_texts(answer)),
        "zones": place.words(answer.zones, names["zones"]),
        "clauses": place.words(answer.clauses, names["clauses"]),
        "edge_m": place.values(_whole(answer.edge_m, linked), linked),
        "accuracy_m": place.values(answer.accuracy_m, inside),
        "border_m": place.values(_whole(answer.border_m, bounded), bounded),
        "border_accuracy_m": place.values(answer.border_accuracy_m, bounded),
        "near_border": place.values(answer.near_border),
        "unit": place.words(answer.unit, names["unit"]),
        "as_of": place.values(answer.as_of).cast(pa.date32()),
        "rule": place.words(extents.code[good] - (extents.rules[0] is None), [name for name in extents.rules if name]),
        "radius_m": place.values(np.rint(radius).astype(np.int32), round_),
        "first": place.values(extents.first[good], dated).cast(pa.date32()),
        "last": place.values(extents.last[good], dated).cast(pa.date32()),
        "outside": place.values(~inside),
        "problem": reasons.column(),
    }


def _lists(names: list[str]) -> list[str]:
    """The list that each set of names makes, by its bits less one."""
    return ["; ".join(name for at, name in enumerate(names) if bits >> at & 1) for bits in range(1, 1 << len(names))]


def share_texts(answer: Answer) -> tuple[NDArray[np.int64], list[str]]:
    """Who held how much of disc and span, the most first (“azerbaijan 0.62; armenian-forces 0.38”): codes and texts; -1 for none.

    A holder that has less than half a hundredth, but is possible, is there with 0.00.
    """
    codes = np.full(len(answer.piece), -1, np.int64)
    rows = answer.extents.rows
    if not len(rows):
        return codes, []
    names = [*answer.names["controller"], "outside"]
    hundredths = np.rint(answer.extents.share * 100).astype(np.int64)
    may = (answer.possible[rows, None] >> np.arange(len(names))) & 1
    digits = np.where((hundredths > 0) | (may > 0), hundredths + 1, 0)
    keys = digits @ (102 ** np.arange(len(names)))
    found, where = np.unique(keys, return_inverse=True)
    texts = [_share_text(key, tuple(names)) for key in found.tolist()]
    codes[rows] = np.where(answer.known[rows], where.reshape(-1), -1)
    return codes, texts


@lru_cache(maxsize=65_536)
def _share_text(key: int, names: tuple[str, ...]) -> str:
    """The text of one set of shares, given by its digits (base 102: hundredths and one, 0 for none); chunks repeat them."""
    parts = [(key // 102**at % 102 - 1, name) for at, name in enumerate(names)]
    kept = sorted(((part, name) for part, name in parts if part >= 0), key=lambda item: (-item[0], item[1]))
    return "; ".join(f"{name} {part / 100:.2f}" for part, name in kept)


def _whole(metres: Floats, valid: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Whole metres; 0 where not valid."""
    return np.rint(np.where(valid, metres, 0)).astype(np.int32)


class _Scatter:
    """Brings answers of some rows back to their places among all rows."""

    def __init__(self, good: NDArray[np.intp], rows: int) -> None:
        self._good, self._rows = good, rows
        self._whole = len(good) == rows

    def values(self, values: NDArray[np.generic], valid: NDArray[np.bool_] | None = None) -> pa.Array:
        """Numbers or truth values; null where not valid or not asked."""
        mask = np.ones(self._rows, bool)
        mask[self._good] = False if valid is None else ~valid
        everywhere = np.zeros(self._rows, values.dtype)
        everywhere[self._good] = values
        return pa.array(everywhere, mask=mask if mask.any() else None)

    def words(self, codes: NDArray[np.signedinteger], names: list[str]) -> pa.Array:
        """Names by code; null for -1."""
        everywhere = np.full(self._rows, -1, np.int32)
        everywhere[self._good] = codes
        index = pa.array(everywhere, mask=everywhere < 0)
        return pa.DictionaryArray.from_arrays(index, pa.array(names, pa.string()))

"""Reads points in well-known binary, all rows at once, and nothing else of it.

A general reader (GEOS) follows collections within collections and can be made to overflow its stack by a file of a kilobyte;
a point is 21 to 41 bytes in a fixed order: byte order, type, perhaps a reference system, then x, y and perhaps z and m.
Types are those of ISO (1, 1001 with z, 2001 with m, 3001 with both) and of PostGIS (flags in the highest bits).
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from geodata.attribution.reasons import Reasons
from geodata.attribution.said import Said

Floats = NDArray[np.float64]
LONGEST = 41
Z, M, SRID = 0x80000000, 0x40000000, 0x20000000
ISO = {1: 2, 1001: 3, 2001: 3, 3001: 4}
"""Types of a point and how many coordinates it has."""
KINDS = 17
"""ISO numbers kinds of geometry from 1 (point) to 17 (triangle)."""


def read_points(column: pa.Array) -> tuple[Floats, Floats, Reasons]:
    """Latitude and longitude of points, NaN where there is none, with a reason for each row that is not a point.

    Parameters
    ----------
    column
        Binary of any kind; null where there is no geometry.
    """
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    column = column.cast(pa.binary()).cast(pa.large_binary())
    reasons = Reasons.none(len(column))
    missing = np.asarray(column.is_null())
    _, offsets_, content_ = column.fill_null(b"").buffers()
    offsets = np.frombuffer(offsets_, np.int64)[column.offset : column.offset + len(column) + 1]
    content = np.frombuffer(content_ or b"", np.uint8)
    length = np.diff(offsets)
    content = np.append(content[: offsets[-1] if len(offsets) else 0], np.zeros(LONGEST, np.uint8))
    # The first 41 bytes of each row; behind a shorter one stand those of the next, which are never looked at.
    head = sliding_window_view(content, LONGEST)[offsets[:-1]]
    little = head[:, 0] == 1
    kind = _words(head[:, 1:5], little)
    flags = kind & np.uint32(Z | M | SRID)
    plain = kind & ~np.uint32(Z | M | SRID)
    start = np.where(flags & SRID, 9, 5)
    axes = np.zeros(len(column), int)
    for number, count in ISO.items():
        axes[plain == number] = count
    axes += ((flags & Z) > 0).astype(int) + ((flags & M) > 0)
    point = np.isin(plain, list(ISO)) & (axes <= 4)
    other = (plain % 1000 >= 2) & (plain % 1000 <= KINDS) & (plain < 4000)
    sound = (length >= 5) & (head[:, 0] <= 1) & (other | (point & (length == start + 8 * axes)))
    reasons.mark(missing, Said("it has no geometry"))
    reasons.mark(~sound, Said("its geometry is damaged"))
    reasons.mark(other, Said("its geometry is not a point: only points can be placed"))
    system = _words(head[:, 5:9], little)
    reasons.mark(
        ((flags & SRID) > 0) & ~np.isin(system, (4326, 4979)),
        Said("its point is in another reference system than WGS84"),
    )
    x, y = (_numbers(head, start + 8 * axis, little) for axis in (0, 1))
    reasons.mark(np.isnan(x) | np.isnan(y), Said("its point is empty"))
    x[reasons.wrong] = y[reasons.wrong] = np.nan
    return y, x, reasons


def _words(raw: NDArray[np.uint8], little: NDArray[np.bool_]) -> NDArray[np.uint32]:
    """Four bytes a row as a whole number."""
    raw = np.ascontiguousarray(raw)
    return np.where(little, raw.view("<u4")[:, 0], raw.view(">u4")[:, 0]).astype(np.uint32)


def _numbers(head: NDArray[np.uint8], start: NDArray[np.intp], little: NDArray[np.bool_]) -> Floats:
    """Eight bytes a row, from a place that differs from row to row, as a fraction."""
    raw = np.ascontiguousarray(np.take_along_axis(head, start[:, None] + np.arange(8), axis=1))
    return np.where(little, raw.view("<f8")[:, 0], raw.view(">f8")[:, 0]).astype(np.float64)

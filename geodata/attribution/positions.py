"""Reads latitude and longitude from columns, and knows the usual ways to get them wrong."""

from __future__ import annotations

import re
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.attribution.reasons import Reasons, shown

Floats = NDArray[np.float64]
_NUMBER = re.compile(r"[+-]?(\d{1,20}([.,]\d{0,30})?|[.,]\d{1,30})([eE][+-]?\d{1,3})?\s?°?")
_LETTERED = re.compile(r"([NSEW])?\s?(\d{1,3}(?:[.,]\d{0,30})?)\s?°?\s?([NSEW])?", re.IGNORECASE)
_MINUTES = re.compile(
    r"([NSEW])?\s?(\d{1,3})\s?[°d:]\s?(\d{1,2}(?:\.\d*)?)\s?['′’:]?\s?(?:(\d{1,2}(?:\.\d*)?)\s?(?:\"|″|”|'')?)?\s?([NSEW])?",
    re.IGNORECASE,
)
LONGEST = 64
METRES = (
    "its coordinates are not degrees: they look like metres of a projected reference system (UTM, Gauss-Krüger, Web "
    "Mercator); convert them to WGS84 longitude and latitude (EPSG:4326)"
)
IMPOSSIBLE = "its coordinates are not a place on earth: latitude runs from -90 to 90, longitude from -180 to 180"
SWAPPED_EARTH = "its latitude is beyond ±90 and its longitude is not: latitude and longitude look swapped"
SWAPPED = "it lies outside the mapped area, but inside if latitude and longitude are swapped"
NULL_ISLAND = "its coordinates are 0, 0, which usually means a missing position"


def degrees(text: str, letters: str = "NSEW") -> float:
    """Decimal degrees from text: a dot or comma as decimal sign, a letter for the hemisphere, or minutes and seconds.

    ``letters`` are the hemispheres allowed: a latitude with an E is none.

    Raises
    ------
    ValueError
        When it is none of these.
    """
    text = text.strip().replace("\N{MINUS SIGN}", "-")
    if len(text) > LONGEST:
        raise ValueError("too long")
    if _NUMBER.fullmatch(text):
        return float(text.rstrip("° ").replace(",", "."))
    if match := _LETTERED.fullmatch(text):
        before, number, after = match[1], float(match[2].replace(",", ".")), match[3]
        return number * _sign(before, after, letters)
    if match := _MINUTES.fullmatch(text):
        minutes, seconds = float(match[3]), float(match[4] or 0)
        if minutes < 60 and seconds < 60:
            return (int(match[2]) + minutes / 60 + seconds / 3600) * _sign(match[1], match[5], letters)
    raise ValueError("no degrees")


def _sign(before: str | None, after: str | None, letters: str) -> int:
    letter = (before or after or letters[0]).upper()
    if (before and after) or letter not in letters:
        raise ValueError("no such hemisphere")
    return -1 if letter in "SW" else 1


def read_numbers(column: pa.Array, what: Literal["latitude", "longitude"]) -> tuple[Floats, Reasons]:
    """A column of latitudes or longitudes as numbers (NaN where there is none), with a reason for each that is none."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    reasons = Reasons.none(len(column))
    if pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_decimal(kind) or pa.types.is_null(kind):
        values = np.asarray(column.cast(pa.float64(), safe=False).fill_null(np.nan), np.float64)
        reasons.mark(np.isnan(values), f"it has no {what}")
        return values, reasons
    column = column.cast(pa.string())
    trimmed = pc.utf8_trim_whitespace(column)
    plain = pc.fill_null(pc.match_substring_regex(trimmed, r"^[+-]?\d{1,20}(\.\d{0,30})?$"), False)
    values = np.asarray(pc.if_else(plain, trimmed, None).cast(pa.float64()).fill_null(np.nan), np.float64).copy()
    for row in np.flatnonzero(~np.asarray(plain)).tolist():
        text = column[row].as_py() or ""
        try:
            values[row] = degrees(text, "NS" if what == "latitude" else "EW")
        except ValueError:
            said = f"its {what} {{}} is not a number of degrees" if text.strip() else f"it has no {what}"
            reasons.codes[row] = reasons.code(said.replace("{}", shown(text)), said.replace("{}", "…"))
    return values, reasons


def check(lat: Floats, lon: Floats, reasons: Reasons) -> None:
    """Mark the rows whose numbers are not a position (in place)."""
    with np.errstate(invalid="ignore"):
        beyond = ~((np.abs(lat) <= 90) & (np.abs(lon) <= 180))
        reasons.mark(beyond & (np.abs(lat) > 90) & (np.abs(lat) <= 180) & (np.abs(lon) <= 90), SWAPPED_EARTH)
        metres = np.isfinite(lat) & np.isfinite(lon) & ((np.abs(lat) > 1000) | (np.abs(lon) > 1000))
        reasons.mark(metres, METRES)
        reasons.mark(beyond, IMPOSSIBLE)
        reasons.mark((lat == 0) & (lon == 0), NULL_ISLAND)


def swapped(lat: Floats, lon: Floats, bounds: tuple[float, float, float, float]) -> NDArray[np.bool_]:
    """Rows within some bounds (west, south, east, north in degrees) only if latitude and longitude change places."""
    west, south, east, north = bounds
    given = (lat >= south) & (lat <= north) & (lon >= west) & (lon <= east)
    other = (lon >= south) & (lon <= north) & (lat >= west) & (lat <= east)
    return np.asarray(other & ~given)

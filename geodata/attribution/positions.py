"""Reads latitude and longitude from columns, and knows the usual ways to get them wrong."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.attribution.reasons import Reasons
from geodata.attribution.said import Said
from geodata.attribution.unreadable import shown
from geodata.attribution.written_place import degrees, read_pair

Floats = NDArray[np.float64]
METRES = (
    "its coordinates are not degrees: they look like metres of a projected reference system (UTM, Gauss-Krüger, Web "
    "Mercator); convert them to WGS84 longitude and latitude (EPSG:4326)"
)
IMPOSSIBLE = "its coordinates are not a place on earth: latitude runs from -90 to 90, longitude from -180 to 180"
SWAPPED_EARTH = "its latitude is beyond ±90 and its longitude is not: latitude and longitude look swapped"
SWAPPED = "it lies outside the mapped area, but inside if latitude and longitude are swapped"
PLACE = "its place {value} can't be read: write latitude, longitude (39.99, 46.93), degrees and minutes, or POINT (46.93 39.99)"
NOTHING = {"latitude": Said("it has no latitude"), "longitude": Said("it has no longitude")}
NO_NUMBER = {
    "latitude": "its latitude {value} is not a number of degrees",
    "longitude": "its longitude {value} is not a number of degrees",
}
NULL_ISLAND = "its coordinates are 0, 0, which usually means a missing position"


def read_pairs(column: pa.Array) -> tuple[Floats, Floats, Reasons]:
    """A column that holds both coordinates, as latitudes and longitudes (NaN where there is none), with reasons."""
    encoded = pc.dictionary_encode(column.cast(pa.string()), null_encoding="encode")
    texts = [text or "" for text in encoded.dictionary.to_pylist()]
    found, reasons = np.full((len(texts), 2), np.nan), Reasons.none(len(column))
    wrong = np.zeros(len(texts), np.int32)
    for number, text in enumerate(texts):
        try:
            found[number] = read_pair(text)
        except ValueError:
            said = Said.of(PLACE, value=shown(text)) if text.strip() else Said("it has no place")
            wrong[number] = reasons.code(said)
    index = np.asarray(encoded.indices)
    reasons.codes[:] = wrong[index]
    return found[index, 0], found[index, 1], reasons


def read_numbers(column: pa.Array, what: Literal["latitude", "longitude"]) -> tuple[Floats, Reasons]:
    """A column of latitudes or longitudes as numbers (NaN where there is none), with a reason for each that is none."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    reasons = Reasons.none(len(column))
    if pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_decimal(kind) or pa.types.is_null(kind):
        values = np.asarray(column.cast(pa.float64(), safe=False).fill_null(np.nan), np.float64)
        reasons.mark(np.isnan(values), NOTHING[what])
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
            said = Said.of(NO_NUMBER[what], value=shown(text)) if text.strip() else NOTHING[what]
            reasons.codes[row] = reasons.code(said)
    return values, reasons


def check(lat: Floats, lon: Floats, reasons: Reasons) -> None:
    """Mark the rows whose numbers are not a position (in place)."""
    with np.errstate(invalid="ignore"):
        beyond = ~((np.abs(lat) <= 90) & (np.abs(lon) <= 180))
        reasons.mark(beyond & (np.abs(lat) > 90) & (np.abs(lat) <= 180) & (np.abs(lon) <= 90), Said(SWAPPED_EARTH))
        metres = np.isfinite(lat) & np.isfinite(lon) & ((np.abs(lat) > 1000) | (np.abs(lon) > 1000))
        reasons.mark(metres, Said(METRES))
        reasons.mark(beyond, Said(IMPOSSIBLE))
        reasons.mark((lat == 0) & (lon == 0), Said(NULL_ISLAND))


def swapped(lat: Floats, lon: Floats, bounds: tuple[float, float, float, float]) -> NDArray[np.bool_]:
    """Rows within some bounds (west, south, east, north in degrees) only if latitude and longitude change places."""
    west, south, east, north = bounds
    given = (lat >= south) & (lat <= north) & (lon >= west) & (lon <= east)
    other = (lon >= south) & (lon <= north) & (lat >= west) & (lat <= east)
    return np.asarray(other & ~given)

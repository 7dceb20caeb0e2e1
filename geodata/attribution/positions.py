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
    r"([NSEW])?\s?(\d{1,3})\s?[°d:\s]\s?(\d{1,2}(?:[.,]\d*)?)\s?['m:]?\s?(?:(\d{1,2}(?:[.,]\d*)?)\s?(?:\"|''|s)?)?\s?([NSEW])?",
    re.IGNORECASE,
)
_SIGNS: dict[str, str | int | None] = {
    **dict.fromkeys("º˚", "°"), **dict.fromkeys("′’‘´ʹ", "'"), **dict.fromkeys("″”“ʺ", '"'),
    "\N{MINUS SIGN}": "-", "\N{NO-BREAK SPACE}": " ",
}  # fmt: skip
_HEMISPHERES = {
    "N": r"с\.?\s?ш\.?|сев\.?|ş\.?\s?e\.?|հս\.?\s?լ\.?", "S": r"ю\.?\s?ш\.?|c\.?\s?e\.?|հվ\.?\s?լ\.?",
    "E": r"в\.?\s?д\.?|вост\.?|ş\.?\s?u\.?|արլ\.?\s?ե\.?", "W": r"з\.?\s?д\.?|q\.?\s?u\.?|արմ\.?\s?ե\.?",
}  # fmt: skip
"""Hemispheres as Russian, Azerbaijani and Armenian maps write them (северной широты, şimal enliyi, հյուսիսային լայնություն)."""
_WKT = re.compile(
    r"(?:SRID=(?P<srid>\d+);)?\s*(?:MULTI)?POINT\s*(?:Z|M|ZM)?\s*\({1,2}\s*(?P<x>\S+?)\s+(?P<y>[^\s)]+)(?:\s+[^\s)]+){0,2}\s*\){1,2}",
    re.IGNORECASE,
)
_HALVES = re.compile(
    r"(?P<first>.*?[NSEW])[\s,;]*(?P<second>[^NSEW]+[NSEW])|(?P<before>[NSEW][^NSEW]+?)[\s,;]*(?P<after>[NSEW][^NSEW]+)"
)
_FOUR = re.compile(r"([-+]?\d+[.,]\d+)\s+([-+]?\d+[.,]\d+)(?:\s+-?[\d.]+){1,2}")
LONGEST = 64
METRES = (
    "its coordinates are not degrees: they look like metres of a projected reference system (UTM, Gauss-Krüger, Web "
    "Mercator); convert them to WGS84 longitude and latitude (EPSG:4326)"
)
IMPOSSIBLE = "its coordinates are not a place on earth: latitude runs from -90 to 90, longitude from -180 to 180"
SWAPPED_EARTH = "its latitude is beyond ±90 and its longitude is not: latitude and longitude look swapped"
SWAPPED = "it lies outside the mapped area, but inside if latitude and longitude are swapped"
PLACE = (
    "its place … can't be read: write latitude, longitude (39.99, 46.93), degrees and minutes, or POINT (46.93 39.99)"
)
NULL_ISLAND = "its coordinates are 0, 0, which usually means a missing position"


def degrees(text: str, letters: str = "NSEW") -> float:
    """Decimal degrees from text: a dot or comma as decimal sign, a letter for the hemisphere, or minutes and seconds.

    ``letters`` are the hemispheres allowed: a latitude with an E is none.

    Raises
    ------
    ValueError
        When it is none of these.
    """
    if len(text) > LONGEST:
        raise ValueError("too long")
    return _degrees(_latin(text), letters)


def _latin(text: str) -> str:
    """A text with one sign for each of degrees, minutes, seconds and minus, and Latin letters for the hemispheres."""
    text = text.translate(str.maketrans(dict(_SIGNS))).strip()
    if text.isascii():
        return text
    for letter, pattern in _HEMISPHERES.items():
        text = re.sub(rf"(?<![^\W\d_])(?:{pattern})(?![^\W\d_])", letter, text, flags=re.IGNORECASE)
    return text


def _degrees(text: str, letters: str) -> float:
    if _NUMBER.fullmatch(text):
        return float(text.rstrip("° ").replace(",", "."))
    if match := _LETTERED.fullmatch(text):
        before, number, after = match[1], float(match[2].replace(",", ".")), match[3]
        return number * _sign(before, after, letters)
    if match := _MINUTES.fullmatch(text):
        minutes, seconds = (float((part or "0").replace(",", ".")) for part in match.group(3, 4))
        if minutes < 60 and seconds < 60:
            return (int(match[2]) + minutes / 60 + seconds / 3600) * _sign(match[1], match[5], letters)
    raise ValueError("no degrees")


def read_pair(text: str) -> tuple[float, float]:
    """Latitude and longitude from one text: “39.991, 46.9274”, “39,991; 46,9274”, degrees and minutes, or a point as WKT.

    Without letters for the hemispheres the latitude comes first, as maps copy it; in WKT the longitude does.

    Raises
    ------
    ValueError
        When it is none of these.
    """
    if len(text) > 2 * LONGEST:
        raise ValueError("too long")
    text = _latin(text).strip("()[] ") if not _WKT.fullmatch(text.strip()) else text.strip()
    if match := _WKT.fullmatch(text):
        if match["srid"] not in {None, "4326", "4979"}:
            raise ValueError("another reference system")
        return _degrees(match["y"], "NS"), _degrees(match["x"], "EW")
    if match := _FOUR.fullmatch(text):  # a form's point: latitude, longitude, height and accuracy
        return _degrees(match[1], "NS"), _degrees(match[2], "EW")
    halves = _HALVES.fullmatch(text.upper())
    parts = [part.strip(" ,;") for part in halves.groups() if part] if halves else []
    for sign in (r"\s*;\s*", r",\s+", r"\s*,\s*", r"\s*[/|]\s*", r"\s+"):
        if len(parts) == 2:
            break
        parts = re.split(sign, text)
    if len(parts) != 2:
        raise ValueError("no pair")
    if re.search("[EW]", parts[0], re.IGNORECASE):
        parts.reverse()
    return _degrees(parts[0], "NS"), _degrees(parts[1], "EW")


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
            said = PLACE if text.strip() else "it has no place"
            wrong[number] = reasons.code(said.replace("…", shown(text)), said)
    index = np.asarray(encoded.indices)
    reasons.codes[:] = wrong[index]
    return found[index, 0], found[index, 1], reasons


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

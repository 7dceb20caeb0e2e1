"""Reads positions as people write them: degrees in many forms, and both coordinates in one text."""

from __future__ import annotations

import re

from geodata.attribution.unreadable import shown
from geodata.attribution.words import forms

LONGEST = 64
"""No coordinate is written with more characters."""
_NUMBER = re.compile(r"[+-]?(\d{1,20}([.,]\d{0,30})?|[.,]\d{1,30})([eE][+-]?\d{1,3})?\s?°?")
_LETTERED = re.compile(r"([NSEW])?\s?(\d{1,3}(?:[.,]\d{0,30})?)\s?°?\s?([NSEW])?", re.IGNORECASE)
_MINUTES = re.compile(
    r"([NSEW])?\s?(\d{1,3})\s?[°d:\s]\s?(\d{1,2}(?:[.,]\d*)?)\s?['m:]?\s?(?:(\d{1,2}(?:[.,]\d*)?)\s?(?:\"|''|s)?)?\s?([NSEW])?",
    re.IGNORECASE,
)
_SIGNS = {ord(sign): usual for usual, signs in forms()["signs"].items() for sign in signs}
_WKT = re.compile(
    r"(?:SRID=(?P<srid>\d+);)?\s*(?:MULTI)?POINT\s*(?:Z|M|ZM)?\s*\({1,2}\s*(?P<x>\S+?)\s+(?P<y>[^\s)]+)(?:\s+[^\s)]+){0,2}\s*\){1,2}",
    re.IGNORECASE,
)
_HALVES = re.compile(
    r"(?P<first>.*?[NSEW])[\s,;]*(?P<second>[^NSEW]+[NSEW])|(?P<before>[NSEW][^NSEW]+?)[\s,;]*(?P<after>[NSEW][^NSEW]+)"
)
_FOUR = re.compile(r"([-+]?\d+[.,]\d+)\s+([-+]?\d+[.,]\d+)(?:\s+-?[\d.]+){1,2}")


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
    text = text.translate(_SIGNS).strip()
    if text.isascii():
        return text
    for letter, pattern in forms()["hemispheres"].items():
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


def read_position(text: str) -> tuple[float, float]:
    """What :func:`read_pair` reads, or one sentence that says what to write.

    Raises
    ------
    ValueError
        With that sentence.
    """
    try:
        return read_pair(text)
    except ValueError:
        raise ValueError(
            f"{shown(text)} is not a position: give latitude, then longitude, such as 39.991, 46.9274, "
            "also with degrees and minutes, or as POINT (46.9274 39.991)."
        ) from None


def _sign(before: str | None, after: str | None, letters: str) -> int:
    letter = (before or after or letters[0]).upper()
    if (before and after) or letter not in letters:
        raise ValueError("no such hemisphere")
    return -1 if letter in "SW" else 1

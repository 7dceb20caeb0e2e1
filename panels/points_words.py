"""What is wrong with a list or a row of it, in the reader's language; what has no translation stays English."""

from __future__ import annotations

import re
from functools import cache

from geodata.attribution.positions import IMPOSSIBLE, NULL_ISLAND, SWAPPED, SWAPPED_EARTH
from geodata.attribution.row_extents import ENDS_EARLY
from geodata.attribution.written_day import EARLY, FORMS
from layers.wording import Translate, Wording

REASONS = (
    *(f"it has no {what}" for what in ("date", "latitude", "longitude", "geometry")),
    *(f"its {what} … is not a number of degrees" for what in ("latitude", "longitude")),
    f"its date … can't be read; {FORMS}",
    "its date … is not a day of the calendar",
    "its date … ends before it starts",
    "its date … can be read as two days; write YYYY-MM-DD, or say what 03/04/2020 means",
    EARLY,
    ENDS_EARLY,
    IMPOSSIBLE, SWAPPED, SWAPPED_EARTH, NULL_ISLAND,
)  # fmt: skip
"""Why a row could not be read, without what it quotes (:mod:`geodata.attribution.reasons`)."""

FAULTS = (
    "the file is empty.",
    "the file is empty: there is a header but no row.",
    "the file is empty: there is no header line and no row.",
    "the file is empty: its sheet has no row.",
    "the file is empty: it has no feature.",
    "the file has more than {rows} rows: split it.",
    "the file has {size} bytes; at most {most} are read.",
    "the header names {columns} columns; at most {most} are read.",
    "the first line is not the header of a CSV.",
    "the file is XML or HTML: name it .kml or .gpx if it is that; nothing else in XML is read.",
    "the file is a zip archive or a spreadsheet: name it .xlsx, .kmz or .zip.",
    "the file is an old spreadsheet: save it as XLSX or CSV.",
    "the file is compressed (gzip): unpack it first.",
    "the file is a PDF.",
    "the file is locked with a password: save it without one.",
    "the file is not GeoJSON: “{expected}” was expected, but there is “{found}”.",
    "the file is not a FeatureCollection but “{type}”: put the points into a FeatureCollection.",
    "the file nests deeper than {levels} levels: it is refused.",
    "the file takes more than {seconds} seconds of work: split it.",
    "the rows of the file take more than {size} MB: split it.",
    "the file holds values that can't be read as the type of their column.",
    "latitude and longitude{names} are swapped: {swapped} of the first {rows} rows lie in the mapped area only the other way round; exchange them.",
)
"""Why a list can't be used: what the readers of files say most, with its figures and names left open."""


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((fault, re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.*)", re.escape(fault)))) for fault in FAULTS)


def fault(sentence: str, w: Wording) -> str:
    """Why a list can't be used, in the reader's language."""
    for template, pattern in _patterns():
        if found := pattern.fullmatch(sentence):
            return w.tr(template).format_map({name: _number(text, w) for name, text in found.groupdict().items()})
    return sentence


def _number(text: str, w: Wording) -> str:
    return w.number(int(text.replace(",", ""))) if re.fullmatch(r"\d[\d,]*", text) else text


def reason(problem: str, tr: Translate) -> str:
    """What is wrong with a row, in the reader's language, with what it quotes."""
    quoted = re.search("“.*”", problem)
    kind = problem.replace(quoted[0], "…") if quoted else problem
    return tr(kind).replace("…", quoted[0] if quoted else "…") if kind in REASONS else problem

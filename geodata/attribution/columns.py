"""Which columns hold place, date and precision, and what the added columns are called."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import pyarrow as pa

from geodata.attribution.budget import InputError
from geodata.attribution.precision_table import Code, CodeTable, column_of, precision_tables
from geodata.attribution.reading.source import Source
from geodata.attribution.said import Said
from geodata.attribution.words import headers, name_parts

Role = Literal["lat", "lon", "date", "place"]
WORDS = {
    "lat": Said("latitude"),
    "lon": Said("longitude"),
    "date": Said("date"),
    "date-end": Said("last day"),
    "place": Said("place"),
}
ADDED = (
    "controller", "sovereign", "certain", "or", "share", "zones", "clauses", "edge_m", "accuracy_m", "border_m",
    "border_accuracy_m", "near_border", "unit", "as_of", "rule", "radius_m", "first", "last", "outside", "problem",
)  # fmt: skip
"""Columns that are added, with the names and meanings that ``geodata at --json`` uses where it has them."""
TWICE = "there is more than one column “{column}”: give the {what} a name of its own."
SHORT = 2
"""A word of a name is compared by itself only if it is longer than this."""


@dataclass(frozen=True)
class Precision:
    """A column that says how precise a row is, in days on either side or metres around; ``codes`` is None for numbers."""

    name: str
    gives: Literal["days", "metres"]
    table: str
    codes: dict[str, Code] | None = None


@dataclass(frozen=True)
class Columns:
    """Names of the columns used.

    ``geometry`` (well-known binary) or ``place`` (both coordinates as text) replaces ``lat`` and ``lon``.  ``date_end`` holds the
    last day of a span.  ``radius_m`` is that of all rows that have none of their own.
    """

    lat: str | None
    lon: str | None
    date: str
    geometry: str | None
    added: dict[str, str]
    place: str | None = None
    date_end: str | None = None
    precision: tuple[Precision, ...] = ()
    radius_m: float = 0

    def sentence(self) -> str:
        """What is read as what."""
        place = self.geometry or self.place
        where = f"place “{place}”" if place else f"latitude “{self.lat}”, longitude “{self.lon}”"
        when = f"first day “{self.date}”, last day “{self.date_end}”" if self.date_end else f"date “{self.date}”"
        exact = "".join(f", precision “{column.name}” ({column.table})" for column in self.precision)
        radius = f", radius {self.radius_m:g} m" if self.radius_m else ""
        return f"Read as {where}, {when}{exact}{radius}."


def choose(
    source: Source,
    lat: str | None = None,
    lon: str | None = None,
    date: str | None = None,
    *,
    date_end: str | None = None,
    place: str | None = None,
    accuracy: str | None = None,
    tables: tuple[CodeTable, ...] | None = None,
) -> Columns:
    """Settle which columns are used: the ones named, those of the format, or the one with a usual name.

    Parameters
    ----------
    place
        A column that holds both coordinates.
    accuracy
        A column of metres, or a number of metres for all rows.
    tables
        What codes of precision mean; an empty tuple for taking no notice of them.

    Raises
    ------
    InputError
        Naming what is missing and what there is, or which columns it could be.
    """
    names = source.schema.names
    tables = precision_tables() if tables is None else tables
    given = {"lat": lat, "lon": lon, "date": date, "date-end": date_end, "place": place}
    for role, name in given.items():
        if name is not None:
            _named(names, role, name)
    found = _place(source, lat, lon, place)
    begin, end = _days(source, date, date_end)
    for role, name in (("lat", found.lat), ("lon", found.lon), ("place", found.place), ("date", begin), ("date", end)):
        if name is not None:
            _check(source.schema, role, name)
    taken = set(names)
    added = {name: _free(name, taken) for name in (ADDED if found.lat else ("lat", "lon", *ADDED))}
    precision, radius = _precision(source, found.lat, tables, accuracy)
    return replace(found, date=begin, date_end=end, added=added, precision=precision, radius_m=radius)


def candidates(source: Source, role: Role) -> list[str]:
    """Columns that may well hold the latitude, longitude, date or place, those with the plainest names only."""
    own = {"lat": source.lat, "lon": source.lon, "date": source.date}.get(role)
    if own:
        return [own]
    names = source.schema.names
    if role == "date":
        names = [name for name in names if column_of(name, precision_tables()) is None]
        return _matching(names, headers()["date"]) or _matching(names, headers()["date_else"])
    if role == "place":
        return _matching(names, headers()["pair"], whole=True) or _matching(names, headers()["wkt"], whole=True)
    return _matching(names, headers()[role])


def span_candidates(source: Source) -> tuple[str, str] | None:
    """The columns of a first and a last day, if there is such a pair."""
    if source.date_end:
        return str(source.date), source.date_end
    dated = _matching(source.schema.names, headers()["date"], whole=True)
    for first, last in [*headers()["spans"], *(headers()["spans_else"] if not dated else ())]:
        found = [_matching(source.schema.names, [word], whole=True) for word in (first, last)]
        if len(found[0]) == len(found[1]) == 1:
            return found[0][0], found[1][0]
    return None


def _matching(names: list[str], words: list[str], *, whole: bool = False) -> list[str]:
    """Names that are one of some words; else those that end in one; else those that begin with one."""
    known = {"".join(name_parts(word)) for word in words}
    parts = {name: name_parts(name) for name in names}
    for found in (
        [name for name in names if "".join(parts[name]) in known],
        [name for name in names if parts[name] and len(parts[name][-1]) > SHORT and parts[name][-1] in known],
        [name for name in names if parts[name] and len(parts[name][0]) > SHORT and parts[name][0] in known],
    ):
        if found or whole:
            return found
    return []


def _place(source: Source, lat: str | None, lon: str | None, place: str | None) -> Columns:
    """The columns of the position; the others are still to be found."""
    if place is not None:
        return Columns(None, None, "", None, {}, place)
    if lat is None and lon is None:
        if source.geometry:
            return Columns(None, None, "", source.geometry, {})
        if not (candidates(source, "lat") and candidates(source, "lon")) and (found := candidates(source, "place")):
            return Columns(None, None, "", None, {}, _only(source, "place", found))
    found_lat, found_lon = _find(source, "lat", lat), _find(source, "lon", lon)
    if found_lat == found_lon:
        raise InputError(
            "column “{column}” can't be latitude and longitude at once: name the other with --lon.", column=found_lat
        )
    return Columns(found_lat, found_lon, "", None, {})


def _days(source: Source, date: str | None, date_end: str | None) -> tuple[str, str | None]:
    """The columns of the date, or of the first and the last day."""
    if date is None and date_end is None and (pair := span_candidates(source)):
        return pair
    return _find(source, "date", date), date_end


def _precision(
    source: Source, lat: str | None, tables: tuple[CodeTable, ...], accuracy: str | None
) -> tuple[tuple[Precision, ...], float]:
    """Columns that say how precise a row is, and the radius of all rows."""
    names, found, radius = source.schema.names, [], 0.0
    if accuracy is not None and accuracy in names:
        found.append(Precision(accuracy, "metres", "--accuracy"))
    elif accuracy is not None:
        radius = _metres(accuracy, names)
    beside = name_parts(lat)[:-1] if lat else ()
    for name in names:
        parts = name_parts(name)
        if any(name == other.name for other in found):
            continue
        if match := column_of(name, tables):
            found.append(Precision(name, match[1].gives, match[0].id, match[1].codes))
        elif tables and beside and parts in {(*beside, "precision"), (*beside, "accuracy")}:
            found.append(Precision(name, "metres", "receiver"))
    return tuple(found), radius


def _metres(text: str, names: list[str]) -> float:
    try:
        metres = float(text)
    except ValueError:
        metres = -1.0
    if not 0 <= metres <= 1_000_000:
        raise InputError(
            "--accuracy takes a column or a number of metres, not “{value}”; the columns are {columns}.",
            value=text[:60],
            columns=_listed(names),
        )
    return metres


def _check(schema: pa.Schema, role: str, name: str) -> None:
    """Refuse columns whose type no position or date can have."""
    kind = schema.field(name).type
    value = kind.value_type if pa.types.is_dictionary(kind) else kind
    text = [pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_null]
    number = [pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal]
    tests = {"date": [*text, pa.types.is_integer, pa.types.is_date, pa.types.is_timestamp], "place": text}
    if not any(test(value) for test in tests.get(role, text + number)):
        raise InputError(
            "column “{column}” holds {type}: that is not a {what}.",
            column=name[:60],
            type=str(kind)[:60],
            what=WORDS[role],
        )


def _free(name: str, taken: set[str]) -> str:
    """The name itself, or ``atlas_…`` where the file already has such a column."""
    free = name
    while free in taken:
        free = f"atlas_{free}"
    taken.add(free)
    return free


def _named(names: list[str], role: str, given: str) -> None:
    """Refuse a column that is named but not there, or there twice."""
    if given not in names:
        raise InputError(
            "there is no column “{column}”; the columns are {columns}.", column=given[:60], columns=_listed(names)
        )
    if f"{given}.2" in names:
        raise InputError(TWICE, column=given, what=WORDS[role])


def _find(source: Source, role: Role, given: str | None) -> str:
    return given if given is not None else _only(source, role, candidates(source, role))


def _only(source: Source, role: Role, found: list[str]) -> str:
    """The one column that was found."""
    names = source.schema.names
    base = {name.partition(".")[0] for name in names if name.partition(".")[2].isdigit()}
    if len(found) == 1 and found[0] in base:
        raise InputError(TWICE, column=found[0], what=WORDS[role])
    if len(found) > 1:
        raise InputError(
            "the {what} could be in any of {columns}: choose with {option}.",
            what=WORDS[role],
            columns=_listed(found),
            option=f"--{role}",
        )
    if not found:
        place = " (or --place, for one column with both)" if role != "date" else ""
        raise InputError(
            "no column is called {what}: name it with {option}; the columns are {columns}.",
            what=WORDS[role],
            option=f"--{role}{place}",
            columns=_listed(names),
        )
    return found[0]


def _listed(names: list[str]) -> str:
    return ", ".join(f"“{name[:40]}”" for name in names[:12]) + (" …" if len(names) > 12 else "")

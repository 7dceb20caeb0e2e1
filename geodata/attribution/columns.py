"""Which columns hold latitude, longitude and date, and what the added columns are called."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from geodata.attribution.budget import InputError
from geodata.attribution.reading.source import Source

KNOWN = {
    "lat": ("lat", "latitude", "y", "lat_dd", "latitude_dd", "decimallatitude", "enlem"),
    "lon": ("lon", "long", "lng", "longitude", "x", "lon_dd", "longitude_dd", "decimallongitude", "boylam"),
    "date": ("date", "day", "event_date", "eventdate", "incident_date", "datetime", "timestamp", "date_start", "datum"),
}
"""Names by which a column is found when none is given; letters in any case."""
WORDS = {"lat": "latitude", "lon": "longitude", "date": "date"}
ADDED = (
    "controller", "sovereign", "certain", "or", "zones", "clauses", "edge_m", "accuracy_m", "border_m",
    "border_accuracy_m", "near_border", "unit", "as_of", "outside", "problem",
)  # fmt: skip
"""Columns that are added, with the names and meanings that ``geodata at --json`` uses."""


@dataclass(frozen=True)
class Columns:
    """Names of the columns used; ``geometry`` replaces ``lat`` and ``lon`` where points are well-known binary."""

    lat: str | None
    lon: str | None
    date: str
    geometry: str | None
    added: dict[str, str]


def choose(source: Source, lat: str | None = None, lon: str | None = None, date: str | None = None) -> Columns:
    """Settle which columns are used: the ones named, those of the format, or the one with a usual name.

    Raises
    ------
    InputError
        Naming what is missing and what there is, or which columns it could be.
    """
    names = source.schema.names
    geometry = source.geometry if lat is None and lon is None else None
    found_date = _find(source, "date", date)
    found_lat = found_lon = None
    if geometry is None:
        found_lat = _find(source, "lat", lat or source.lat)
        found_lon = _find(source, "lon", lon or source.lon)
        if found_lat == found_lon:
            raise InputError(
                f"column “{found_lat}” can't be latitude and longitude at once: name the other with --lon."
            )
    for role, name in (("lat", found_lat), ("lon", found_lon), ("date", found_date)):
        if name is not None:
            _check(source.schema, role, name)
    taken = set(names)
    added = {name: _free(name, taken) for name in (("lat", "lon", *ADDED) if geometry else ADDED)}
    return Columns(found_lat, found_lon, found_date, geometry, added)


def _check(schema: pa.Schema, role: str, name: str) -> None:
    """Refuse columns whose type no position or date can have."""
    kind = schema.field(name).type
    value = kind.value_type if pa.types.is_dictionary(kind) else kind
    tests = [
        pa.types.is_string,
        pa.types.is_large_string,
        pa.types.is_string_view,
        pa.types.is_integer,
        pa.types.is_null,
    ]
    number = [pa.types.is_floating, pa.types.is_decimal]
    tests += [pa.types.is_date, pa.types.is_timestamp] if role == "date" else number
    if not any(test(value) for test in tests):
        raise InputError(f"column “{name[:60]}” holds {str(kind)[:60]}: that is not a {WORDS[role]}.")


def candidates(source: Source, role: str) -> list[str]:
    """Columns whose name says that they hold the ``lat``, ``lon`` or ``date``."""
    own = {"lat": source.lat, "lon": source.lon}.get(role)
    return [own] if own else [name for name in source.schema.names if name.strip().casefold() in KNOWN[role]]


def _free(name: str, taken: set[str]) -> str:
    """The name itself, or ``atlas_…`` where the file already has such a column."""
    free = name
    while free in taken:
        free = f"atlas_{free}"
    taken.add(free)
    return free


def _find(source: Source, role: str, given: str | None) -> str:
    names = source.schema.names
    if given is not None:
        if given not in names:
            raise InputError(f"there is no column “{given[:60]}”; the columns are {_listed(names)}.")
        if f"{given}.2" in names:
            raise InputError(f"there is more than one column “{given}”: give the {WORDS[role]} a name of its own.")
        return given
    found = candidates(source, role)
    base = {name.partition(".")[0] for name in names if name.partition(".")[2].isdigit()}
    if len(found) == 1 and found[0] in base:
        raise InputError(f"there is more than one column “{found[0]}”: give the {WORDS[role]} a name of its own.")
    if len(found) > 1:
        listed = " or ".join(f"“{name}”" for name in found)
        raise InputError(f"the {WORDS[role]} could be {listed}: choose with --{role}.")
    if not found:
        raise InputError(f"no column is called {WORDS[role]}: name it with --{role}; the columns are {_listed(names)}.")
    return found[0]


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"“{name[:40]}”" for name in names[:12])
    return shown + (f" and {len(names) - 12} more" if len(names) > 12 else "")

"""The state of a day, or the whole history, as data in seven formats.

>>> content = export("2020-11-25", load_record(), load_ground(), "geojson")  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from geodata.dates import parse_day
from geodata.features import Row
from geodata.ground import Ground
from geodata.integrity import data_version
from geodata.model import Record
from geodata.translations import in_language
from layers.export.rows import rows_of
from layers.wording import wording
from layers.wording.vocabulary import N


class Format(NamedTuple):
    """What a format of features is called, and its media type."""

    name: str
    media: str


FORMATS = {
    "geojson": Format("GeoJSON", "application/geo+json"),
    "gpkg": Format("GeoPackage", "application/geopackage+sqlite3"),
    "kml": Format("KML", "application/vnd.google-earth.kml+xml"),
    "csv": Format("CSV", "text/csv"),
    "parquet": Format("GeoParquet", "application/vnd.apache.parquet"),
    "fgb": Format("FlatGeobuf", "application/flatgeobuf"),
    "zip": Format("Shapefile", "application/zip"),
}
"""By the ending of a file's name; ``zip`` is an archive of Shapefiles."""
LICENCE = N("ODbL-1.0 (shapes) and CC-BY-4.0 (record); every feature names its own")
NOTE = N("Control is not sovereignty: the data say who held ground on a day, not to whom it belongs.")


def export(
    day: str,
    record: Record,
    ground: Ground,
    fmt: str,
    *,
    history: bool = False,
    layers: Iterable[str] | None = None,
    known: str | None = None,
    later: bool = False,
    name: str = "atlas",
    lang: str = "en",
) -> bytes:
    """Write the state of a day as data.

    Parameters
    ----------
    day
        ISO day, Asia/Baku; after the end of coverage the last state, and every feature says so in ``as_of``.
    fmt
        One of :data:`FORMATS`.
    history
        The whole record instead of one day: a row for each period, with ``since`` and ``until``.
    layers
        Ids of the layers wanted; all when None.
    known
        Deadlines as announced by this day; default: the same day.  A history knows all.
    later
        Whether the file of a day may tell what came after that day.
    name
        Name that a GeoPackage will have, without its ending: the project inside names its file.
    lang
        Language of the record's texts (titles, notes, views), of why there is no deadline, of the file's heading, of
        what its columns and values mean, and of the project in a GeoPackage.  Ids, values, names of columns and
        quotations are the same in all.

    Returns
    -------
    bytes
        The file.  The same input gives the same bytes.  Geometry is WGS84, longitude before latitude.

    Raises
    ------
    ValueError
        For an unknown format or layer, or a day before the record begins.
    """
    if fmt not in FORMATS:
        raise ValueError(f"There is no format “{fmt}”; the formats are {', '.join(FORMATS)}.")
    on = None if history else day
    asked, known_by = _days(ground, on, known)
    told = in_language(record, lang)
    rows = rows_of(told, ground, asked, history=history, layers=layers, known=known_by, later=later, lang=lang)
    heading = heading_of(record, ground, on, known, lang)
    if fmt == "gpkg":
        from layers.export.gpkg import Extras
        from layers.export.gpkg import write as write_gpkg

        return write_gpkg(rows, heading, Extras(told, ground, asked, history, known_by, later, layers, name, lang))
    if fmt == "kml":
        from layers.export.kml import write as write_kml

        return write_kml(rows, heading, lang, history=history)
    if fmt == "zip":
        from layers.export.shapefile import write as write_shapefile

        return write_shapefile(rows, heading, lang)
    return _write(fmt, rows, heading)


def title_of(record: Record, lang: str = "en") -> str:
    """The title of every file."""
    tr = wording(lang).tr
    return f"{tr('Ceasefire Atlas')}. {tr(record.statement.headline)}"


def _days(ground: Ground, on: str | None, known: str | None) -> tuple[date, date | None]:
    """The day that a file is about, no later than the coverage, and by which day things had been announced."""
    if on is None:
        return ground.coverage_end, None
    return ground.day_covered(parse_day(on)), parse_day(known) if known else None


def heading_of(
    record: Record, ground: Ground, on: str | None = None, known: str | None = None, lang: str = "en"
) -> dict[str, str]:
    """What stands at the head of every file: title, day, note, credits, version, licence, how to cite it.

    ``on`` and ``known`` are ISO days as in :func:`export`; without ``on`` the file holds the whole history, which knows all.
    ``link`` is the query that, after the address of a page or site of the atlas, opens that day in this version of the data.
    """
    tr, version = wording(lang).tr, data_version()
    day, known_by = _days(ground, on, known)
    if on is None:
        state = tr("whole history")
    elif known_by:
        state = tr("state of {day} as known on {known}", day=day, known=known_by)
    else:
        state = tr("state of {day}", day=day)
    link = f"?{urlencode({'on': day.isoformat(), 'v': version})}"
    return {
        "title": title_of(record, lang),
        "state": state,
        "on": day.isoformat(),
        "known": (known_by or day).isoformat(),
        "note": tr(NOTE),
        "credits": tr(ground.credits),
        "licence": tr(LICENCE),
        "version": version,
        "link": link,
        "citation": tr(
            "Ceasefire Atlas: the statement of {date}. {state}. View {link}, data version {version}.",
            date=in_language(record, lang).statement.date_label,
            state=f"{state[0].upper()}{state[1:]}",
            link=link,
            version=version,
        ),
        "identifiers": "; ".join(f"{item.name} {item.id}" for item in record.identifiers.registered),
        "same_as": "; ".join(record.identifiers.same_as),
        "coverage_start": ground.coverage_start.isoformat(),
        "coverage_end": ground.coverage_end.isoformat(),
        "stamped": f"{ground.coverage_end.isoformat()}T00:00:00.000Z",
    }


def _write(fmt: str, rows: dict[str, list[Row]], heading: dict[str, str]) -> bytes:
    if fmt == "geojson":
        from layers.export.geojson import write

        return write(rows, heading)
    if fmt == "csv":
        from layers.export.csv import write as write_csv

        return write_csv(rows)
    if fmt == "parquet":
        from layers.export.parquet import write as write_parquet

        return write_parquet(rows, heading)
    from layers.export.flatgeobuf import write as write_flatgeobuf

    return write_flatgeobuf(rows, heading)

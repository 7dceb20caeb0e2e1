"""The state of a day, or the whole history, as data in seven formats.

>>> content = export("2020-11-25", load_record(), load_ground(), "geojson")  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from geodata.dates import parse_day
from geodata.features import Row, history_rows, rows_on, with_layers
from geodata.ground import Ground
from geodata.model import Record

FORMATS = ("geojson", "gpkg", "kml", "csv", "parquet", "fgb", "zip")
"""By the ending of a file's name; ``zip`` is an archive of Shapefiles."""
TITLE = "Ceasefire Atlas: the statement of 9/10 November 2020 on the ground"
NOTE = "Control is not sovereignty: the data say who held ground on a day, not to whom it belongs."


def export(
    day: str,
    record: Record,
    ground: Ground,
    fmt: str,
    *,
    history: bool = False,
    layers: Iterable[str] | None = None,
    known: str | None = None,
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
        Deadlines as announced by this day; default: the same day.

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
    rows = (
        history_rows(ground, record)
        if history
        else rows_on(ground, record, parse_day(day), known=parse_day(known) if known else None)
    )
    if layers is not None:
        rows = with_layers(rows, layers, record)
    heading = heading_of(ground, ground.day_covered(parse_day(day)), history=history)
    return _write(fmt, rows, heading, record, ground)


def heading_of(ground: Ground, day: date, *, history: bool) -> dict[str, str]:
    """What stands at the head of every file: title, day, note, credits, coverage."""
    return {
        "title": TITLE,
        "state": "whole history" if history else f"state of {day}",
        "day": (ground.coverage_end if history else day).isoformat(),
        "note": NOTE,
        "credits": ground.credits,
        "coverage_end": ground.coverage_end.isoformat(),
    }


def _write(fmt: str, rows: dict[str, list[Row]], heading: dict[str, str], record: Record, ground: Ground) -> bytes:
    if fmt == "geojson":
        from layers.export.geojson import write

        return write(rows, heading)
    if fmt == "kml":
        from layers.export.kml import write as write_kml

        return write_kml(rows, heading)
    if fmt == "csv":
        from layers.export.csv import write as write_csv

        return write_csv(rows)
    if fmt == "parquet":
        from layers.export.parquet import write as write_parquet

        return write_parquet(rows, heading)
    if fmt == "fgb":
        from layers.export.flatgeobuf import write as write_flatgeobuf

        return write_flatgeobuf(rows, heading)
    if fmt == "zip":
        from layers.export.shapefile import write as write_shapefile

        return write_shapefile(rows, heading)
    from layers.export.gpkg import write as write_gpkg

    return write_gpkg(rows, heading, record, ground)

"""``python -m geodata attribute IN --out OUT``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    """Register the command with an argparse subparsers object; nothing heavy is imported until it runs."""
    text = "Your own points: who held each on its day, which zones and clauses applied, how sure that is."
    sub = commands.add_parser("attribute", help=text, description=text)
    sub.add_argument(
        "source",
        metavar="IN",
        help="CSV, GeoJSON, GeoPackage, FlatGeobuf, zipped Shapefile, Parquet or GeoParquet; with --dask also a folder or an address",
    )
    sub.add_argument(
        "--out",
        required=True,
        metavar="OUT",
        help="ends in .csv, .parquet, .gpkg, .geojson or .fgb; with --dask a folder for the parts",
    )
    sub.add_argument(
        "--layer", metavar="NAME", help="the table of a GeoPackage, or the Shapefile of an archive, that has several"
    )
    sub.add_argument("--lat", metavar="COLUMN", help="latitude, WGS84 decimal degrees")
    sub.add_argument("--lon", metavar="COLUMN", help="longitude")
    sub.add_argument("--date", metavar="COLUMN", help="day, instant with its zone, month or interval")
    sub.add_argument("--date-end", metavar="COLUMN", help="the last day, where --date is the first")
    sub.add_argument("--place", metavar="COLUMN", help="both coordinates in one column, such as 39.99, 46.93")
    sub.add_argument(
        "--accuracy", metavar="COLUMN", help="radius around the place in metres: a column, or a number for all"
    )
    sub.add_argument(
        "--precision",
        metavar="FILE",
        help="what codes of precision mean (YAML, as geodata/attribution/words/precision.yaml), or none to take no notice of them",
    )
    sub.add_argument(
        "--serial", type=int, choices=(1900, 1904), help="dates are a spreadsheet's day numbers from this year"
    )
    sub.add_argument("--date-order", choices=("dmy", "mdy"), help="what 03/04/2020 means; not read without it")
    sub.add_argument("--dask", metavar="ADDRESS", help="run on this Dask scheduler, such as tcp://10.0.0.1:8786")
    sub.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Place a file; bad input raises ValueError with one sentence."""
    from geodata.attribution.reading import InputError

    try:
        if arguments.dask:
            from geodata.attribution.cluster import run_on_cluster

            summary = run_on_cluster(arguments)
        else:
            summary = _locally(arguments)
    except InputError as error:
        raise InputError(f"“{arguments.source}”: {error}") from error
    sentences = list(summary.sentences())
    if any("03/04/2020" in sentence for sentence in sentences):
        sentences.append("--date-order dmy or mdy says what 03/04/2020 means.")
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    print("Control is not sovereignty.", file=sys.stderr)
    return 0


def columns_of(source: Any, arguments: argparse.Namespace) -> Any:
    """The columns that the options name, or that the file has by usual names; what is read as what is told."""
    from geodata.attribution.columns import choose
    from geodata.attribution.precision_table import precision_tables

    own = arguments.precision
    columns = choose(
        source,
        arguments.lat,
        arguments.lon,
        arguments.date,
        date_end=arguments.date_end,
        place=arguments.place,
        accuracy=arguments.accuracy,
        tables=() if own == "none" else precision_tables(Path(own)) if own else None,
    )
    for message in [*source.messages, columns.sentence()]:
        print(message, file=sys.stderr)
    for name, given in columns.added.items():
        if name != given:
            print(f"The file has a column “{name}” already: the added one is called “{given}”.", file=sys.stderr)
    return columns


def date_rules(arguments: argparse.Namespace) -> Any:
    """How dates are to be read, by the options."""
    from geodata.attribution.written_day import DateRules

    return DateRules(arguments.date_order, arguments.serial)


def _locally(arguments: argparse.Namespace) -> Any:
    from geodata.atomic_write import OutputError
    from geodata.attribution.local import run as place
    from geodata.attribution.progress import Progress
    from geodata.attribution.reading import open_source
    from geodata.attribution.writing import ending
    from geodata.ground import POINT, load_ground

    source_path, out = Path(arguments.source), Path(arguments.out)
    ending(out)
    if out.exists() and source_path.exists() and out.samefile(source_path):
        raise OutputError("IN and OUT are the same file: give the result a name of its own.")
    if not out.parent.is_dir() or out.is_dir():
        raise OutputError(
            f"“{out}” can't be written: "
            + ("it is a folder." if out.is_dir() else f"there is no folder “{out.parent}”.")
        )
    source = open_source(source_path, layer=arguments.layer)
    progress = Progress()
    try:
        columns = columns_of(source, arguments)
        ground = load_ground(files=POINT)
        return place(ground, source, columns, out, date_rules(arguments), progress)
    finally:
        progress.close()
        source.close()

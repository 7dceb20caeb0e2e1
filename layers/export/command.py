"""``python -m layers export``, ``tables`` and ``package``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geodata.atomic_write import write_whole
from geodata.dates import parse_day
from geodata.ground import Ground
from geodata.model import Record
from geodata.translations import in_language
from layers.cli.data import load, report
from layers.cli.files import check_target, format_of, make_folder
from layers.cli.options import day
from layers.wording import LANGUAGES


def add(commands: Any) -> None:
    """Register the commands with an argparse subparsers object."""
    sub = commands.add_parser("export", help="The state of a day, or the whole history, as data.")
    when = sub.add_mutually_exclusive_group(required=True)
    when.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="the day whose state is wanted")
    when.add_argument("--all", action="store_true", help="the whole history instead of one day")
    sub.add_argument("--known", type=day, metavar="YYYY-MM-DD", help="deadlines as announced by this day")
    sub.add_argument("--layers", metavar="ID,ID", help="only these layers")
    sub.add_argument("--with-later", action="store_true", help="let the file of a day tell what came after that day")
    sub.add_argument(
        "--lang",
        choices=LANGUAGES,
        default="en",
        help="language of texts, of what columns and values mean, and of the QGIS project",
    )
    sub.add_argument(
        "--out",
        required=True,
        metavar="FILE",
        help="ends in .geojson, .gpkg, .kml, .csv, .parquet, .fgb, or .zip (Shapefile)",
    )
    sub.set_defaults(run=run_export)
    sub = commands.add_parser("tables", help="Obligations, events, changes and sources as CSV, XLSX and JSON.")
    sub.add_argument(
        "--on", type=day, metavar="YYYY-MM-DD", help="the day of the statuses (default: the record's last)"
    )
    sub.add_argument("--known", type=day, metavar="YYYY-MM-DD", help="deadlines as announced by this day")
    sub.add_argument("--with-later", action="store_true", help="let the tables of a day tell what came after that day")
    sub.add_argument("--lang", choices=LANGUAGES, default="en", help="language of texts, and of what columns mean")
    sub.add_argument("--out", required=True, metavar="DIR", help="folder for the thirteen files; made if missing")
    sub.set_defaults(run=run_tables)
    sub = commands.add_parser("package", help="Record, shapes and tables as one versioned data package.")
    sub.add_argument(
        "--lang", choices=LANGUAGES, default="en", help="language of the tables and of what describes them"
    )
    sub.add_argument("--out", required=True, metavar="FILE", help="ends in .zip")
    sub.set_defaults(run=run_package)


def run_export(arguments: argparse.Namespace) -> int:
    """Write one file; bad input raises ValueError with one sentence."""
    from layers.export import FORMATS, export

    fmt = format_of(arguments.out, tuple(FORMATS))
    check_target(arguments.out)
    record, ground = load()
    on = arguments.on or ground.coverage_end.isoformat()
    layers = arguments.layers.split(",") if arguments.layers else None
    content = export(
        on,
        record,
        ground,
        fmt,
        history=arguments.all,
        layers=layers,
        known=arguments.known,
        later=arguments.with_later,
        name=Path(arguments.out).stem,
        lang=arguments.lang,
    )
    report(write_whole(arguments.out, content))
    if fmt == "csv":
        _beside(Path(arguments.out), arguments, record, ground)
    for sentence in notices(arguments, fmt, record, ground):
        print(sentence, file=sys.stderr)
    return 0


def _beside(path: Path, arguments: argparse.Namespace, record: Record, ground: Ground) -> None:
    """Write what the CSV can't hold into a file beside it."""
    from layers.export import heading_of
    from layers.export.csvw import ENDING, of_features

    heading = heading_of(record, ground, arguments.on, arguments.known, arguments.lang)
    report(write_whole(path.with_name(path.name + ENDING), of_features(path.name, heading, arguments.lang)))


def notices(arguments: argparse.Namespace, fmt: str, record: Record, ground: Ground) -> Iterator[str]:
    """One sentence for each option without effect, an empty file, and a day beyond the record."""
    from layers.export.rows import rows_of

    end = ground.coverage_end
    if arguments.all:
        for option, given in (("--known", arguments.known), ("--with-later", arguments.with_later)):
            if given:
                yield f"{option} has no effect with --all: the whole history tells everything."
    elif arguments.on > end.isoformat():
        yield f"The record ends on {end}: the file holds the state of that day."
    if arguments.layers:
        day = parse_day(arguments.on) if arguments.on else end
        found = rows_of(record, ground, day, history=arguments.all, layers=arguments.layers.split(","))
        if not any(found.values()):
            yield f"The file is empty: nothing of {arguments.layers} is there on that day as data."
        if fmt == "gpkg":
            yield "The tables obligations, event_list, changes and sources are whole: --layers chooses layers only."


def run_tables(arguments: argparse.Namespace) -> int:
    """Write the tables into a folder, in each format, and what the CSV can't hold beside them."""
    from layers.export import heading_of
    from layers.export.csvw import FOLDER, of_tables
    from layers.export.tables import FORMATS, tables, write

    folder = make_folder(Path(arguments.out))
    record, ground = load()
    end = ground.coverage_end
    on = arguments.on or end.isoformat()
    found = tables(
        in_language(record, arguments.lang),
        ground,
        on,
        arguments.known,
        later=arguments.with_later,
        lang=arguments.lang,
    )
    for name, table in found.items():
        for fmt in FORMATS:
            report(write_whole(folder / f"{name}.{fmt}", write(table, fmt, name)))
    heading = heading_of(record, ground, on, arguments.known, arguments.lang)
    report(write_whole(folder / FOLDER, of_tables(heading, arguments.lang)))
    if on > end.isoformat():
        print(f"The record ends on {end}: the tables hold the state of that day.", file=sys.stderr)
    elif on < end.isoformat() and not arguments.with_later:
        print(f"The tables tell nothing that came after {on}; --with-later puts it in.", file=sys.stderr)
    return 0


def run_package(arguments: argparse.Namespace) -> int:
    """Write the data package."""
    from layers.export.package import package

    format_of(arguments.out, ("zip",))
    check_target(arguments.out)
    report(write_whole(arguments.out, package(*load(), arguments.lang)))
    return 0

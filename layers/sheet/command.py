"""``python -m layers snapshot``, ``sheet``, ``sheets`` and ``animation``."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from geodata.atomic_write import write_whole
from geodata.dates import parse_day
from layers.cli.data import load, report
from layers.cli.files import check_target, format_of
from layers.cli.options import add_state_options, state_values
from layers.sheet import FORMATS, KINDS, checked_kind, checked_state, render, sheet
from layers.sheet.paper import SIZES
from layers.wording import LANGUAGES


def add(commands: Any) -> None:
    """Register the commands with an argparse subparsers object."""
    sub = commands.add_parser("snapshot", help="The print sheet of any state, as PNG, SVG or PDF.")
    sub.add_argument("--on", required=True, metavar="YYYY-MM-DD", help="the day that the sheet shows")
    sub.add_argument("--from", dest="from_", metavar="YYYY-MM-DD", help="compare with this earlier day")
    add_state_options(sub)
    sub.add_argument("--compare", metavar="HOW", help="with --from: beside (two maps) or changes (one)")
    _paper(sub)
    _address(sub)
    sub.add_argument("--map-only", action="store_true", help="the map without the page, as SVG whose text is text")
    sub.add_argument("--out", required=True, metavar="FILE", help="ends in .png, .svg or .pdf")
    sub.set_defaults(run=run)
    _add_kinds(commands)
    sub = commands.add_parser("sheets", help="All pages of a kind: of every day, every clause, in every language.")
    sub.add_argument("--kind", default="one", metavar="KIND", help=f"{', '.join(KINDS)}, or all of them: all (one)")
    sub.add_argument("--langs", metavar="LANG,LANG", help="one file for each language: en, az, hy, ru")
    add_state_options(sub)
    _paper(sub, size=None)
    _address(sub)
    sub.add_argument("--format", metavar="FORMAT", help="png, svg or pdf (png; several pages are pdf)")
    sub.add_argument("--out", required=True, metavar="DIR", help="folder for the sheets; made if missing")
    sub.set_defaults(run=run_batch)
    sub = commands.add_parser("animation", help="The timeline as a film (MP4 or GIF).")
    sub.add_argument("--from", dest="from_", metavar="YYYY-MM-DD", help="first day (default: the record's)")
    sub.add_argument("--to", metavar="YYYY-MM-DD", help="last day (default: the record's)")
    sub.add_argument("--seconds", type=float, default=60, metavar="N", help="length (60)")
    add_state_options(sub)
    sub.add_argument("--out", required=True, metavar="FILE", help="ends in .mp4 or .gif")
    sub.set_defaults(run=run_animation)


def _add_kinds(commands: Any) -> None:
    sub = commands.add_parser(
        "sheet", help="A kind of page for print: story, class pack, briefing, small multiples and more."
    )
    sub.add_argument("kind", metavar="KIND", help=", ".join(KINDS))
    sub.add_argument("--on", metavar="YYYY-MM-DD", help="the day that the page shows (default: that of the page)")
    sub.add_argument("--from", dest="from_", metavar="YYYY-MM-DD", help="the earlier day, for two and changes")
    sub.add_argument("--days", metavar="DAY,DAY", help="days of multiples (4, 6, 9 or 12) and of lines")
    add_state_options(sub)
    _paper(sub, size=None)
    _address(sub)
    sub.add_argument("--out", required=True, metavar="FILE", help="ends in .pdf; .png and .svg for a single page")
    sub.set_defaults(run=run_kind)


def _address(sub: Any) -> None:
    told = "where the atlas is served, for the permalink"
    sub.add_argument("--address", default=os.environ.get("ATLAS_ADDRESS"), metavar="URL", help=told)


def _paper(sub: Any, size: str | None = "a4") -> None:
    sub.add_argument(
        "--size",
        default=size,
        metavar="SIZE",
        help=f"{', '.join(SIZES)} (wide is 16:9, card 1200x630)",
    )
    sub.add_argument("--dpi", default=150, type=int, metavar="N", help="pixels an inch, for PNG (150)")


def _state(arguments: argparse.Namespace, record: Any, kind: str | None = None, **days: str | None) -> Any:
    return checked_state(state_values(arguments) | days, record, kind)


def _asked(arguments: argparse.Namespace, kind: str | None = None) -> tuple[str, Any, Any, Any]:
    """Format, record, ground and state of one sheet."""
    fmt = format_of(arguments.out, FORMATS)
    check_target(arguments.out)
    record, ground = load()
    return fmt, record, ground, _state(arguments, record, kind, on=arguments.on, **{"from": arguments.from_})


def run(arguments: argparse.Namespace) -> int:
    """Write a sheet; bad input raises ValueError with one sentence."""
    fmt, record, ground, state = _asked(arguments)
    if arguments.on > state.on:
        print(f"The record ends on {state.on}: the sheet shows its last state.", file=sys.stderr)
    if arguments.compare and not arguments.from_:
        print("--compare has no effect without --from: the sheet shows one day.", file=sys.stderr)
    options = {name: getattr(arguments, name) for name in ("dpi", "size", "address", "map_only")}
    options["compare"] = arguments.compare or "beside"
    report(write_whole(arguments.out, render(state, record, ground, fmt, **options)))
    return 0


def run_kind(arguments: argparse.Namespace) -> int:
    """Write one kind of page; bad input raises ValueError with one sentence."""
    fmt, record, ground, state = _asked(arguments, arguments.kind)
    days = [day.strip() for day in (arguments.days or "").split(",") if day.strip()]
    options = {name: getattr(arguments, name) for name in ("dpi", "size", "address")}
    report(write_whole(arguments.out, sheet(arguments.kind, state, record, ground, fmt, days=days, **options)))
    return 0


def run_batch(arguments: argparse.Namespace) -> int:
    """Write all pages of a kind; bad input raises ValueError with one sentence."""
    from layers.sheet.batch import ALL, write_all

    record, ground = load()
    kind = arguments.kind if arguments.kind == ALL else checked_kind(arguments.kind)
    languages = tuple(lang.strip() for lang in (arguments.langs or "").split(",") if lang.strip())
    for lang in languages:
        if lang not in LANGUAGES:
            raise ValueError(f"There is no language “{lang}”; the languages are {', '.join(LANGUAGES)}.")
    fmt = arguments.format or ("pdf" if kind != ALL and KINDS[kind].leaflet else "png")
    options = {name: getattr(arguments, name) for name in ("dpi", "size", "address")}
    write_all(arguments.out, record, ground, _state(arguments, record), fmt, kind=kind, languages=languages, **options)
    return 0


def run_animation(arguments: argparse.Namespace) -> int:
    """Write the film."""
    from layers.sheet.animation import animate

    format_of(arguments.out, ("mp4", "gif"))
    check_target(arguments.out)
    for day in (arguments.from_, arguments.to):
        if day is not None:
            parse_day(day)
    record, ground = load()
    state = _state(arguments, record)
    animate(
        arguments.out, record, ground, start=arguments.from_, end=arguments.to, seconds=arguments.seconds, state=state
    )
    report(Path(arguments.out))
    return 0

"""``python -m layers snapshot``."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any


def add(commands: Any) -> None:
    """Register the command with an argparse subparsers object."""
    sub = commands.add_parser("snapshot", help="The print sheet of any state, as PNG, SVG or PDF.")
    sub.add_argument("--on", required=True, metavar="YYYY-MM-DD", help="the day that the sheet shows")
    sub.add_argument("--from", dest="from_", metavar="YYYY-MM-DD", help="compare with this earlier day")
    sub.add_argument("--known", metavar="YYYY-MM-DD", help="deadlines as announced by this day")
    sub.add_argument("--layers", metavar="ID,ID", help="layers that are on, or none")
    sub.add_argument("--clause", metavar="1-9", help="the clause whose areas are lit up")
    sub.add_argument("--lang", metavar="en|az|hy|ru", help="language of the interface words")
    sub.add_argument("--names", metavar="neutral|az|hy|ru", help="which form of a name leads")
    sub.add_argument("--view", metavar="LAT,LON,ZOOM", help="middle and zoom; without it all ground that changed hands")
    sub.add_argument("--size", default="a4", metavar="SIZE", help="a4, a4-portrait or square")
    sub.add_argument(
        "--compare", default="beside", metavar="HOW", help="with --from: beside (two maps) or changes (one)"
    )
    sub.add_argument("--dpi", default=150, type=int, metavar="N", help="pixels an inch, for PNG (150)")
    sub.add_argument(
        "--address",
        default=os.environ.get("ATLAS_ADDRESS"),
        metavar="URL",
        help="where the atlas is served, for the permalink",
    )
    sub.add_argument("--out", required=True, metavar="FILE", help="ends in .png, .svg or .pdf")
    sub.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write a sheet; bad input raises ValueError with one sentence."""
    from layers.export.command import load, say
    from layers.files import check_target, format_of, write_whole
    from layers.sheet import FORMATS, checked_state, render

    fmt = format_of(arguments.out, FORMATS)
    check_target(arguments.out)
    record, ground = load()
    keys = {"from": arguments.from_} | {
        key: getattr(arguments, key) for key in ("on", "known", "layers", "clause", "lang", "names", "view")
    }
    state = checked_state(keys, record)
    if arguments.on > state.on:
        print(f"The record ends on {state.on}: the sheet shows its last state.", file=sys.stderr)
    options = {"dpi": arguments.dpi, "size": arguments.size, "address": arguments.address, "compare": arguments.compare}
    content = render(state, record, ground, fmt, **options)
    say(write_whole(arguments.out, content))
    return 0

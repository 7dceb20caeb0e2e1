"""``python -m layers html``: writes the self-contained document, and the frame that puts it into another page."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from layers.cli.data import load
from layers.cli.options import add_state_options, state_values


def add(subparsers: Any) -> None:
    """Add ``html`` to the command line."""
    parser = subparsers.add_parser("html", help="write the self-contained document")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to write, ending in .html")
    parser.add_argument(
        "--relief",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="whether the relief picture goes in (80 kB)",
    )
    parser.add_argument("--embed", action="store_true", help="print the frame that puts it into another page")
    group = parser.add_argument_group(
        "with --embed", "what the frame begins with; the document holds everything anyway"
    )
    group.add_argument(
        "--controls", metavar="NAME,NAME", help="time, legend, panel, search, zoom, language, or none (default: all)"
    )
    group.add_argument(
        "--address",
        default=os.environ.get("ATLAS_ADDRESS"),
        metavar="URL",
        help="where the file will lie (default: its name)",
    )
    group.add_argument("--on", metavar="YYYY-MM-DD", help="the day shown")
    group.add_argument("--from", dest="from_", metavar="YYYY-MM-DD", help="compare with this earlier day")
    add_state_options(group)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the document; returns the exit code."""
    from geodata.atomic_write import write_whole
    from layers.cli.files import check_target, format_of
    from layers.map.standalone import html

    format_of(arguments.out, ("html", "htm"))
    check_target(arguments.out)
    record, ground = load()
    frame = _frame(arguments, record)
    write_whole(arguments.out, html(record, ground, with_relief=arguments.relief).encode("utf-8"))
    if frame:
        print(frame)
    return 0


def _frame(arguments: argparse.Namespace, record: Any) -> str | None:
    """The frame, where one is asked for; options that only a frame uses are refused without it."""
    from layers.map.embed import chosen, snippet
    from layers.sheet import checked_state
    from layers.view_state import limits

    values = state_values(arguments) | {"on": arguments.on, "from": arguments.from_}
    if not arguments.embed:
        given = [key for key, value in {**values, "controls": arguments.controls}.items() if value is not None]
        if given:
            raise ValueError(f"--{given[0]} says how a frame begins: give --embed with it.")
        return None
    controls = None if arguments.controls is None else chosen(arguments.controls)
    return snippet(arguments.address or arguments.out.name, checked_state(values, record), limits(record), controls)

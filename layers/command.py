"""``python -m layers html``: writes the self-contained document."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


def add(subparsers: Any) -> None:
    """Add ``html`` to the command line."""
    parser = subparsers.add_parser("html", help="write the self-contained document")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to write, ending in .html")
    parser.add_argument("--relief", action="store_true", help="put the relief picture in")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the document; returns the exit code."""
    from geodata.ground import load_ground
    from geodata.loading import load_record
    from layers.files import check_target, format_of, write_whole
    from layers.html import html

    format_of(arguments.out, ("html", "htm"))
    check_target(arguments.out)
    document = html(load_record(), load_ground(), with_relief=arguments.relief)
    write_whole(arguments.out, document.encode("utf-8"))
    return 0

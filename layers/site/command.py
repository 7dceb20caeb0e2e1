"""``python -m layers site``."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from layers.cli.data import load


def add(commands: Any) -> None:
    """Register the command with an argparse subparsers object."""
    sub = commands.add_parser("site", help="The static site: plain files that any web server serves.")
    sub.add_argument("--out", required=True, metavar="DIR", help="a new or empty folder, or an earlier site")
    sub.add_argument(
        "--address",
        default=os.environ.get("ATLAS_ADDRESS"),
        metavar="URL",
        help="where it will be served, for the frames that others paste",
    )
    sub.add_argument(
        "--archive", metavar="DIR", help="earlier editions to keep, such as the folder archive of the site before"
    )
    sub.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the site."""
    from layers.site.build import build

    written = build(arguments.out, *load(), arguments.address, arguments.archive)
    print(
        f"{arguments.out}: {len(written)} files. Any web server can serve it; index.html opens from disk too.",
        file=sys.stderr,
    )
    return 0

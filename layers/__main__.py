"""``python -m layers html | snapshot | export | tables | …``: what the atlas draws and writes, from a shell."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

from geodata.command_parser import CommandParser
from geodata.stop_signals import stoppable

COMMANDS = ("layers.map.command", "layers.sheet.command", "layers.export.command", "layers.site.command")
"""Modules whose ``add(subparsers)`` registers commands; they import heavy libraries only when they run."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status (0 done, 2 bad input or stopped)."""
    try:
        with stoppable():
            arguments = _parser().parse_args(argv)
            return int(arguments.run(arguments))
    except (ValueError, OSError) as error:
        print(f"layers: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        clear = "\r\x1b[2K" if sys.stderr.isatty() else ""
        print(f"{clear}layers: stopped; no unfinished file was left behind.", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = CommandParser(prog="layers", description="Ceasefire Atlas: maps, sheets and data.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=CommandParser)
    for name in COMMANDS:
        importlib.import_module(name).add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())

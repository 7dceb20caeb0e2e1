"""``python -m layers html | snapshot | export | tables | …``: what the atlas draws and writes, from a shell."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from typing import Any

from geodata.command_parser import run_command

COMMANDS = ("layers.map.command", "layers.sheet.command", "layers.export.command", "layers.site.command")
"""Modules whose ``add(subparsers)`` registers commands; they import heavy libraries only when they run."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status (0 done, 2 bad input or stopped)."""
    return run_command("layers", "Ceasefire Atlas: maps, sheets and data.", [add], argv)


def add(commands: Any) -> None:
    """Register the commands with an argparse subparsers object."""
    for name in COMMANDS:
        importlib.import_module(name).add(commands)


if __name__ == "__main__":
    sys.exit(main())

"""What every command shares: its parser, and how it ends.  Bad input gets one sentence and exit status 2."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from geodata.stop_signals import stoppable


class CommandParser(argparse.ArgumentParser):
    """Bad input gets one sentence on standard error and exit status 2, without the usage."""

    def error(self, message: str) -> NoReturn:
        """Print the sentence and leave."""
        print(f"{self.prog}: {message}", file=sys.stderr)
        raise SystemExit(2)


def run_command(
    prog: str, description: str, groups: Sequence[Callable[[Any], None]], argv: Sequence[str] | None = None
) -> int:
    """Run one command of a program.

    Parameters
    ----------
    groups
        Each registers commands with an argparse subparsers object; a command's ``run`` takes the arguments.
    argv
        The arguments; default: those of the process.

    Returns
    -------
    int
        Exit status: 0 done, 1 a check found faults, 2 bad input or stopped.
    """
    parser = CommandParser(prog=prog, description=description)
    commands = parser.add_subparsers(dest="command", required=True, parser_class=CommandParser)
    for add in groups:
        add(commands)
    try:
        with stoppable():
            arguments = parser.parse_args(argv)
            return int(arguments.run(arguments))
    except KeyboardInterrupt:
        clear = "\r\x1b[2K" if sys.stderr.isatty() else ""
        print(f"{clear}{prog}: stopped; no unfinished file was left behind.", file=sys.stderr)
    except ValueError as error:
        print(f"{prog}: {error}", file=sys.stderr)
    except OSError as error:
        place = f"“{error.filename}” can't be read or written: " if error.filename else ""
        print(f"{prog}: {place}{(error.strerror or str(error)).lower()}.", file=sys.stderr)
    return 2

"""``ceasefire-atlas``: every command of the atlas under one name, and the page itself."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from typing import Any

from geodata.__main__ import add as add_questions
from geodata.command_parser import run_command
from geodata.data_folder import DATA, tree
from layers.__main__ import add as add_drawings


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status (0 done, 1 a check found faults, 2 bad input or stopped)."""
    text = "Ceasefire Atlas: the page, what the record and the ground answer, and what is drawn and written from them."
    return run_command("ceasefire-atlas", text, [add, add_questions, add_drawings], argv)


def add(commands: Any) -> None:
    """Register ``run`` with an argparse subparsers object."""
    text = "Serve the page."
    sub = commands.add_parser("run", help=text, description=text)
    sub.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), metavar="ADDRESS", help="127.0.0.1")
    sub.add_argument("--port", default=os.environ.get("PORT", "8501"), type=int, metavar="NUMBER", help="8501")
    sub.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Serve the page until it is stopped."""
    script = tree("app.py")
    if given := os.environ.get(DATA):
        os.environ[DATA] = os.path.abspath(given)  # noqa: PTH100 a link stays a link
    os.chdir(script.parent)  # Streamlit reads .streamlit/config.toml of the working directory, when it is imported
    import uvicorn

    from server.app import create

    page = create(script)
    print(f"Ceasefire Atlas: http://{arguments.host}:{arguments.port}", file=sys.stderr)
    with contextlib.suppress(KeyboardInterrupt):  # which uvicorn raises again when it has stopped
        uvicorn.run(page, host=arguments.host, port=arguments.port, access_log=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())

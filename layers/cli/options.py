"""Options that several commands share: a day, and the state of a view."""

from __future__ import annotations

import argparse
from typing import Any

from geodata.dates import parse_day

STATE_KEYS = ("known", "layers", "clause", "lang", "names", "view")
"""Keys of the state that commands take beside the day; see ``view_state.yaml``."""


def day(text: str) -> str:
    """An argument that is a day; a bad one is named in one sentence."""
    try:
        return parse_day(text).isoformat()
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def add_state_options(sub: Any) -> None:
    """Add the options of the state that do not name a day."""
    sub.add_argument("--known", metavar="YYYY-MM-DD", help="deadlines as announced by this day")
    sub.add_argument("--layers", metavar="ID,ID", help="layers that are on, or none")
    sub.add_argument("--clause", metavar="1-9", help="the clause whose areas are lit up")
    sub.add_argument("--lang", metavar="en|az|hy|ru", help="language of the interface words")
    sub.add_argument("--names", metavar="neutral|az|hy|ru", help="which form of a name leads")
    sub.add_argument("--view", metavar="LAT,LON,ZOOM", help="middle and zoom; without it all ground that changed hands")


def state_values(arguments: argparse.Namespace) -> dict[str, str | None]:
    """What the options of :func:`add_state_options` were given, by the keys of the state."""
    return {key: getattr(arguments, key) for key in STATE_KEYS}

"""A bar on standard error for work that takes long; silent where nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
WIDTH = 30


def watched(items: Sequence[T], what: str) -> Iterator[T]:
    """Go through items and show how far it is; on a terminal as a bar, else as one line at the end."""
    live = sys.stderr.isatty()
    for number, item in enumerate(items):
        if live:
            done = round(number / len(items) * WIDTH)
            print(
                f"\r{what} [{'#' * done}{'.' * (WIDTH - done)}] {number}/{len(items)}",
                end="",
                file=sys.stderr,
                flush=True,
            )
        yield item
    if live:
        print("\r\x1b[2K", end="", file=sys.stderr)
    print(f"{what}: {len(items)} of {len(items)} done.", file=sys.stderr)

"""A bar on standard error for work that takes long; one line at the end where nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def watched(items: Sequence[T], what: str) -> Iterator[T]:
    """Go through items and show how far it is."""
    from tqdm import tqdm

    yield from tqdm(items, what, disable=None, leave=False)  # None: not where standard error is not a terminal
    print(f"{what}: {len(items)} of {len(items)} done.", file=sys.stderr)

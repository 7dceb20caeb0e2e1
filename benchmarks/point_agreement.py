"""Discs and spans against the slow obvious answer: 20,000 random rows, some 2,400 points of each disc asked in every state."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module

from benchmarks.figures import Figure, at_most
from geodata.ground import load_ground

ROWS = int(os.environ.get("ATLAS_AGREEMENT_ROWS", "20000"))
PART = 500


def measure() -> Iterator[Figure]:
    """How many rows differ; what is thinner than the steps of the sample can't be seen by it and does not count."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        wrong = [row for part in pool.map(part_of, range(ROWS // PART)) for row in part]
    yield at_most(
        f"discs and spans that differ from a dense sample, of {ROWS:,}",
        len(wrong),
        0,
        "rows",
        str(wrong[:3]) if wrong else "",
    )


def part_of(seed: int) -> list[tuple[object, ...]]:
    """Rows of one part that differ."""
    slow, ground = import_module("tests.geodata.attribution_extent"), load_ground()
    found: list[tuple[object, ...]] = slow.differing(ground, slow.chance_rows(ground, 1000 + seed, PART))
    return found

"""Whole processes: ``python -m geodata at`` beside ``python -c "import shapely"``, and the build of the ground."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date

from benchmarks.figures import Figure, at_most, spread
from geodata.changes import changes
from geodata.ground import load_ground

AT = [sys.executable, "-m", "geodata", "at", "39.991", "46.9274", "--on", "2020-11-20", "--json"]
FLOOR = [sys.executable, "-c", "import shapely"]


def measure() -> Iterator[Figure]:
    """Time the command and its floor in turn, then ``changes`` in process, then ``make data``."""
    ours, floor = [], []
    for _ in range(12):
        ours.append(seconds(AT))
        floor.append(seconds(FLOOR))
    ratio = statistics.median(a / b for a, b in zip(ours, floor, strict=True))
    note = f"at: {spread([t * 1000 for t in ours])}; import shapely: {spread([t * 1000 for t in floor])}"
    yield at_most("geodata at, whole process, against import shapely", ratio, 2, "x", note)
    ground = load_ground()
    spans = []
    for _ in range(30):
        start = time.perf_counter()
        changes(ground, date(1994, 5, 12), date(2026, 6, 8))
        spans.append((time.perf_counter() - start) * 1000)
    yield at_most("changes over thirty years, in process", statistics.median(spans), 50, "ms", spread(spans))
    yield at_most("make data", seconds([sys.executable, "-m", "geodata.build", "--out", "{tmp}"]), 60, "s")


def seconds(command: list[str]) -> float:
    """Wall time of one run of a command that must succeed; ``{tmp}`` becomes a fresh folder."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        subprocess.run([part.format(tmp=folder) for part in command], check=True, capture_output=True)
        return time.perf_counter() - start

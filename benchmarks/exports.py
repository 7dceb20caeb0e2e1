"""Exports: the time of the whole history as GeoPackage and of a film, and the memory that each kind takes and keeps.

Memory is that of a fresh process with record and shapes loaded (idle), in resident MB, with ffmpeg's added for the film.
The peak counts the libraries that the export imports; what is kept is mostly these, so growth is told from the second
export on.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from benchmarks.figures import Figure, at_most, spread, told

if TYPE_CHECKING:
    from geodata.ground import Ground
    from geodata.model import Record

DAY = "2020-11-25"
MB = 1e6
ROUNDS = 7
AGAIN = 5
"""Exports after the first one, by which growth is told."""
KINDS = ("gpkg", "parquet", "geojson", "kml", "sheet png 150", "sheet png 300", "sheet pdf", "film")


def measure() -> Iterator[Figure]:
    """Times in this process, memory in a fresh one for each kind."""
    from geodata.ground import load_ground
    from geodata.loading import load_record
    from layers.export import export
    from layers.sheet.animation import animate

    record, ground = load_record(), load_ground()
    export(DAY, record, ground, "gpkg", history=True)
    times = [_seconds(lambda: export(DAY, record, ground, "gpkg", history=True)) * 1000 for _ in range(ROUNDS)]
    yield at_most("GeoPackage of the whole history, warm", statistics.median(times), 300, "ms", spread(times))
    with tempfile.TemporaryDirectory() as folder:
        film = _seconds(lambda: animate(Path(folder) / "film.mp4", record, ground, seconds=12))
    yield at_most("film of 12 s at 1080p", film, 90, "s")
    for kind in KINDS:
        yield from _memory(kind)


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _memory(kind: str) -> Iterator[Figure]:
    done = subprocess.run([sys.executable, "-m", __name__, kind], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    note = f"idle {found['idle']:.0f} MB; kept after the first {found['first'] - found['idle']:+.0f} MB, libraries included"
    yield at_most(f"memory of an export above idle, {kind}", found["peak"] - found["idle"], 250, "MB", note)
    if kind != "film":
        yield told(f"kept by {AGAIN} more, {kind}", found["last"] - found["first"], "MB")


def process_of(kind: str) -> dict[str, float]:
    """Run in the fresh process: idle, peak, after the first export, after more of them."""
    from geodata.ground import load_ground
    from geodata.loading import load_record

    record, ground = load_record(), load_ground()
    make = _maker(kind, record, ground)
    found = {"idle": _resident()}
    found["peak"] = _peak(make)
    found["first"] = _resident()
    for _ in range(0 if kind == "film" else AGAIN):
        make()
    return found | {"last": _resident()}


def _maker(kind: str, record: Record, ground: Ground) -> Callable[[], object]:
    """What is exported; imports happen when it runs."""

    def make() -> object:
        if kind == "film":
            from layers.sheet.animation import animate

            with tempfile.TemporaryDirectory() as folder:
                return animate(Path(folder) / "film.mp4", record, ground, seconds=3)
        if kind.startswith("sheet"):
            from layers.sheet import render

            _, fmt, *dpi = kind.split()
            return render({"on": DAY}, record, ground, fmt, dpi=int(dpi[0]) if dpi else 150)
        from layers.export import export

        return export(DAY, record, ground, kind, history=True)

    return make


def _resident() -> float:
    """Resident memory of this process and its children in MB."""
    own = psutil.Process()
    total: float = own.memory_info().rss
    for child in own.children(recursive=True):
        try:
            total += child.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total / MB


def _peak(run: Callable[[], object]) -> float:
    """Greatest resident memory while something runs, looked at every 5 ms."""
    seen, ended = [_resident()], threading.Event()

    def look() -> None:
        while not ended.wait(0.005):
            seen.append(_resident())

    watcher = threading.Thread(target=look)
    watcher.start()
    run()
    ended.set()
    watcher.join()
    return max(seen)


if __name__ == "__main__":
    print(json.dumps(process_of(sys.argv[1])))

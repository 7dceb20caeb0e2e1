"""Many readers at once, over real websockets on loopback: times, saturation, memory, and a soak.

``python -m benchmarks.load`` prints the figures; ``--soak SECONDS`` runs the soak alone, ``--address URL`` against a
server that is already there (nginx with several processes, say; then memory is not measured).
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import time
from collections.abc import AsyncIterator, Iterator

import psutil

from benchmarks.figures import Figure, at_most, percentile, spread, told
from benchmarks.readers import Reader, query
from benchmarks.serving import atlas

CROWDS = (1, 10, 50, 200)
"""Readers at once."""
PRESS_SECONDS = 4
"""How long each crowd presses without a pause."""
THINK = (4.0, 12.0)
"""Seconds that a reader looks at a view before asking for the next."""
THINK_SECONDS = 20
SOAK_SECONDS = 60
SOAK_READERS = 40


def measure() -> Iterator[Figure]:
    """Press, think, and a short soak, each on a fresh server."""
    with atlas() as (address, process):
        yield from asyncio.run(gathered(load(address, process.pid)))
    with atlas() as (address, process):
        yield from asyncio.run(gathered(soak(address, process.pid, SOAK_SECONDS)))


async def gathered(figures: AsyncIterator[Figure]) -> list[Figure]:
    """All figures of a generator."""
    return [figure async for figure in figures]


async def load(address: str, pid: int | None) -> AsyncIterator[Figure]:
    """Crowds without a pause (saturation), then the largest one as people read (with pauses), then memory."""
    readers: list[Reader] = []
    await crowd(address, readers, 2)
    await press(readers, 1)  # the first runs import the panels
    before = resident(pid)
    rates = []
    for count in CROWDS:
        await crowd(address, readers, count)
        times, rate = await press(readers, PRESS_SECONDS)
        rates.append(rate)
        yield told(f"rerun, {count} readers without a pause, p50", statistics.median(times), "ms", tail(times, rate))
    yield told("saturation of one process", max(rates), "runs/s", "most runs a second in any crowd")
    times, rate = await press(readers, THINK_SECONDS, THINK)
    low, high = THINK
    yield told(
        f"rerun, {CROWDS[-1]} readers with {low:g}–{high:g} s between looks, p50",
        statistics.median(times),
        "ms",
        tail(times, rate),
    )
    yield at_most(
        f"rerun, {CROWDS[-1]} readers with {low:g}–{high:g} s between looks, p95", percentile(times, 0.95), 200, "ms"
    )
    if pid is not None:
        grown = (resident(pid) - before) / (CROWDS[-1] - 2)
        yield at_most("memory of one more session, 200 readers", grown, 3, "MB", f"{before:.0f} MB before")
    yield told("runs that failed under load", sum(reader.failures for reader in readers), "")
    await asyncio.gather(*(reader.close() for reader in readers))


async def soak(address: str, pid: int | None, seconds: float) -> AsyncIterator[Figure]:
    """The same readers for a long time, some leaving and coming: does anything grow?"""
    readers: list[Reader] = []
    await crowd(address, readers, SOAK_READERS)
    part = seconds / 6
    sizes, medians = [], []
    for number in range(6):
        times, _ = await press(readers, part, (0.5, 1.5))
        sizes.append(resident(pid))
        medians.append(statistics.median(times))
        if number < 5:
            for reader in readers[:10]:
                await reader.close()
            del readers[:10]
            await crowd(address, readers, SOAK_READERS)
    failures = sum(reader.failures for reader in readers)
    await asyncio.gather(*(reader.close() for reader in readers))
    label = f"soak of {seconds:.0f} s with {SOAK_READERS} readers"
    if pid is not None:
        yield at_most(
            f"{label}: memory at the end against the second sixth", sizes[-1] / sizes[1], 1.05, "x", spread(sizes, "MB")
        )
    yield told(f"{label}: median rerun, last sixth against second", medians[-1] / medians[1], "x", spread(medians))
    yield at_most(f"{label}: runs that failed", failures, 0, "")


async def crowd(address: str, readers: list[Reader], count: int) -> None:
    """Bring the crowd to ``count`` readers, each with a page open."""
    for number in range(len(readers), count):
        reader = Reader(address)
        await reader.connect()
        await reader.look(query(number))
        readers.append(reader)


async def press(
    readers: list[Reader], seconds: float, think: tuple[float, float] | None = None
) -> tuple[list[float], float]:
    """All readers ask for view after view; returns the milliseconds of each run, and runs a second."""
    times: list[float] = []
    until = time.monotonic() + seconds
    chance = random.Random(20201110)

    async def one(reader: Reader, number: int) -> None:
        if think:
            await asyncio.sleep(chance.uniform(0, think[1]))
        while time.monotonic() < until:
            number += 7
            times.append(await reader.look(query(number)))
            if think:
                await asyncio.sleep(chance.uniform(*think))

    start = time.monotonic()
    await asyncio.gather(*(one(reader, number) for number, reader in enumerate(readers)))
    return times, len(times) / (time.monotonic() - start)


def tail(times: list[float], rate: float) -> str:
    """The slower ones of many runs."""
    return (
        f"p95 {percentile(times, 0.95):.0f}, p99 {percentile(times, 0.99):.0f} ms; {rate:.0f} runs/s, n = {len(times)}"
    )


def resident(pid: int | None) -> float:
    """Resident memory of a process in MB; 0 for none."""
    return psutil.Process(pid).memory_info().rss / 1e6 if pid else 0.0


def main() -> int:
    """Print the figures of the load, or of a soak; returns the exit status."""
    parser = argparse.ArgumentParser(prog="benchmarks.load")
    parser.add_argument("--soak", type=float, metavar="SECONDS", help="the soak alone, for so long")
    parser.add_argument("--address", metavar="URL", help="a server that is already there")
    options = parser.parse_args()

    async def chosen(address: str, pid: int | None) -> None:
        figures = soak(address, pid, options.soak) if options.soak else load(address, pid)
        async for figure in figures:
            print(f"{figure.name:<72} {figure.value:>9g} {figure.unit:<7} {figure.target:<8} {figure.note}", flush=True)

    if options.address:
        asyncio.run(chosen(options.address.rstrip("/"), None))
    else:
        with atlas() as (address, process):
            asyncio.run(chosen(address, process.pid))
    return 0


if __name__ == "__main__":
    sys.exit(main())

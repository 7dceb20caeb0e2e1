"""One machine: chunks are read in order, placed by all cores at once, written in order; memory stays constant."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa

from geodata.attribution.budget import InputError
from geodata.attribution.columns import Columns
from geodata.attribution.geo_writing import DRIVERS, GeoWriter
from geodata.attribution.reading.source import Source
from geodata.attribution.rows import Part, Summary, output_schema, process
from geodata.attribution.writing import Writer
from geodata.attribution.written_day import DateRules
from geodata.ground import Ground

Progress = Callable[[int, float], None]
"""Told rows done and the share of the file, 0 to 1."""


def placed(
    ground: Ground, source: Source, columns: Columns, rules: DateRules | None = None, workers: int | None = None
) -> Iterator[tuple[Part, float]]:
    """The rows of a source, chunk by chunk in their order, with their answers and the share of the file read so far.

    Threads share the indexes of the ground; NumPy and Arrow work without the interpreter's lock.  One worker is this thread,
    so that a :class:`~geodata.attribution.budget.Budget` counts all of its work.

    Raises
    ------
    InputError
        Of the reader; and when most rows of the first chunk lie in the mapped area only if latitude and longitude are swapped.
    """
    workers = workers or os.cpu_count() or 1
    waiting: deque[tuple[Future[Part], float]] = deque()
    pool = ThreadPoolExecutor(workers)
    try:
        for number, chunk in enumerate(source.chunks()):
            if number == 0 or workers == 1:
                part = process(ground, chunk, columns, rules)
                if number == 0:
                    refuse_swapped(part.summary, columns)
                yield part, chunk.done
                continue
            waiting.append((pool.submit(process, ground, chunk, columns, rules), chunk.done))
            del chunk
            if len(waiting) > workers:
                future, done = waiting.popleft()
                yield future.result(), done
        while waiting:
            future, done = waiting.popleft()
            yield future.result(), done
    except OSError as error:
        raise InputError(
            "the file can't be read to its end: {reason}.", reason=(error.strerror or str(error)).lower()
        ) from error
    except pa.ArrowException:
        # Not what Arrow says: it quotes values, which are nobody's but the reader's.
        raise InputError("the file holds values that can't be read as the type of their column.") from None
    finally:
        pool.shutdown(cancel_futures=True)  # a run that stops early waits for nothing that has not begun


def refuse_swapped(summary: Summary, columns: Columns) -> None:
    """Stop before a whole file is placed in the wrong hemisphere."""
    if summary.swapped * 2 > summary.rows:
        raise InputError(
            "latitude and longitude{columns} are swapped: {swapped} of the first {rows} rows lie in the mapped area only the other way round; exchange them.",
            columns=f" (“{columns.lat}”, “{columns.lon}”)" if columns.lat else "",
            swapped=summary.swapped,
            rows=summary.rows,
        )


def run(
    ground: Ground, source: Source, columns: Columns, out: Path, rules: DateRules | None, progress: Progress
) -> Summary:
    """Place a whole file; see :func:`placed`.

    Raises
    ------
    InputError, OutputError
        With one sentence; nothing is left under the final name.
    """
    total = Summary()
    kind = GeoWriter if out.suffix.lower() in DRIVERS else Writer
    with kind(out, output_schema(source.schema, columns), columns.geometry) as writer:
        for part, done in placed(ground, source, columns, rules):
            writer.write(part)
            total.add(part.summary)
            progress(total.rows, done)
        if not total.rows:
            raise InputError("the file is empty: there is a header but no row.")
    return total

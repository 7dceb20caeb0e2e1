"""Past one machine: the same function on an existing Dask cluster, Parquet in parts in, Parquet in parts out.

A part of the result is named by its number and follows from its input alone, so a part that is done twice, because a
worker died or was cut off, comes out the same.  Each is written under a name of its own and renamed; the folder gets its
final name when all parts are there.  Dask is not among what running the atlas needs: ``pip install distributed fsspec``.
"""

from __future__ import annotations

import argparse
import importlib
import os
import uuid
from typing import Any, NamedTuple

from geodata.atomic_write import OutputError
from geodata.attribution.budget import InputError
from geodata.attribution.columns import Columns
from geodata.attribution.command import columns_of, date_rules
from geodata.attribution.local import refuse_swapped
from geodata.attribution.progress import Progress
from geodata.attribution.reading import in_degrees
from geodata.attribution.reading.parquet import ParquetSource
from geodata.attribution.reading.source import Limits, Source
from geodata.attribution.rows import Summary, output_schema, process
from geodata.attribution.writing import parquet_writer
from geodata.attribution.written_day import DateRules
from geodata.ground import POINT, load_ground
from geodata.integrity import data_version

ROWS = int(os.environ.get("ATLAS_PART_ROWS", "1000000"))
"""Row groups are joined into parts of at least so many rows; ``ATLAS_PART_ROWS`` sets another number."""
WAIT = "15s"


class Part(NamedTuple):
    """One part of the work: some row groups of one file, and where the result goes."""

    source: str
    groups: tuple[int, ...]
    rows: int
    target: str


def place_part(part: Part, columns: Columns, rules: DateRules | None, data: str) -> Summary:
    """Place one part, on whichever machine this runs.

    Raises
    ------
    ValueError
        When this machine holds another version of the record and shapes.
    """
    fsspec = _package("fsspec")
    if data_version() != data:
        raise ValueError(
            f"a worker holds data version {data_version()}, this machine {data}: install the same on both."
        )
    ground = load_ground(files=POINT)
    files, target = fsspec.core.url_to_fs(part.target)
    beside, total = f"{target}.{uuid.uuid4().hex}.tmp", Summary()
    with fsspec.open(part.source, "rb") as stream, files.open(beside, "wb") as out:
        source = in_degrees(ParquetSource(stream, Limits(), groups=part.groups))
        with parquet_writer(out, output_schema(source.schema, columns)) as writer:
            for chunk in source.chunks():
                rows = process(ground, chunk, columns, rules)
                writer.write_table(rows.table)
                total.add(rows.summary)
    files.mv(beside, target)
    return total


def run_on_cluster(arguments: argparse.Namespace) -> Summary:
    """Place a Parquet file, or a folder of them, on the cluster at ``arguments.dask``.

    Raises
    ------
    InputError, OutputError
        With one sentence; nothing is left under the final name.
    """
    fsspec, distributed = _package("fsspec"), _package("distributed")
    files, target = fsspec.core.url_to_fs(arguments.out)
    if files.exists(target) and not (files.isdir(target) and not files.ls(target)):
        raise OutputError(f"“{arguments.out}” exists already: name a folder that does not.")
    beside = f"{target.rstrip('/')}.{uuid.uuid4().hex[:8]}.part"
    columns, parts = _parts(arguments, files.unstrip_protocol(beside))
    try:
        client = distributed.Client(arguments.dask, timeout=WAIT)
    except (OSError, ValueError) as error:
        raise InputError(
            f"no Dask scheduler answers at {arguments.dask}: start one, or correct the address."
        ) from error
    progress, total, rows = Progress(), Summary(), sum(part.rows for part in parts)
    files.makedirs(beside, exist_ok=True)
    try:
        with client:  # the scheduler hands on the parts of a worker that dies
            same = {"columns": columns, "rules": date_rules(arguments), "data": data_version()}
            futures = client.map(place_part, parts, **same, pure=False, retries=2)
            for _, summary in distributed.as_completed(futures, with_results=True):
                total.add(summary)
                progress(total.rows, total.rows / max(rows, 1))
        for leftover in files.glob(f"{beside}/*.tmp"):
            files.rm_file(leftover)
        if files.exists(target):
            files.rmdir(target)
        files.mv(beside, target, recursive=True)
    finally:
        progress.close()
        if files.exists(beside):
            files.rm(beside, recursive=True)
    return total


def _package(name: str) -> Any:
    """A package that only this way of running needs."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise InputError("--dask needs two more packages: pip install distributed fsspec.") from error


def _parts(arguments: argparse.Namespace, target: str) -> tuple[Columns, list[Part]]:
    """Cut the input into parts; the columns are settled, and swapped ones refused, on its first rows."""
    files, path = _package("fsspec").core.url_to_fs(arguments.source)
    if files.isdir(path):
        paths = sorted(name for name in files.find(path) if name.endswith((".parquet", ".geoparquet")))
    else:
        paths = [path] if files.exists(path) else []
    if not paths or not paths[0].endswith((".parquet", ".geoparquet")):
        raise InputError("with --dask the input is a Parquet file, or a folder of them: there is none.")
    parts: list[Part] = []
    first: tuple[Columns, list[str]] | None = None
    for name in paths:
        with files.open(name, "rb") as stream:
            source = ParquetSource(stream, Limits())
            if first is None:
                first = _settle(in_degrees(source), arguments), source.schema.names
            elif source.schema.names != first[1]:
                raise InputError(f"“{name}” has other columns than the first file: all must have the same.")
            for groups, rows in source.groups(ROWS):
                own = f"{target}/part-{len(parts):05d}.parquet"
                parts.append(Part(files.unstrip_protocol(name), groups, rows, own))
    assert first is not None
    return first[0], parts


def _settle(source: Source, arguments: argparse.Namespace) -> Columns:
    columns: Columns = columns_of(source, arguments)
    ground = load_ground(files=POINT)
    refuse_swapped(process(ground, next(source.chunks()), columns, date_rules(arguments)).summary, columns)
    return columns

"""Formats that GDAL writes are made in a temporary folder first: one sentence when there is no room in it."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyogrio

from geodata.atomic_write import OutputError

PROBE = 16 * 2**20
"""Bytes that are written to see whether there is room: more than any export has, so that what a failed one gave back is no room."""


@contextmanager
def room(what: str) -> Iterator[Path]:
    """A temporary folder; a full or closed one is told in one sentence, any other error stays what it is.

    Raises
    ------
    OutputError
        Naming the folder.
    """
    try:
        with tempfile.TemporaryDirectory() as folder:
            try:
                yield Path(folder)
            except (sqlite3.Error, pyogrio.errors.DataLayerError, pyogrio.errors.DataSourceError):
                _probe(Path(folder))
                raise
    except OSError as error:
        raise OutputError(
            f"The {what} can't be written: there is no space for it, or no permission to write, in {_folder()}. "
            "Free some, or set TMPDIR to a folder that has space."
        ) from error


def _probe(folder: Path) -> None:
    """Raise OSError where there is no room: GDAL and SQLite do not say what went wrong."""
    with (folder / "probe").open("wb") as stream:
        stream.write(bytes(PROBE))


def _folder() -> str:
    """The folder for temporary files; Python refuses to name one when none can be written to."""
    try:
        return tempfile.gettempdir()
    except FileNotFoundError:
        return "any folder for temporary files"

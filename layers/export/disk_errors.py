"""Formats that GDAL writes are made in a temporary folder first: one sentence when there is no room in it."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pyogrio

from geodata.atomic_write import OutputError


@contextmanager
def room(what: str) -> Iterator[None]:
    """Turn what GDAL and the file system say about a full or closed folder into one sentence.

    Raises
    ------
    OutputError
        Naming the folder.
    """
    try:
        yield
    except (OSError, sqlite3.Error, pyogrio.errors.DataLayerError, pyogrio.errors.DataSourceError) as error:
        raise OutputError(
            f"The {what} can't be written: there is no space for it, or no permission to write, in {_folder()}. "
            "Free some, or set TMPDIR to a folder that has space."
        ) from error


def _folder() -> str:
    """The folder for temporary files; Python refuses to name one when none can be written to."""
    try:
        return tempfile.gettempdir()
    except FileNotFoundError:
        return "any folder for temporary files"

"""Names and places of the files that commands write; :mod:`geodata.atomic_write` writes them whole."""

from __future__ import annotations

import os
from pathlib import Path

from geodata.atomic_write import OutputError


def make_folder(folder: Path) -> Path:
    """Make a folder, and those above it, where it is missing.

    Raises
    ------
    OutputError
        With one sentence.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"“{folder}” can't be made: {reason}. Choose another folder.") from error
    return folder


def format_of(path: Path | str, known: tuple[str, ...]) -> str:
    """The format that a file name asks for, by its ending.

    Raises
    ------
    ValueError
        Naming the formats that there are.
    """
    ending = Path(path).suffix.lower().removeprefix(".")
    if ending not in known:
        found = f"“.{ending}”" if ending else "no ending"
        listed = f".{', .'.join(known[:-1])} or .{known[-1]}" if len(known) > 1 else f".{known[0]}"
        raise ValueError(f"“{path}” has {found}: the name must end in {listed}.")
    return ending


def check_target(path: Path | str) -> None:
    """Refuse a place that can't be written to before any work is done.

    Raises
    ------
    OutputError
        With one sentence.
    """
    folder = Path(path).parent
    if not folder.is_dir():
        raise OutputError(f"“{path}” can't be written: there is no folder “{folder}”; make it first.")
    if not os.access(folder, os.W_OK):
        raise OutputError(f"“{path}” can't be written: you have no permission to write to the folder “{folder}”.")

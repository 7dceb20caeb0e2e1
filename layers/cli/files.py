"""Writing files whole: beside the place first, then renamed, so that no half-written file bears the final name."""

from __future__ import annotations

import os
from pathlib import Path


class OutputError(ValueError):
    """A file can't be written; the message says why and what to do."""


def write_whole(path: Path | str, content: bytes) -> Path:
    """Write a file in one step.

    Raises
    ------
    OutputError
        With one sentence, when the folder is missing, not writable, or the disk is full; nothing is left behind.
    """
    path = Path(path)
    if path.is_dir():
        raise OutputError(f"“{path}” is a folder: give the name of a file in it.")
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except OSError as error:
        raise OutputError(_sentence(path, error)) from error
    finally:
        beside.unlink(missing_ok=True)
    return path


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
        raise OutputError(f"“{path}” can't be written: the folder “{folder}” is not yours to write to.")


def _sentence(path: Path, error: OSError) -> str:
    reason = (error.strerror or str(error)).lower()
    return f"“{path}” can't be written: {reason}. Choose a folder that exists, has room and is yours to write to."

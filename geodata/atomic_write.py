"""Files that are whole or not there: written beside their place under a name of their own, then renamed.

Anybody who reads the final name sees the old file or the new one, never a part.  The file beside is locked while its writer
lives, so that a later run can tell what a crash or a ``kill -9`` left behind from what another run is still writing.
"""

from __future__ import annotations

import fcntl
import glob
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class OutputError(ValueError):
    """A file can't be written; one sentence says why and what to do."""


def write_whole(path: Path | str, content: bytes) -> Path:
    """Write a file in one step; returns its path.

    Raises
    ------
    OutputError
        As :func:`written_beside`.
    """
    with written_beside(path) as beside:
        beside.write_bytes(content)
    return Path(path)


@contextmanager
def written_beside(path: Path | str) -> Iterator[Path]:
    """Give the path of an empty file to write to; it takes the final name when the block ends without an exception.

    A symbolic link is followed: what it points to is replaced, the link stays.  A file that is replaced keeps its
    permissions.  Whatever ends the block otherwise (also Ctrl-C, and SIGTERM and SIGHUP inside
    :func:`geodata.stop_signals.stoppable`), the earlier file stays and nothing is left beside it.

    Parameters
    ----------
    path
        Its folder must exist.  The file beside has the same ending, for writers that choose a format by it.

    Raises
    ------
    OutputError
        With one sentence, when the folder is missing or not writable, the disk is full, or the path is not a regular file.
    """
    target = Path(os.path.realpath(path))
    beside, lock = _name_beside(target, f".part{target.suffix}"), None
    try:
        mode = _mode_of(path, target)
        _remove_leftovers(target, f".part{target.suffix}")
        lock = _make_file(beside)
        yield beside
        os.fsync(lock)
        if mode is not None:
            os.fchmod(lock, mode)
        beside.replace(target)
        _sync(target.parent)
    except OSError as error:
        raise OutputError(_sentence(path, error)) from error
    finally:
        with suppress(OSError):  # after the renaming there is none
            beside.unlink()
        if lock is not None:
            os.close(lock)


@contextmanager
def folder_beside(folder: Path | str) -> Iterator[Path]:
    """Give a new, empty folder beside another, to be filled and renamed; what is not renamed is deleted in the end.

    Raises
    ------
    OSError
        When it can't be made.
    """
    target = Path(os.path.realpath(folder))
    _remove_leftovers(target, ".part")
    beside, lock = _name_beside(target, ".part"), None
    try:
        lock = _make_folder(beside)
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)  # after the renaming there is none
        if lock is not None:
            os.close(lock)


def _mode_of(path: Path | str, target: Path) -> int | None:
    """Permissions of the file that will be replaced; None if there is none yet."""
    try:
        found = target.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found):
        raise OutputError(f"“{path}” is a folder: give the name of a file in it.")
    if not stat.S_ISREG(found):
        raise OutputError(f"“{path}” is a device or a pipe: give the name of a file.")
    return stat.S_IMODE(found)


def _make_file(beside: Path) -> int:
    """Make a file; a descriptor that holds its lock.  The name is the caller's, so that a stop in between can delete it."""
    while True:
        lock = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
        fcntl.flock(lock, fcntl.LOCK_EX)
        if os.fstat(lock).st_nlink:  # else another run took it for a leftover before it was locked
            return lock
        os.close(lock)


def _make_folder(beside: Path) -> int:
    """Make a folder; a descriptor that holds its lock."""
    while True:
        beside.mkdir()
        try:
            lock = os.open(beside, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:  # another run took it for a leftover before it was locked
            continue
        fcntl.flock(lock, fcntl.LOCK_EX)
        if beside.exists():
            return lock
        os.close(lock)


def _name_beside(target: Path, ending: str) -> Path:
    """A name that no other run has, found again by :func:`_remove_leftovers`."""
    return target.with_name(f".{target.stem[:100]}.{secrets.token_hex(4)}{ending}")


def leftovers(target: Path, ending: str) -> Iterator[Path]:
    """What has a name that :func:`written_beside` or :func:`folder_beside` gives beside the target, with that ending."""
    return target.parent.glob(f".{glob.escape(target.stem[:100])}.{'[0-9a-f]' * 8}{glob.escape(ending)}")


def _remove_leftovers(target: Path, ending: str) -> None:
    """Delete what earlier runs left beside the target: what is ours, under a name of ours, and locked by nobody."""
    for leftover in leftovers(target, ending):
        with suppress(OSError):  # it is locked, gone, or somebody else's
            lock = os.open(leftover, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                found = os.fstat(lock)
                if found.st_uid == os.geteuid():
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    if stat.S_ISREG(found.st_mode):
                        leftover.unlink()
                    elif stat.S_ISDIR(found.st_mode):
                        shutil.rmtree(leftover, ignore_errors=True)
            finally:
                os.close(lock)


def _sync(folder: Path) -> None:
    """Have the renaming on the disk before anybody is told of it."""
    with suppress(OSError):  # not every file system can
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sentence(path: Path | str, error: OSError) -> str:
    reason = (error.strerror or str(error)).lower()
    return (
        f"“{path}” can't be written: {reason}. Choose a folder that exists, has free space and that you may write to."
    )

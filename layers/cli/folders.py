"""Writing a folder whole: made beside its place and exchanged in one step, and only where nothing is lost by it.

A folder carries a list of what was written into it.  It is replaced only while it holds exactly that.
"""

from __future__ import annotations

import ctypes
import gzip
import os
import shutil
import zlib
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from geodata.atomic_write import OutputError, folder_beside, leftovers
from layers.cli.files import check_target

LIST = ".ceasefire-atlas-files"
"""In each folder: SHA-256 and path of every file written, as ``sha256sum --check`` reads them."""
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
"""Linux: paths are relative to the working directory; two names change places in one step (renameat2)."""


def write_folder(
    folder: Path | str,
    made: Mapping[str, Callable[[], bytes]],
    watched: Callable[[list[str]], Iterable[str]] = iter,
) -> list[str]:
    """Write files into a folder that is new, empty, or was written by this and is replaced.

    Parameters
    ----------
    folder
        Where it links to another folder, that one is replaced and the link stays.
    made
        How each file is made, by its path in the folder.
    watched
        Shows the progress through the paths.

    Returns
    -------
    list of str
        The paths, in order.

    Raises
    ------
    OutputError
        When something else lies in the folder, or it can't be written; it is then as it was.
    """
    place = own_folder(folder)
    _bring_back(place)
    lines = []
    try:
        with folder_beside(place) as beside:
            for name in watched(sorted(made)):
                path, content = beside / name, made[name]()
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                lines.append(f"{sha256(content).hexdigest()}  {name}\n")
            (beside / LIST).write_text("".join(lines), encoding="utf-8")
            own_folder(place)  # somebody may have put something there in the meantime
            _exchange(beside, place)
    except OSError as error:
        raise OutputError(f"“{folder}” can't be written: {(error.strerror or str(error)).lower()}.") from error
    return sorted(made)


def own_folder(folder: Path | str) -> Path:
    """The folder itself, behind links, if it may be written.

    Raises
    ------
    OutputError
        Naming what in it was not written by this, or was changed since.
    """
    place = Path(os.path.realpath(folder))
    check_target(place)
    if not place.exists():
        return place
    if not place.is_dir():
        raise OutputError(f"“{folder}” is not a folder: choose a new or empty one.")
    known = _known(place)
    for path in sorted(place.rglob("*")):
        name = path.relative_to(place).as_posix()
        if path.is_dir() and not path.is_symlink() and any(file.startswith(f"{name}/") for file in known):
            continue
        if name != LIST and not _written_here(path, name, known):
            state = "was changed since" if name in known else "was not written by this command"
            raise OutputError(
                f"“{folder}” holds “{name}”, which {state}: move it away, or choose a new or empty folder."
            )
    return place


def _known(place: Path) -> dict[str, str]:
    """SHA-256 of the files that were written here, by path."""
    try:
        lines = (place / LIST).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def _written_here(path: Path, name: str, known: Mapping[str, str]) -> bool:
    """Whether a file is as it was written, or is such a file gzipped (as ``deploy`` adds them)."""
    if not path.is_file() or path.is_symlink():
        return False
    if name in known:
        return sha256(path.read_bytes()).hexdigest() == known[name]
    if path.suffix != ".gz" or name.removesuffix(".gz") not in known:
        return False
    try:
        return sha256(gzip.decompress(path.read_bytes())).hexdigest() == known[name.removesuffix(".gz")]
    except (OSError, EOFError, zlib.error):  # not gzip, or cut
        return False


def _exchange(beside: Path, place: Path) -> None:
    """Put the new folder in its place and the earlier one beside it, at no moment leaving the place empty."""
    if not place.exists():
        beside.replace(place)
        return
    names = os.fsencode(beside), os.fsencode(place)
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is not None and rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return
    # Not on Linux, or a file system that can't: two steps, undone when the second fails.
    earlier = beside.with_suffix(".earlier")
    place.replace(earlier)
    try:
        beside.replace(place)
    except OSError:
        earlier.replace(place)
        raise
    shutil.rmtree(earlier, ignore_errors=True)


def _bring_back(place: Path) -> None:
    """Undo the first of the two steps of an exchange, where a run was killed between them."""
    for earlier in leftovers(place, ".earlier"):
        if place.exists():
            shutil.rmtree(earlier, ignore_errors=True)
        else:
            earlier.replace(place)

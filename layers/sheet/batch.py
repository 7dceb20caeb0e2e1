"""The sheet of every day on which something changes, in one go."""

from __future__ import annotations

from pathlib import Path

from geodata.atomic_write import write_whole
from geodata.breakpoints import breakpoints
from geodata.ground import Ground
from geodata.model import Record
from layers.cli.files import make_folder
from layers.cli.progress import watched
from layers.sheet import render
from layers.view_state import State


def write_all(
    folder: Path | str, record: Record, ground: Ground, state: State, fmt: str, *, dpi: int, size: str
) -> list[Path]:
    """Write ``sheet-YYYY-MM-DD`` for every breakpoint into a folder, which is made if missing.

    Raises
    ------
    OutputError
        Where the folder or a file can't be written; the files written so far are whole.
    """
    folder = make_folder(Path(folder))
    written = []
    for day in watched(breakpoints(record, ground), "Sheets"):
        content = render(state.with_(on=day.isoformat(), from_=None), record, ground, fmt, dpi=dpi, size=size)
        written.append(write_whole(folder / f"sheet-{day}.{fmt}", content))
    return written

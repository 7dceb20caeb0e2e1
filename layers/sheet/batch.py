"""All pages of a kind in one go: of every day, every clause or every language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from geodata.atomic_write import write_whole
from geodata.breakpoints import breakpoints
from geodata.ground import Ground
from geodata.model import Record
from layers.cli.files import make_folder
from layers.cli.progress import watched
from layers.sheet import KINDS, sheet
from layers.view_state import State

ALL = "all"
"""What stands for every kind."""


def pages(kind: str, record: Record, days: Iterable[date]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What there is of a kind: the end of a file's name, and the keys of the state.

    ``one``: every one of some days; ``two`` and ``changes``: the day before the statement took effect and
    the last; ``clause``: every clause; of the others there is one, on its usual day.
    """
    if kind == "one":
        for day in days:
            yield f"-{day}", {"on": day.isoformat(), "from_": None}
    elif kind in {"two", "changes"}:
        before = record.effect_day - timedelta(days=1)
        yield "", {"on": record.coverage_end.isoformat(), "from_": before.isoformat()}
    elif kind == "clause":
        for clause in record.clauses:
            yield f"-{clause.number}", {"on": record.coverage_end.isoformat(), "clause": clause.number, "from_": None}
    else:
        yield "", {"from_": None, **({"on": record.coverage_end.isoformat()} if KINDS[kind].latest else {})}


def write_all(
    folder: Path | str,
    record: Record,
    ground: Ground,
    state: State,
    fmt: str,
    *,
    dpi: int,
    size: str | None = None,
    kind: str = "one",
    languages: tuple[str, ...] = (),
    address: str | None = None,
) -> list[Path]:
    """Write all pages of a kind, or of ``all`` kinds, into a folder, which is made if missing.

    Parameters
    ----------
    fmt, dpi, size, address
        As :func:`layers.sheet.sheet` takes them; kinds of several pages are PDF whatever the format.
    languages
        Those in which each page is written, as the end of its name; default: that of the state, and no such end.

    Returns
    -------
    list of pathlib.Path
        The files: ``sheet-YYYY-MM-DD`` of one day, else the kind, the clause and the language.

    Raises
    ------
    ValueError
        Where there is no such kind, format or size.
    OutputError
        Where the folder or a file can't be written; the files written so far are whole.
    """
    chosen = list(KINDS) if kind == ALL else [kind]
    asked = [
        (name, f"{'sheet' if name == 'one' else name}{end}{f'-{lang}' if lang else ''}", {**keys, **({"lang": lang} if lang else {})})
        for name in chosen
        for end, keys in pages(name, record, breakpoints(record, ground))
        for lang in languages or ("",)
    ]  # fmt: skip
    folder = make_folder(Path(folder))
    written = []
    for name, stem, keys in watched(asked, "Sheets"):
        form = "pdf" if kind == ALL and KINDS[name].leaflet else fmt
        fitting = None if kind == ALL and KINDS[name].leaflet else size
        content = sheet(name, state.with_(**keys), record, ground, form, dpi=dpi, size=fitting, address=address)
        written.append(write_whole(folder / f"{stem}.{form}", content))
    return written

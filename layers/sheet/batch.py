"""Many sheets in one go: all pages of a kind into a folder, or those that a reader chose into an archive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from geodata.atomic_write import write_whole
from geodata.breakpoints import breakpoints
from geodata.ground import Ground
from geodata.model import Record
from layers.cli.files import make_folder
from layers.cli.progress import watched
from layers.export.archive import archive
from layers.sheet import KINDS, sheet
from layers.view_state import State

ALL = "all"
"""What stands for every kind."""
MOST = 16
"""Most sheets of one archive: so many are made well within the three minutes that a browser waits for a file."""


@dataclass(frozen=True)
class Order:
    """One sheet of many: the name of its file, its kind, the keys of its state, its format and paper (None: the usual)."""

    name: str
    kind: str
    keys: dict[str, Any]
    fmt: str = "pdf"
    size: str | None = None


def orders(
    kinds: Sequence[str], days: Sequence[str], languages: Sequence[str], clauses: Mapping[str, int | None]
) -> list[Order]:
    """Sheets of some kinds, of some days (ISO), in some languages; ``clauses`` has that of each kind about one.

    A comparison shows the first and the last of the days, so there is none of a single day; kinds that show no day of
    their own come once.
    """
    found = []
    for kind in kinds:
        about = {"clause": clauses[kind]} if kind in clauses else {}
        for shown in _days_of(kind, sorted(days)):
            dates = {"on": shown[-1]} if shown else {}
            keys = {**about, **dates, "from_": shown[0] if len(shown) > 1 else None}
            for lang in languages:
                name = "-".join(map(str, filter(None, [kind, *about.values(), *shown, lang])))
                found.append(Order(f"{name}.pdf", kind, {**keys, "lang": lang}))
    return found


def _days_of(kind: str, days: Sequence[str]) -> list[tuple[str, ...]]:
    if KINDS[kind].days == "one":
        return [(day,) for day in days]
    if KINDS[kind].days == "two":
        return [(days[0], days[-1])] if len(days) > 1 else []
    return [()]


def packed(
    wanted: Sequence[Order],
    state: State,
    record: Record,
    ground: Ground,
    *,
    address: str | None,
    told: Callable[[int], object],
) -> bytes:
    """An archive (ZIP) of PDFs; ``told`` is called with how many are made, before the first and after each."""
    files = {}
    told(0)
    for number, order in enumerate(wanted, start=1):
        files[order.name] = _made(order, state=state, record=record, ground=ground, address=address)
        told(number)
    return archive(files)


def pages(kind: str, record: Record, days: Iterable[date]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What there is of a kind: the end of a file's name, and the keys of the state.

    ``one``: every one of some days; ``two`` and ``changes``: the day before the statement took effect and
    the last; ``clause``: every clause; of the others there is one, on its usual day.
    """
    if kind == "one":
        for day in days:
            yield f"-{day}", {"on": day.isoformat(), "from_": None}
    elif KINDS[kind].days == "two":
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
    wanted = []
    for name in list(KINDS) if kind == ALL else [kind]:
        usual = kind == ALL and KINDS[name].leaflet
        form, paper = ("pdf", None) if usual else (fmt, size)
        for end, keys in pages(name, record, breakpoints(record, ground)):
            for told in [{"lang": lang} for lang in languages] or [{}]:
                stem = "-".join([f"{'sheet' if name == 'one' else name}{end}", *told.values()])
                wanted.append(Order(f"{stem}.{form}", name, {**keys, **told}, form, paper))
    folder = make_folder(Path(folder))
    made = partial(_made, state=state, record=record, ground=ground, dpi=dpi, address=address)
    return [write_whole(folder / order.name, made(order)) for order in watched(wanted, "Sheets")]


def _made(order: Order, *, state: State, record: Record, ground: Ground, address: str | None, dpi: int = 150) -> bytes:
    own = state.with_(**order.keys)
    return sheet(order.kind, own, record, ground, order.fmt, dpi=dpi, size=order.size, address=address)

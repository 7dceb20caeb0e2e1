"""The library's :class:`geodata.Atlas` with what this package adds: the map, the sheet, and names of what has no own name.

>>> from layers import Atlas
>>> atlas = Atlas.load()
>>> atlas.map(on="2020-11-25").state.on
'2020-11-25'

It is a class of its own, and nothing is registered with ``geodata``: imports run one way, a type checker sees ``map`` and
``sheet``, and code that needs answers alone loads neither Folium nor what draws the sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import geodata.atlas
from geodata.atlas import Day, day_of
from geodata.translations import record_in
from layers.view_state import Limits, State, limits

if TYPE_CHECKING:  # each is loaded when it is drawn
    from geodata.features import Row
    from layers.notebook import MapFile, SheetFile


class Atlas(geodata.atlas.Atlas):
    """Record, ground, what follows from both, and how it is drawn."""

    @cached_property
    def limits(self) -> Limits:
        """What the record allows a view to show."""
        return limits(self.record)

    def rows(self, day: date, known: date | None = None, *, history: bool = False) -> dict[str, list[Row]]:
        """As in :class:`geodata.Atlas`, with the names and codes that the exports have."""
        from layers.export.rows import rows_of

        return rows_of(self.record, self.ground, day, history=history, known=known)

    def map(self, on: Day | None = None, **state: Any) -> MapFile:
        """The map that holds all days, opened at one; a notebook shows it.

        Parameters
        ----------
        on
            The day shown first; default: the day on which the statement took effect.
        state
            Other keys of the view: ``from_``, ``known``, ``layers``, ``clause``, ``lang``, ``names``, ``view``
            (docs/readers.md, “The address”).

        Raises
        ------
        ValueError
            With one sentence, for a value that can't be used.
        """
        from layers.notebook import MapFile

        return MapFile(self, self._view(on, state))

    def sheet(
        self,
        on: Day | None = None,
        fmt: str = "png",
        *,
        kind: str | None = None,
        dpi: int = 150,
        size: str | None = None,
        days: Sequence[Day] = (),
        **state: Any,
    ) -> SheetFile:
        """A page for print, as ``python -m layers sheet`` writes it; a notebook shows PNG and SVG.

        Parameters
        ----------
        on
            The day; default: that on which the statement took effect; of a briefing the last of the record.
        kind
            ``one``, ``two``, ``changes``, ``multiples``, ``lines``, ``clause``, ``story``, ``class``, ``briefing`` (docs/sheets.md);
            default: ``one`` or, with ``from_``, ``two``.  Kinds of several pages are ``pdf`` only.
        fmt
            ``png``, ``svg`` or ``pdf``.
        dpi
            Pixels an inch, for PNG.
        size
            ``a4``, ``a4-portrait``, ``a3``, …; default: that of the kind.
        days
            Those of ``multiples`` and ``lines``; default: days on which most ground changed hands.
        state
            Other keys of the view, as in :meth:`map`; with ``from_`` two days are compared.

        Raises
        ------
        ValueError
            With one sentence, for a value that can't be used.
        """
        from layers.notebook import SheetFile
        from layers.sheet import sheet

        view = self._view(on, state, kind)
        chosen = kind or ("two" if view.from_ else "one")
        named = [day_of(day).isoformat() for day in days]
        content = sheet(chosen, view, self.record, self.ground, fmt, dpi=dpi, size=size, days=named)
        return SheetFile(content, fmt)

    def _view(self, on: Day | None, state: dict[str, Any], kind: str | None = None) -> State:
        from layers.sheet import checked_state

        days = {key: day_of(state.pop(key)).isoformat() for key in ("from_", "known") if state.get(key) is not None}
        if "from_" in days:
            days["from"] = days.pop("from_")
        values = {key: list(value) if _several(value) else value for key, value in state.items()}
        return checked_state(values | days | ({} if on is None else {"on": day_of(on).isoformat()}), self.record, kind)


def _several(value: Any) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, str)


def atlas_data(language: str = "en") -> Atlas:
    """The atlas of this process in a language: loaded at the first call, frozen, shared by all sessions.

    What is not yet translated is in English.

    Raises
    ------
    RecordError, ShapeError
        Where a file is damaged, naming file and field.
    CatalogueError
        Where the catalogue of the language can't be read.
    """
    return _loaded(language)


@lru_cache(maxsize=4)
def _loaded(language: str) -> Atlas:
    if language != "en":
        return replace(_loaded("en"), record=record_in(language))
    atlas = Atlas.load()
    _ = atlas.stops  # worked out before the first reader comes
    return atlas

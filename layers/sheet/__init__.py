"""Pages for print: any state of the map, and what follows from it, as PDF, PNG or SVG.

>>> page = render({"on": "2020-11-25"}, load_record(), load_ground(), "pdf")  # doctest: +SKIP
>>> pages = sheet("story", {"lang": "hy"}, load_record(), load_ground(), "pdf")  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from geodata.ground import Ground
from geodata.model import Record
from geodata.translations import in_language
from layers.sheet.paper import SIZES
from layers.view_state import State, from_dict, limits
from layers.wording.vocabulary import N

Format = Literal["png", "svg", "pdf"]
FORMATS: tuple[Format, ...] = ("png", "svg", "pdf")
COMPARISONS = ("beside", "changes")


@dataclass(frozen=True)
class Kind:
    """A kind of page: what it is called, the days it shows, the paper it is set on where none is named, whether it has several pages.

    ``days``: one day of the state, both, or several of its own; none: those that follow from the record.
    ``latest``: where no day is named it shows the last of the record, not that on which the statement took effect.
    """

    name: str
    days: Literal["one", "two", "several", "none"] = "none"
    size: str = "a4"
    leaflet: bool = False
    latest: bool = False


KINDS = {
    "one": Kind(N("One date"), "one"),
    "two": Kind(N("Two dates"), "two"),
    "changes": Kind(N("What changed between two dates"), "two"),
    "multiples": Kind(N("Several dates as small maps"), "several"),
    "lines": Kind(N("The line over time"), "several"),
    "clause": Kind(N("One clause"), size="a4-portrait", leaflet=True),
    "story": Kind(N("The story to hand out"), size="a4-portrait", leaflet=True),
    "class": Kind(N("Pages for a class"), size="a4-portrait", leaflet=True),
    "briefing": Kind(N("A briefing of two pages"), "one", size="a4-portrait", leaflet=True, latest=True),
}
"""The kinds of page; those of several pages are PDF only, on upright paper."""
UPRIGHT = tuple(name for name, paper in SIZES.items() if not paper.beside and paper.h > paper.w)
"""Sizes of paper for several pages."""
DPI = (50, 600)
"""Least and greatest resolution of a PNG."""


def render(
    state: State | Mapping[str, Any],
    record: Record,
    ground: Ground,
    fmt: str,
    *,
    dpi: int = 150,
    size: str = "a4",
    address: str | None = None,
    compare: str = "beside",
    map_only: bool = False,
) -> bytes:
    """Draw the sheet of a state: one date or, with ``from``, two.

    Parameters
    ----------
    state
        A :class:`layers.view_state.State`, or a mapping of its keys; missing keys take their defaults.  With ``from`` the
        sheet compares that day with ``on``.
    compare
        How two days are compared: ``beside`` (two maps) or ``changes`` (one map of what changed).
    map_only
        The map without the page around it, as SVG whose text stays text.
    fmt, dpi, size, address
        As :func:`sheet` takes them.

    Returns the file and raises as :func:`sheet` does.
    """
    if compare not in COMPARISONS:
        raise ValueError(f"There is no comparison “{compare}”; there are {' and '.join(COMPARISONS)}.")
    checked = state if isinstance(state, State) else checked_state(state, record)
    kind = "one" if checked.from_ is None else "two" if compare == "beside" else "changes"
    if not map_only:
        return sheet(kind, checked, record, ground, fmt, dpi=dpi, size=size, address=address)
    from layers.sheet.vector import standalone

    _check(kind, fmt, size, dpi)
    data = _data(kind, checked, record, ground, size, address, ())
    if fmt != "svg" or "map" not in data:
        raise ValueError("The map alone is an SVG of one map: it ends in .svg, and two days need --compare changes.")
    return standalone(data["map"])


def sheet(
    kind: str,
    state: State | Mapping[str, Any],
    record: Record,
    ground: Ground,
    fmt: str = "pdf",
    *,
    dpi: int = 150,
    size: str | None = None,
    address: str | None = None,
    days: Sequence[str] = (),
) -> bytes:
    """Set one kind of page.

    Parameters
    ----------
    kind
        One of :data:`KINDS`.
    state
        As :func:`render` takes it.  ``two`` and ``changes`` need ``from``; ``clause`` and ``class`` take its ``clause``.
    fmt
        One of :data:`FORMATS`.  In a PDF (PDF/A-2a) text stays text; in an SVG letters are outlines, so that it looks
        alike without our fonts.  Kinds of several pages are PDF only.
    dpi
        Pixels an inch, for PNG.
    size
        One of :data:`layers.sheet.paper.SIZES`; default: that of the kind.
    address
        Where the atlas is served; with it the page carries the permalink and its QR code.
    days
        ISO days of ``multiples`` (4, 6, 9 or 12) and ``lines``; default: those of the hand-overs of the statement, then those on which
        most ground changed hands.

    Returns
    -------
    bytes
        The file; the same input gives the same bytes.

    Raises
    ------
    ValueError
        With one sentence, for anything that there is not or that can't be used.
    """
    checked = state if isinstance(state, State) else checked_state(state, record, kind)
    paper = size or KINDS[checked_kind(kind)].size
    _check(kind, fmt, paper, dpi)
    from layers.sheet.typeset import typeset

    data = _data(kind, checked, record, ground, paper, address, days)
    return typeset(data["template"], data, cast("Format", fmt), dpi)[0]


def checked_kind(kind: str) -> str:
    """A kind of page that there is; ValueError, with one sentence, for any other."""
    if kind not in KINDS:
        raise ValueError(f"There is no kind of sheet “{kind}”; the kinds are {', '.join(KINDS)}.")
    return kind


def _check(kind: str, fmt: str, size: str, dpi: int) -> None:
    if fmt not in FORMATS:
        raise ValueError(f"There is no sheet format “{fmt}”; the formats are {', '.join(FORMATS)}.")
    if size not in SIZES:
        raise ValueError(f"There is no sheet size “{size}”; the sizes are {', '.join(SIZES)}.")
    if not DPI[0] <= dpi <= DPI[1]:
        raise ValueError(f"{dpi} dpi is out of range: choose between {DPI[0]} and {DPI[1]}.")
    if KINDS[kind].leaflet and fmt != "pdf":
        raise ValueError(f"A sheet of the kind “{kind}” has several pages: it is written as PDF, not as {fmt.upper()}.")
    if KINDS[kind].leaflet and size not in UPRIGHT:
        raise ValueError(f"A sheet of the kind “{kind}” needs upright paper: {', '.join(UPRIGHT)}.")


def _data(
    kind: str, state: State, record: Record, ground: Ground, size: str, address: str | None, days: Sequence[str]
) -> dict[str, Any]:
    """What the kind's template is given."""
    from layers.sheet import documents, kinds, series, story

    record = in_language(record, state.lang)
    shared: tuple[Any, ...] = (state, record, ground, SIZES[size], address)
    if KINDS[kind].days == "two" and state.from_ is None:
        raise ValueError(f"A sheet of the kind “{kind}” compares two days: give the earlier one as --from.")
    if KINDS[kind].days == "several":
        most = series.most_on(SIZES[size], kind)
        named = days or series.meaningful(record, ground, kind, most)
        shared = (*shared, series.checked_days(named, ground, kind, most))
    makers: dict[str, Callable[..., dict[str, Any]]] = {
        "one": kinds.one, "two": kinds.two, "changes": kinds.changes, "multiples": series.multiples, "lines": series.lines,
        "clause": documents.clause, "story": story.story, "class": documents.class_pack, "briefing": documents.briefing,
    }  # fmt: skip
    return makers[kind](*shared)


def checked_state(values: Mapping[str, Any], record: Record, kind: str | None = None) -> State:
    """A state from its keys; unlike the page, a sheet refuses what it can't use (but a day after the end is the end).

    ``kind``: the kind of page that it is for, which knows its usual day.

    Raises
    ------
    ValueError
        With the first value's sentence.
    """
    latest = kind is not None and KINDS[checked_kind(kind)].latest and values.get("on") is None
    last = {"on": record.coverage_end.isoformat()} if latest else {}
    state, notices = from_dict({**values, **last}, limits(record))
    for notice in notices:
        if notice.code != "after-record":
            raise ValueError(_refusal(notice, record))
    return state


def _refusal(notice: Any, record: Record) -> str:
    values = dict(notice.values)
    key, value = values.get("key", "from"), values.get("value", "")
    if notice.code == "not-a-day":
        return f"--{key} “{value}” is not a date: write it as YYYY-MM-DD, for example 2020-11-10."
    if notice.code == "before-record":
        return f"The record begins on {values['start']}: --{key} {value} lies before it."
    if notice.code == "after-on":
        return f"--from {value} lies after --on {values['on']}: give the earlier day as --from."
    if notice.code == "unknown-layer":
        known = ", ".join(zone.id for zone in record.zones)
        return f"There is no layer “{value}”; the layers are {known}."
    if notice.code == "unknown-clause":
        return f"There is no clause “{value}”: they are numbered 1 to 9."
    if notice.code == "bad-view":
        return f"--view “{value}” is not a latitude, longitude and zoom within the mapped area, such as 39.8,46.6,9."
    return str(notice).split(": it falls back", maxsplit=1)[0] + "; see python -m layers snapshot --help."

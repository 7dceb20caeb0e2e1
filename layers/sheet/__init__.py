"""The print sheet: any state of the map on paper, as PNG, SVG or PDF.

>>> page = render({"on": "2020-11-25"}, load_record(), load_ground(), "pdf")  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, cast

from geodata.ground import Ground
from geodata.model import Record
from layers.sheet.paper import SIZES
from layers.view_state import State, from_dict, limits

Format = Literal["png", "svg", "pdf"]
FORMATS: tuple[Format, ...] = ("png", "svg", "pdf")
COMPARISONS = ("beside", "changes")
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
    """Draw a sheet.

    Parameters
    ----------
    state
        A :class:`layers.view_state.State`, or a mapping of its keys; missing keys take their defaults.  With ``from`` the
        sheet compares that day with ``on``.
    fmt
        One of :data:`FORMATS`.  In a PDF (PDF/A-2a) text stays text; in an SVG letters are outlines, so that it looks
        alike without our fonts.
    dpi
        Pixels an inch, for PNG.
    size
        One of :data:`layers.sheet.paper.SIZES`.
    address
        Where the atlas is served; the permalink and its QR code start with it.
    compare
        How two days are compared: ``beside`` (two maps) or ``changes`` (one map of what changed).
    map_only
        The map without the page around it, as SVG whose text stays text.

    Returns
    -------
    bytes
        The file; the same input gives the same bytes.

    Raises
    ------
    ValueError
        With one sentence, for an unknown format, size or resolution, or a value of the state that can't be used.
    """
    if fmt not in FORMATS:
        raise ValueError(f"There is no sheet format “{fmt}”; the formats are {', '.join(FORMATS)}.")
    if size not in SIZES:
        raise ValueError(f"There is no sheet size “{size}”; the sizes are {', '.join(SIZES)}.")
    if not DPI[0] <= dpi <= DPI[1]:
        raise ValueError(f"{dpi} dpi is out of range: choose between {DPI[0]} and {DPI[1]}.")
    if compare not in COMPARISONS:
        raise ValueError(f"There is no comparison “{compare}”; there are {' and '.join(COMPARISONS)}.")
    checked = state if isinstance(state, State) else checked_state(state, record)
    from layers.sheet import kinds
    from layers.sheet.typeset import typeset

    make = kinds.one if checked.from_ is None else kinds.two if compare == "beside" else kinds.changes
    data = make(checked, record, ground, SIZES[size], address)
    if map_only:
        from layers.sheet.vector import standalone

        if fmt != "svg" or "map" not in data:
            raise ValueError(
                "The map alone is an SVG of one map: it ends in .svg, and two days need --compare changes."
            )
        return standalone(data["map"])
    return typeset(data["template"], data, cast("Format", fmt), dpi)[0]


def checked_state(values: Mapping[str, Any], record: Record) -> State:
    """A state from its keys; unlike the page, a sheet refuses what it can't use (but a day after the end is the end).

    Raises
    ------
    ValueError
        With the first value's sentence.
    """
    state, notices = from_dict(values, limits(record))
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

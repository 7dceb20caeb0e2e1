"""What a list of the reader's was taken for: shown with its first rows, changed by the reader, and only then placed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import streamlit as st

from geodata.attribution.budget import InputError
from geodata.attribution.columns import Columns, candidates, choose, span_candidates
from geodata.attribution.local import refuse_swapped
from geodata.attribution.reading import Chunk, Source
from geodata.attribution.rows import process
from geodata.attribution.said import Said
from geodata.attribution.written_day import DateRules, Order
from layers.atlas import atlas_data
from layers.wording import Translate, Wording
from panels.text import escape

FIRST = 5
"""Rows of a list that are shown before it is placed."""
ORDERS: dict[Order | None, str] = {None: "not known: leave such days out", "dmy": "3 April 2020", "mdy": "4 March 2020"}
CONFIRMED = "points-confirmed"


@dataclass(frozen=True, eq=False)
class Opened:
    """What is known of an upload before its rows are read; ``error`` says why it can't be used.

    ``first`` are its first rows, ``layout`` their source without its content; ``geometry`` says that the format has positions of its own.
    """

    names: tuple[str, ...]
    found: dict[str, str | None]
    geometry: bool
    messages: tuple[Said, ...]
    error: Said | None = None
    first: pa.Table | None = None
    layout: Source | None = None


def opened_of(source: Source) -> Opened:
    """What an opened file looks like.

    Raises
    ------
    InputError
        When its first rows can't be read.
    """
    names = {role: candidates(source, role) for role in ("lat", "lon", "date", "place")}
    found = {role: listed[0] if len(listed) == 1 else None for role, listed in names.items()}
    if source.geometry is not None or (found["lat"] and found["lon"]):
        found["place"] = None
    span = span_candidates(source)
    found |= {"date": span[0], "date_end": span[1]} if span else {"date_end": None}
    first = next((chunk.table.slice(0, FIRST) for chunk in source.chunks()), None)
    source.close()
    if first is None:
        raise InputError("the file is empty: there is a header but no row.")
    return Opened(
        tuple(source.schema.names),
        found,
        source.lat is not None or source.geometry is not None,
        tuple(source.messages),
        None,
        first,
        source,
    )


def columns_of(source: Source, settings: dict[str, Any]) -> Columns:
    """The columns that the reader chose.

    Raises
    ------
    InputError
        Where they can't be what they are chosen for.
    """
    return choose(
        source, settings["lat"], settings["lon"], settings["date"],
        date_end=settings.get("date_end"), place=settings.get("place"), tables=None if settings.get("precision", True) else (),
    )  # fmt: skip


def ask(opened: Opened, tr: Translate) -> dict[str, Any] | None:
    """Which columns hold what, as the reader says; None until all that is needed is chosen."""
    chosen: dict[str, Any] = {"lat": opened.found["lat"], "lon": opened.found["lon"], "place": None}
    together = opened.found["place"] is not None
    labels = {
        "lat": tr("Latitude"),
        "lon": tr("Longitude"),
        "date": tr("Date"),
        "place": tr("Place (latitude, longitude)"),
    }
    asked = ["date"] if opened.geometry else ["place", "date"] if together else ["lat", "lon", "date"]
    if together:
        chosen |= {"lat": None, "lon": None}
    boxes = [*st.columns(len(asked)), *st.columns(2)]
    for box, role in zip(boxes, asked, strict=False):
        chosen[role] = _column(box, labels[role], opened, role, tr)
    chosen["date_end"] = _column(boxes[len(asked)], tr("Last day, if a span"), opened, "date_end", tr)
    chosen["order"] = boxes[-1].selectbox(
        tr("03/04/2020 means"), list(ORDERS), format_func=lambda order: tr(ORDERS[order]), key="points-order"
    )
    missing = [labels[role] for role in asked if chosen[role] is None]
    if missing:
        st.warning(tr("Choose the column of: {columns}.", columns=", ".join(missing)))
        return None
    chosen["precision"] = st.checkbox(
        tr("Take the list's own precision: a code or radius makes a place a disc, or a day a span"),
        value=True,
        key="points-precision",
    )
    return chosen


def _column(box: Any, label: str, opened: Opened, role: str, tr: Translate) -> str | None:
    found = opened.found[role]
    index = opened.names.index(found) if found in opened.names else None
    choice: str | None = box.selectbox(
        label, opened.names, index=index, key=f"points-{role}", placeholder=tr("Choose the column")
    )
    return choice


def preview(opened: Opened, settings: dict[str, Any], w: Wording) -> Said | None:
    """Show the first rows with what was read in them, and the columns of precision; or return why they can't be placed."""
    assert opened.first is not None
    assert opened.layout is not None
    try:
        columns = columns_of(opened.layout, settings)
        part = process(atlas_data().ground, Chunk.clean(opened.first, 0), columns, DateRules(settings["order"]))
        refuse_swapped(part.summary, columns)
    except InputError as error:
        return error.said
    except pa.ArrowException:
        return Said("the file holds values that can't be read as the type of their column.")
    tr = w.tr
    added = {name: part.table[own] for name, own in columns.added.items()}
    days = zip(*(added[name].cast(pa.string()).to_pylist() for name in ("first", "last", "as_of")), strict=True)
    shown = {
        tr("Date"): [f"{first} – {last}" if first else day for first, last, day in days],
        tr("Latitude"): [round(float(value), 4) for value in part.lat],
        tr("Longitude"): [round(float(value), 4) for value in part.lon],
        tr("Radius, m"): added["radius_m"].to_pylist(),
        tr("By the columns"): added["rule"].cast(pa.string()).to_pylist(),
        tr("Problem"): part.reasons.column(w.said).to_pylist(),
    }
    st.caption(tr("The first rows, as they were read:"))
    st.dataframe(
        shown,
        hide_index=True,
        width="stretch",
        placeholder="",
        key="points-preview",
        alt=tr("Table: the first rows as they were read"),
    )
    if columns.precision:
        listed = ", ".join(f"{column.name} ({column.table})" for column in columns.precision)
        st.caption(escape(tr("Precision: {columns}.", columns=listed)))
    return None


def confirmed(file_id: str, tr: Translate) -> bool:
    """Whether the reader has seen what the list was taken for; a change afterwards is placed at once."""
    if st.session_state.get(CONFIRMED) == file_id:
        return True

    def confirm() -> None:
        st.session_state[CONFIRMED] = file_id

    st.button(tr("Place the points"), key="points-place", type="primary", on_click=confirm)
    return False

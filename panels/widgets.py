"""Widgets that several panels share; each shows the view's state and changes it only through a callback."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from geodata.dates import parse_day
from layers.wording import Translate, Wording
from panels.bound import bind, held
from panels.session import Session, move
from panels.text import sources_note

DAY_FORM = {"en": "YYYY-MM-DD"}
"""How a box writes its day: in English the one order that readers of 25/11 and of 11/25 take for the same day."""


def day_input(label: str, key: str, value: str, session: Session, on_change: Callable[[], None]) -> None:
    """A box for one day of the record, in the figures of the reader's language."""
    limits = session.limits
    st.date_input(
        label,
        min_value=parse_day(limits.start),
        max_value=parse_day(limits.end),
        format=DAY_FORM.get(session.state.lang, "DD.MM.YYYY"),
        **bind(key, parse_day(value), on_change),
    )


def chosen(key: str) -> str | None:
    """The day in a box, as ISO text (for callbacks)."""
    value: date | None = held(key)
    return value.isoformat() if isinstance(value, date) else None


def day_box(session: Session, tr: Translate) -> None:
    """The day shown, to type or pick; the map follows."""
    day_input(tr("Day shown"), "day-box", session.state.on, session, set_day)


def set_day() -> None:
    """The day shown was chosen (a callback)."""
    day = chosen("day-box")
    if day:
        move(on=day)


def rows_to_pick(table: pd.DataFrame, key: str, alt: str, **config: Any) -> int | None:
    """A table whose rows can be chosen; returns the number of the chosen row."""
    event: Any = st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        on_select="rerun",
        selection_mode="single-row",
        key=key,
        alt=alt,
        placeholder="",
        **config,
    )
    picked = [row for row in event["selection"]["rows"] if row < len(table)]
    return picked[0] if picked else None


def filters(
    first: str, options: list[Any], say: Callable[[Any], str], key: str, tr: Translate
) -> tuple[tuple[Any, ...], str]:
    """Two filters in a row: any of some options, and words to search for (returned casefolded)."""
    left, right = st.columns(2)
    wanted = left.multiselect(first, options, format_func=say, key=f"{key}-filter", placeholder=tr("all"))
    words = right.text_input(tr("Search"), key=f"{key}-search")
    return tuple(wanted), words.strip().casefold()


def rests_on(ids: Iterable[str], w: Wording, more: str = "") -> None:
    """What a passage rests on, in small type, and in Markdown what follows.

    No caption: Streamlit draws captions at 60 percent, where links are too faint to read.
    """
    st.markdown(f":small[{sources_note(ids, w)}{more}]")


def opened(label: str, key: str) -> Any:
    """A part that the reader opens; None while it is closed, so that nothing of it is made or sent."""
    box: Any = st.expander(label, key=key, on_change="rerun")
    return box if box.open else None

"""Several sheets in one archive: which ones, how many at most, and how far they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from layers.atlas import Atlas, atlas_data
from layers.sheet import KINDS
from layers.sheet.batch import MOST, Order, orders, packed
from layers.view_state import State
from layers.wording import Translate
from layers.wording.vocabulary import OWN_NAMES
from panels.download_button import button
from panels.session import Session
from panels.widgets import opened
from server.downloads import RefusedError
from server.sessions import reader_gone

MADE = "several-made"
"""How many sheets of the archive are made, and of how many; empty while none is being made."""


def show(session: Session, atlas: Atlas, address: str | None, tr: Translate) -> None:
    """What the reader puts together, and the button that has it made."""
    box = opened(tr("Several sheets in one archive"), "several")
    if box is None:
        return
    with box:
        wanted = chosen(session, atlas, tr)
        if len(wanted) > MOST:
            st.warning(
                tr("These are {n} sheets; at most {most} are made at once: choose fewer.", n=len(wanted), most=MOST)
            )
        elif wanted:
            label = session.wording.plural("ZIP with {n} sheet", "ZIP with {n} sheets", len(wanted))
            made: dict[str, tuple[int, int]] = st.session_state.setdefault(MADE, {})
            make = partial(archive, wanted, session.state, address, made, reader_gone())
            button(label, "ceasefire-atlas-sheets.zip", "application/zip", make, key="several")
            how_far(tr)


def chosen(session: Session, atlas: Atlas, tr: Translate) -> list[Order]:
    """Kinds by days by languages, as the reader has them; to begin with the day and the language on screen."""
    from layers.sheet.documents import read_clauses

    state = session.state
    kinds = st.multiselect(
        tr("Kinds of page"),
        list(KINDS),
        ["one"],
        format_func=lambda kind: tr(KINDS[kind].name),
        key="several-kinds",
        placeholder=tr("Choose"),
    )
    shown = sorted(filter(None, {state.from_, state.on}))
    days = st.multiselect(
        tr("Days"),
        sorted({*atlas.stops, *shown}),
        shown,
        format_func=session.wording.short,
        key=f"several-days-{'-'.join(shown)}",
        placeholder=tr("Choose"),
    )
    languages = st.multiselect(
        tr("Languages"),
        list(OWN_NAMES),
        [state.lang],
        format_func=lambda lang: OWN_NAMES[lang],
        key="several-languages",
        placeholder=tr("Choose"),
    )
    if any(KINDS[kind].days == "two" for kind in kinds) and len(days) < 2:
        st.caption(tr("A comparison shows the first and the last of the days chosen: choose two."))
    read = state.clause if state.clause in read_clauses(atlas.record) else None
    return orders(kinds, days, languages, {"clause": state.clause, "class": read})


@st.fragment(run_every=1)
def how_far(tr: Translate) -> None:
    """How many sheets are made; they are made on another thread, so this looks every second."""
    for done, count in st.session_state.get(MADE, {}).values():
        st.progress(done / count, tr("{done} of {count} sheets made", done=done, count=count))


def archive(
    wanted: list[Order], state: State, address: str | None, made: dict[str, tuple[int, int]], gone: Callable[[], bool]
) -> bytes:
    """The archive, whole or not at all; on the thread that makes files."""

    def told(done: int) -> None:
        if gone():
            raise RefusedError("The reader has left.")
        made["now"] = done, len(wanted)

    data = atlas_data()
    try:
        return packed(wanted, state, data.record, data.ground, address=address, told=told)
    except Exception:
        made.clear()
        raise

"""Every obligation at the day shown: first due, due, done, days late, status, as known on a day; and the chart of it."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

import pandas as pd
import streamlit as st

from geodata.dates import parse_day
from geodata.status import Status, statuses
from layers.atlas import Atlas, atlas_data
from layers.wording import Translate, Wording, wording
from layers.wording.dates import NO_BREAK
from panels import attested
from panels.bound import bind, held
from panels.contest import wrong
from panels.deadline_chart import AROUND, dated, deadline_chart
from panels.session import Session, current, move
from panels.text import escape
from panels.widgets import chosen, day_box, day_input, opened, rests_on


def show(session: Session, atlas: Atlas, tr: Translate) -> None:
    """Draw the panel."""
    state = session.state
    day_box(session, tr)
    known_box(session, tr)
    if before_the_statement(session):
        return
    rows = rows_on(state.on, state.known or state.on, session.text_lang)
    spec = deadline_chart(state.on, state.known or state.on, state.lang, session.text_lang)
    st.vega_lite_chart(
        spec=spec,
        width="stretch",
        height=spec["height"] + AROUND,
        key="deadline-chart",
        alt=tr("Chart: when each obligation was due, revised and done; the table below has the same dates"),
    )
    undated(state.on, state.known or state.on, rows, session.wording)
    with st.expander(tr("All fifteen obligations as a table")):
        with st.container(key="atlas-obligations"):
            st.table(table(rows, state.lang), border="horizontal", hide_index=True)
        st.caption(tr("Days late: against the due day then in force; in brackets against the first. Negative: early."))
    disputed = [row for row in rows if row.status == "disputed"]
    if disputed:
        box = opened(tr("Disputed on this day: {n}", n=len(disputed)), "disputed")
        if box is not None:
            with box:
                for row in disputed:
                    both_readings(row, atlas, session.wording)


def before_the_statement(session: Session) -> bool:
    """Say that no date runs yet on a day before the statement, and offer its first day; whether that is so."""
    shown = min(session.state.on, session.state.known or session.state.on)
    first = atlas_data().record.effect_day.isoformat()
    if shown >= first:
        return False
    w = session.wording
    st.info(
        w.tr(
            "On {day} the statement was not yet in force: its dates begin on {first}.",
            day=w.day(shown),
            first=w.day(first),
        )
    )
    st.button(
        w.tr("Go to {day}", day=w.day(first)),
        key="first-day",
        on_click=move,
        kwargs={"on": max(session.state.on, first), "known": None},
    )
    return True


def undated(on: str, known: str, rows: tuple[Status, ...], w: Wording) -> None:
    """The obligations that no date of the text or of an event bounds, as a list."""
    has_date = dated(on, known)
    without = [row for row in rows if row.id not in has_date]
    if without and without[0].status != "not-in-force":
        st.markdown(f"**{w.tr('Without a date')}**")
        st.markdown("\n".join(f"- {row.clause} · {escape(row.title)}: {escape(w.deadline(row))}" for row in without))


def known_box(session: Session, tr: Translate) -> None:
    """The switch “as known on” with its day."""
    on = session.state.known is not None
    st.toggle(
        tr("As known on an earlier day"),
        **bind("known-on", on, switch_known),
        help=tr("Hides what was announced later: on 14 November 2020 Kalbajar was still due on the 15th."),
    )
    if on:
        day_input(tr("As known on"), "known-box", session.state.known or session.state.on, session, set_known)


def switch_known() -> None:
    """The switch was moved (a callback)."""
    move(known=before_a_change(current().state.on) if held("known-on") else None)


def before_a_change(on: str) -> str:
    """The day before a due day was last moved, so that the switch shows a difference at once; else the day itself."""
    later = [stage.announced for item in atlas_data().record.obligations for stage in item.deadlines[1:]]
    moved = [day for day in later if day <= parse_day(on)]
    return (max(moved) - timedelta(days=1)).isoformat() if moved else on


def set_known() -> None:
    """The day of knowledge was chosen (a callback)."""
    move(known=chosen("known-box"))


@lru_cache(maxsize=64)
def rows_on(on: str, known: str, text_lang: str) -> tuple[Status, ...]:
    """The fifteen statuses, their titles in a language."""
    return tuple(statuses(atlas_data(text_lang).record, parse_day(on), parse_day(known)))


@lru_cache(maxsize=64)
def table(rows: tuple[Status, ...], lang: str) -> pd.DataFrame:
    """The fifteen rows as they are shown; cells are Markdown, so every text is escaped."""
    w = wording(lang)
    tr = w.tr
    return pd.DataFrame(
        {
            tr("Obligation: status"): [
                f"**{escape(f'{row.clause} · {row.title}')}**: {w.status(row.status)}" for row in rows
            ],
            tr("Due"): [_loose(due(row, w)) for row in rows],
            tr("Done"): [_loose(w.done_in_table(row)) for row in rows],
            tr("Days late"): [w.lateness_figures(row) for row in rows],
        }
    )


def _loose(text: str) -> str:
    """A day that may break: columns beside the map are narrow in some languages."""
    return text.replace(NO_BREAK, " ")


def due(row: Status, w: Wording) -> str:
    """The due day now in force; below it the first where that was another."""
    now = w.due_in_table(row)
    if row.due is None or row.first_due in (None, row.due):
        return now
    return w.tr("{due}, first {first}", due=now, first=w.cell(row.first_due))


def both_readings(row: Status, atlas: Atlas, w: Wording) -> None:
    """The pair of readings that makes an obligation disputed."""
    for dispute in atlas.obligations[row.id].disputes:
        if dispute.since != row.disputed_since:
            continue
        st.markdown(f"**{escape(row.title)}**, {escape(w.tr('disputed since {day}', day=w.day(dispute.since)))}")
        left, right = st.columns(2)
        left.caption(w.side(dispute.claim_side))
        left.text(dispute.claim)
        right.caption(w.side(dispute.counter_side))
        right.text(dispute.counterclaim)
        attested.quoted(dispute, w)
        rests_on(dispute.sources, w)
    wrong(row.id, w.tr, row.id)

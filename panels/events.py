"""The events of the record, oldest first; each leads to its day on the map, its clauses and its sources."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from geodata.record_events import Event
from layers.atlas import Atlas, atlas_data
from layers.wording import Translate, Wording, wording
from layers.wording.vocabulary import CONFIDENCE
from panels import attested
from panels.contest import wrong
from panels.session import Session, move
from panels.text import escape
from panels.widgets import filters, rests_on, rows_to_pick


def show(session: Session, atlas: Atlas, tr: Translate) -> None:
    """Draw the panel."""
    clauses, words = filters(tr("Clauses"), list(range(1, 10)), str, "events", tr)
    found = filtered(clauses, words, session.text_lang)
    st.caption(
        session.wording.plural(
            "{n} event; choose a row to read it and see it on the map.",
            "{n} events; choose a row to read it and see it on the map.",
            len(found),
        )
    )
    picked = rows_to_pick(
        table(found, session.state.lang, session.text_lang),
        "events-table",
        tr("Table: events of the record"),
        height=400,
    )
    if picked is not None:
        card(atlas.events[found[picked]], session, tr, key="event")


@lru_cache(maxsize=256)
def filtered(clauses: tuple[int, ...], words: str, text_lang: str) -> tuple[str, ...]:
    """Ids of the events that concern any of the clauses and contain the words, oldest first."""
    return tuple(
        event.id
        for event in sorted(atlas_data().record.events, key=lambda event: event.counts_from)
        if (not clauses or set(clauses) & set(event.clauses)) and words in _text_of(event.id, text_lang)
    )


@lru_cache(maxsize=512)
def _text_of(event_id: str, text_lang: str) -> str:
    event = atlas_data(text_lang).events[event_id]
    places = [atlas_data().places[name].names for name in event.places]
    names = [form for place in places for form in (place.neutral, place.az, place.hy, place.ru) if form]
    return " ".join([event.date, event.title, event.text, *names]).casefold()


@lru_cache(maxsize=64)
def table(ids: tuple[str, ...], lang: str, text_lang: str) -> pd.DataFrame:
    """The events as they are listed."""
    w = wording(lang)
    tr = w.tr
    events = [atlas_data(text_lang).events[event_id] for event_id in ids]
    return pd.DataFrame(
        {
            tr("Day"): [event.date for event in events],
            tr("Event"): [event.title for event in events],
            tr("Clauses"): [", ".join(map(str, event.clauses)) for event in events],
            tr("Notes"): [tr("disputed") if event.disputed else "" for event in events],
        }
    )


def card(event: Event, session: Session, tr: Translate, key: str) -> None:
    """One event in full."""
    w = session.wording
    with st.container(border=True):
        st.markdown(f"**{escape(session.wording.edtf(event.date))}** — **{escape(event.title)}**")
        st.caption(w.event_kind(event.kind))
        st.text(event.text)
        attested.quoted(event, w)
        court(event, w)
        points(tr("What was agreed"), event.agreed)
        points(tr("What it does not settle"), event.absent)
        for view in event.views:
            st.markdown(f"**{escape(w.side(view.side))}**")
            attested.side_says(view, w)
        attested.unheard(event.unheard, w)
        attested.counted(event.people, w)
        rests_on(event.sources, w, f" {tr('Confidence: {level}.', level=tr(CONFIDENCE[event.confidence]))}")
        st.button(
            tr("Show this day on the map"),
            key=f"{key}-show",
            on_click=move,
            kwargs=to_map(event, session),
        )
        wrong(event.id, tr, key)


def court(event: Event, w: Wording) -> None:
    """What was asked of a court, by whom, and what it granted and refused."""
    for request in event.court:
        asked = w.tr("{side} asked: {what}", side=w.side(request.by), what=request.asked)
        st.markdown(f"- {escape(asked)} **{escape(w.outcome_of(request.outcome))}**. {escape(request.note or '')}")
        attested.quoted(request, w)


def points(head: str, items: list[str]) -> None:
    """A list under a head, where there is one."""
    if items:
        st.markdown("\n".join([f"**{escape(head)}**\n", *(f"- {escape(item)}" for item in items)]))


def to_map(event: Event, session: Session) -> dict[str, Any]:
    """The change of state that brings an event onto the map."""
    extra = [name for name in event.zones if name in session.limits.layers]
    day = max(session.limits.start, min(event.counts_from.isoformat(), session.limits.end))
    wished: dict[str, Any] = {"on": day, "layers": [*session.state.layers, *extra], "scroll": True}
    if session.state.from_ and session.state.from_ > day:
        wished["from_"] = None
    if event.clauses:
        wished["clause"] = event.clauses[0]
    return wished

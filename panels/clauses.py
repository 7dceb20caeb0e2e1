"""The nine clauses: what each requires, where and by when, how its texts differ, how it is read, what happened."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from geodata.model import Clause, Phrase, Record, Variant
from layers.atlas import Atlas
from layers.wording import Translate, Wording
from panels import attested
from panels.bound import bind, held
from panels.contest import wrong
from panels.deadlines import rows_on
from panels.extent import clause_extent
from panels.session import Session, current, move
from panels.text import escape
from panels.widgets import opened, rests_on


def show(session: Session, atlas: Atlas, tr: Translate) -> None:
    """Draw the panel: the list of nine, or the clause that is lit up."""
    st.pills(
        tr("Clause"),
        range(1, 10),
        **bind("clause-pick", session.state.clause, pick),
        width="stretch",
    )
    if session.state.clause is None:
        for clause in atlas.record.clauses:
            st.markdown(f"**{clause.number}. {escape(clause.title)}**")
            st.text(clause.paraphrase)
        statement(atlas.record, session.wording)
        return
    one(atlas.clauses[session.state.clause], session, atlas, tr)


def statement(record: Record, w: Wording) -> None:
    """The document itself: who signed it, from when it holds, and what each side says of whether it still does."""
    about = record.statement
    st.subheader(escape(about.title), anchor=False)
    st.text(about.identity)
    st.markdown(
        f"**{w.tr('Signed by')}:** {escape('; '.join(about.signatories))}  \n"
        f"**{w.tr('Parties by clause 1')}:** {escape(', '.join(about.parties))}  \n"
        f"**{w.tr('In force from')}:** {escape(w.day(record.effect_day))}"
    )
    rests_on(about.sources, w)
    st.subheader(w.tr("Does it still hold?"), anchor=False)
    beside = st.container(key="atlas-holds")
    for column, reading in zip(beside.columns(len(about.in_force)), about.in_force, strict=True):
        with column:
            st.markdown(f"**{escape(w.side(reading.side))}:** *{escape(reading.title)}*")
            attested.side_says(reading, w)
    attested.unheard(about.unheard, w)


def pick() -> None:
    """A clause was chosen (a callback); a map that looks elsewhere goes where the clause applies."""
    number = held("clause-pick")
    extent = clause_extent(number) if number and current().state.view else None
    if extent:
        move(clause=number, view=list(extent))
    else:
        move(clause=number)


def one(clause: Clause, session: Session, atlas: Atlas, tr: Translate) -> None:
    """One clause in full."""
    st.subheader(escape(tr("Clause {n}: {title}", n=clause.number, title=clause.title)), anchor=False)
    st.text(clause.paraphrase)
    if clause.phrases:
        with st.expander(tr("Its operative words"), expanded=True):
            wordings(clause.phrases, atlas, session.wording)
    st.markdown(
        f"**{tr('Who')}:** {escape(clause.who)}  \n**{tr('Where')}:** {escape(clause.where)}  \n"
        f"**{tr('By when')}:** {escape(clause.deadline_note)}"
    )
    areas = [zone for zone in atlas.record.zones if clause.number in zone.clauses and zone.id in session.limits.layers]
    extent = clause_extent(clause.number)
    if areas:
        st.button(
            tr("Show its areas on the map"),
            key="clause-show",
            type="primary",
            on_click=move,
            kwargs={
                "clause": clause.number,
                "layers": [*session.state.layers, *(zone.id for zone in areas)],
                "view": list(extent) if extent else session.state.view,
                "scroll": True,
            },
        )
        st.caption(
            ", ".join(escape(session.wording.layer(zone.names)) for zone in areas) + f". {escape(clause.map_note)}"
        )
    else:
        st.caption(escape(clause.map_note))
    obligations(clause, session, atlas, tr)
    if clause.variants or clause.quantities or clause.people:
        box = opened(tr("Texts compared"), "texts")
        if box is not None:
            with box:
                variants(clause.variants, atlas, session.wording)
                quantities(clause, session, tr)
                attested.counted(clause.people, session.wording)
    readings(clause, session, atlas, tr)
    with st.expander(tr("What happened"), expanded=True):
        st.text(clause.what_happened)
        if clause.ambiguity:
            st.markdown(f"**{tr('Left open by the text')}:** {escape(clause.ambiguity)}")
        rests_on(clause.sources, session.wording)
        events(clause, session, atlas)
    wrong(clause.number, tr, "clause")


def obligations(clause: Clause, session: Session, atlas: Atlas, tr: Translate) -> None:
    """Its obligations with their status on the day shown."""
    st.markdown(f"**{tr('Obligations on {day}', day=session.wording.day(session.state.on))}**")
    for row in rows_on(session.state.on, session.state.known or session.state.on, session.text_lang):
        if row.clause != clause.number:
            continue
        item = atlas.obligations[row.id]
        st.markdown(f"- **{escape(item.title)}** — {escape(session.wording.deadline(row))}. {escape(item.duty)}")
        wrong(item.id, tr, item.id)


def variants(items: list[Variant], atlas: Atlas, w: Wording) -> None:
    """The points at which the versions differ."""
    for variant in items:
        st.markdown(f"**{escape(variant.point)}**")
        wordings(variant.wordings, atlas, w)
        st.markdown(f"**{w.tr('What it changes on the map')}:** {escape(variant.consequence)}")


def wordings(items: list[Phrase], atlas: Atlas, w: Wording) -> None:
    """Exact phrases of the statement, each with the version it is from."""
    witnesses = {witness.id: witness for witness in atlas.record.statement.witnesses}
    st.table(
        {
            w.tr("Version"): [escape(witnesses[item.witness].title) for item in items],
            w.tr("Wording"): [
                escape(w.quoted(item.phrase, witnesses[item.witness].language)) + attested.translated(item, w)
                for item in items
            ],
        },
        border="horizontal",
    )
    rests_on((name for item in items for name in item.sources), w)


def quantities(clause: Clause, session: Session, tr: Translate) -> None:
    """Numbers of the text beside numbers that were reported."""
    for item in clause.quantities:
        in_text = tr("none in the text") if item.in_text is None else session.wording.number(item.in_text)
        reported = "" if item.reported is None else f"; {tr('reported')}: {session.wording.number(item.reported)}"
        st.markdown(f"- {escape(item.what)}: {in_text}{reported}. {escape(item.note or '')}")
        attested.quoted(item, session.wording)


def readings(clause: Clause, session: Session, atlas: Atlas, tr: Translate) -> None:
    """What the sides take the clause to mean, side by side, topic by topic."""
    found = [reading for reading in atlas.record.readings if reading.clause == clause.number]
    if not found:
        return
    box = opened(f"{tr('How each side reads it')} ({len(found)})", "readings")
    if box is None:
        return
    with box:
        for _topic, group in groupby(sorted(found, key=lambda reading: reading.topic), key=lambda item: item.topic):
            members = list(group)
            for column, reading in zip(st.columns(len(members)), members, strict=True):
                with column:
                    st.markdown(f"**{escape(session.wording.side(reading.side))}:** *{escape(reading.title)}*")
                    attested.side_says(reading, session.wording)
        attested.unheard(clause.unheard, session.wording)


def events(clause: Clause, session: Session, atlas: Atlas) -> None:
    """Its events, oldest first."""
    found = [event for event in atlas.record.events if clause.number in event.clauses]
    for event in sorted(found, key=lambda event: event.counts_from):
        st.markdown(f"- **{escape(session.wording.edtf(event.date))}** {escape(event.title)}")

"""The nine clauses: what each requires, where and by when, how its texts differ, how it is read, what happened."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from geodata.model import Clause, Variant
from layers.data import AtlasData
from panels.address import View, bind, current, move
from panels.deadlines import rows_on
from panels.sight import clause_view
from panels.speech import Speak
from panels.text import day, edtf, name, number, plain
from panels.widgets import opened, rests_on
from panels.words import SIDE, STATUS


def show(view: View, atlas: AtlasData, _: Speak) -> None:
    """Draw the panel: the list of nine, or the clause that is lit up."""
    st.pills(
        _("Clause"),
        range(1, 10),
        key=bind("clause-pick", view.state.clause),
        on_change=pick,
        width="stretch",
    )
    if view.state.clause is None:
        for clause in atlas.record.clauses:
            st.markdown(f"**{clause.number}. {plain(clause.title)}**")
            st.text(clause.paraphrase)
        return
    one(atlas.clauses[view.state.clause], view, atlas, _)


def pick() -> None:
    """A clause was chosen (a callback); a map that looks elsewhere goes where the clause applies."""
    number = st.session_state["clause-pick"]
    view = clause_view(number) if number and current().state.view else None
    if view:
        move(clause=number, view=list(view))
    else:
        move(clause=number)


def one(clause: Clause, view: View, atlas: AtlasData, _: Speak) -> None:
    """One clause in full."""
    st.subheader(f"{_('Clause')} {clause.number}: {plain(clause.title)}", anchor=False)
    st.text(clause.paraphrase)
    st.markdown(
        f"**{_('Who')}:** {plain(clause.who)}  \n**{_('Where')}:** {plain(clause.where)}  \n"
        f"**{_('By when')}:** {plain(clause.deadline_note)}"
    )
    areas = [zone for zone in atlas.record.zones if clause.number in zone.clauses and zone.id in view.limits.layers]
    view_of = clause_view(clause.number)
    if areas:
        st.button(
            _("Show its areas on the map"),
            key="clause-show",
            type="primary",
            on_click=move,
            kwargs={
                "clause": clause.number,
                "layers": [*view.state.layers, *(zone.id for zone in areas)],
                "view": list(view_of) if view_of else view.state.view,
                "attend": True,
            },
        )
        st.caption(
            ", ".join(plain(name(zone.names, view.state.names)) for zone in areas) + f". {plain(clause.map_note)}"
        )
    else:
        st.caption(plain(clause.map_note))
    obligations(clause, view, atlas, _)
    if clause.variants or clause.quantities:
        box = opened(_("Texts compared"), "texts")
        if box is not None:
            with box:
                variants(clause.variants, atlas, _)
                quantities(clause, view, _)
    readings(clause, view, atlas, _)
    with st.expander(_("What happened"), expanded=True):
        st.text(clause.what_happened)
        if clause.ambiguity:
            st.text(clause.ambiguity)
        rests_on(clause.sources, _)
        events(clause, view, atlas, _)


def obligations(clause: Clause, view: View, atlas: AtlasData, _: Speak) -> None:
    """Its obligations with their status on the day shown."""
    st.markdown(f"**{_('Obligations on')} {day(view.state.on, view.state.lang)}**")
    for row in rows_on(view.state.on, view.state.known or view.state.on):
        if row.clause != clause.number:
            continue
        item = atlas.obligations[row.id]
        due = f"{_('due')} {day(row.due, view.state.lang)}" if row.due else _("no date in the text")
        first = f" ({_('first')} {day(row.first_due, view.state.lang)})" if row.first_due != row.due else ""
        done = f", {_('done')} {day(row.done, view.state.lang)}" if row.done else ""
        st.markdown(f"- **{plain(item.title)}** — {_(STATUS[row.status])}; {due}{first}{done}. {plain(item.duty)}")


def variants(items: list[Variant], atlas: AtlasData, _: Speak) -> None:
    """The points at which the versions differ."""
    witnesses = {witness.id: witness for witness in atlas.record.statement.witnesses}
    for variant in items:
        st.markdown(f"**{plain(variant.point)}**")
        st.table(
            {
                _("Version"): [plain(witnesses[wording.witness].title) for wording in variant.wordings],
                _("Wording"): [plain(f"“{wording.phrase}”") for wording in variant.wordings],
            },
            border="horizontal",
        )
        st.text(variant.consequence)
        rests_on((name for wording in variant.wordings for name in wording.sources), _)


def quantities(clause: Clause, view: View, _: Speak) -> None:
    """Numbers of the text beside numbers that were reported."""
    for item in clause.quantities:
        in_text = _("none in the text") if item.in_text is None else number(item.in_text, view.state.lang)
        reported = "" if item.reported is None else f"; {_('reported')}: {number(item.reported, view.state.lang)}"
        st.markdown(f"- {plain(item.what)}: {in_text}{reported}. {plain(item.note or '')}")


def readings(clause: Clause, view: View, atlas: AtlasData, _: Speak) -> None:
    """What the sides take the clause to mean, side by side, topic by topic."""
    found = [reading for reading in atlas.record.readings if reading.clause == clause.number]
    if not found:
        return
    box = opened(f"{_('Readings side by side')} ({len(found)})", "readings")
    if box is None:
        return
    with box:
        for _topic, group in groupby(sorted(found, key=lambda reading: reading.topic), key=lambda item: item.topic):
            members = list(group)
            for column, reading in zip(st.columns(len(members)), members, strict=True):
                column.markdown(f"**{_(SIDE[reading.side])}**, {plain(edtf(reading.date, view.state.lang))}")
                column.markdown(f"*{plain(reading.title)}*")
                column.text(reading.text)
                with column:
                    rests_on(reading.sources, _)


def events(clause: Clause, view: View, atlas: AtlasData, _: Speak) -> None:
    """Its events, oldest first."""
    found = [event for event in atlas.record.events if clause.number in event.clauses]
    for event in sorted(found, key=lambda event: event.counts_from):
        st.markdown(f"- **{plain(edtf(event.date, view.state.lang))}** {plain(event.title)}")

"""From one day to another: what changed hands, under which clause or by force, how many km2, and who held how much."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from geodata.changes import Change, changes, forced_until
from geodata.dates import parse_day
from geodata.measures import computed_beside_published, others_beside_published
from layers.atlas import Atlas, atlas_data
from layers.wording import Translate, Wording, wording
from panels.events import card
from panels.held_chart import held_chart
from panels.session import Session, current, move
from panels.text import escape
from panels.widgets import chosen, day_input, opened

WAR_BEGINS = "2020-09-27"


def show(session: Session, atlas: Atlas, tr: Translate) -> None:
    """Draw the panel."""
    state = session.state
    start = state.from_ or usual_start(session)
    # The sums stand above the switch that they follow.
    sums = st.container()
    left, right = st.columns(2)
    with left:
        day_input(tr("From"), "from-box", start, session, set_from)
    with right:
        day_input(tr("To"), "to-box", state.on, session, set_to)
    net = st.toggle(tr("Compare the two days only"), key="net", help=tr("Leaves out ground that went and came back."))
    st.caption(tr("Counted: everything dated after the first day, up to and including the second."))
    found = changed(start, state.on, net)
    with sums:
        if found:
            totals(found, session.wording)
        else:
            st.info(tr("Nothing changed hands between these days."))
    beside(start, session, atlas)
    if found:
        with st.container(key="atlas-changes"):
            st.table(table(start, state.on, net, state.lang, state.names), border="horizontal", hide_index=True)
        event_box(found, session, atlas, tr)
    st.vega_lite_chart(
        spec=held_chart(state.on, state.lang),
        width="stretch",
        height=400,
        key="held-chart",
        alt=tr("Chart: who held how many km² of the ground that changed hands, over time"),
    )
    st.caption(
        tr(
            "Only ground that changed hands at least once since 1994. Areas are geodesic, computed from the map's own shapes."
        )
    )
    published(session, tr)


def by_cause(found: tuple[Change, ...]) -> dict[str, float]:
    """Areas (km2) by what brought the change about."""
    return {cause: sum(row.km2 for row in found if row.cause == cause) for cause in ("force", "clause", "other")}


def totals(found: tuple[Change, ...], w: Wording) -> None:
    """How much changed hands by force, under clauses and otherwise: the big numbers first."""
    sums = by_cause(found)
    words = {"force": w.tr("by force"), "clause": w.tr("under clauses"), "other": w.tr("otherwise")}
    shown = [cause for cause, km2 in sums.items() if km2 or cause != "other"]
    # A figure is as wide as its words, and goes to the next line where it has no room: columns would cut it.
    with st.container(horizontal=True, gap="medium"):
        for cause in shown:
            st.metric(words[cause], w.area(sums[cause]), width="content")


def beside(start: str, session: Session, atlas: Atlas) -> None:
    """What the count leaves out: by force before the first day, and all after the second."""
    w, end = session.wording, session.state.on
    later = by_cause(changed(end, session.limits.end, net=False))
    for told in [*w.earlier(*forced_until(atlas.ground, parse_day(start)), start), *w.later(later, end)]:
        st.caption(told)


def event_box(found: tuple[Change, ...], session: Session, atlas: Atlas, tr: Translate) -> None:
    """One of the events by which ground changed hands, in full."""
    events = list(dict.fromkeys(row.event for row in found if row.event))
    chosen_event = st.selectbox(
        tr("Read about a change of control"),
        events,
        index=None,
        placeholder=tr("Choose"),
        format_func=lambda name: f"{session.wording.edtf(atlas.events[name].date)}: {atlas.events[name].title}",
        key="change-event",
    )
    if chosen_event:
        card(atlas.events[chosen_event], session, tr, key="change")


def usual_start(session: Session) -> str:
    """The day to compare with where the reader has chosen none: the day the war began, or the start of the record."""
    return WAR_BEGINS if session.state.on >= WAR_BEGINS else session.limits.start


def set_from() -> None:
    """The first day was chosen (a callback); a day after the second moves the second."""
    start = chosen("from-box")
    to = chosen("to-box") or start
    if start and to:
        move(from_=start, on=max(start, to))


def set_to() -> None:
    """The second day was chosen (a callback); a day before the first moves the first."""
    start, to = current().state.from_, chosen("to-box")
    if to:
        move(from_=min(start, to) if start else None, on=to)


@lru_cache(maxsize=64)
def changed(start: str, end: str, net: bool) -> tuple[Change, ...]:
    """The hand-overs."""
    return tuple(changes(atlas_data().ground, parse_day(start), parse_day(end), net=net))


@lru_cache(maxsize=64)
def table(start: str, end: str, net: bool, lang: str, lead: str) -> pd.DataFrame:
    """The hand-overs in the reader's words."""
    w = wording(lang, lead)
    tr = w.tr
    rows = changed(start, end, net)
    units = atlas_data().units

    def told(row: Change) -> tuple[str, ...]:
        doubt = w.doubt(disputed=row.disputed, certain=row.certain)
        return w.handover(row.from_, row.to), w.cause(row.cause, row.clause), doubt

    def printed(row: Change) -> tuple[str, ...]:
        figures = " / ".join(w.number(km2) for km2 in row.published_km2)
        return (tr("published: {km2}", km2=figures),) if figures else ()

    return pd.DataFrame(
        {
            tr("Day"): [w.cell(row.date) for row in rows],
            tr("Ground: from → to"): [
                f"**{escape(w.name(units[row.zone].names))}**: {'; '.join(filter(None, told(row)))}" for row in rows
            ],
            tr("km²"): ["; ".join((w.number(row.km2, 1), *printed(row))) for row in rows],
        }
    )


def published(session: Session, tr: Translate) -> None:
    """Areas computed from the shapes beside the published figures."""
    box = opened(tr("Computed beside published areas"), "published")
    if box is None:
        return
    with box:
        st.dataframe(
            published_table(session.state.lang),
            hide_index=True,
            width="stretch",
            placeholder="",
            alt=tr("Computed beside published areas"),
            column_config={
                tr("Ground"): st.column_config.Column(width="medium"),
                tr("Difference, %"): st.column_config.NumberColumn(format="%+.1f"),
            },
        )
        st.caption(
            tr("No line was moved to make an area match. See docs/method-ground.md for the reasons of the differences.")
        )


@lru_cache(maxsize=4)
def published_table(lang: str) -> pd.DataFrame:
    """Computed and published areas, with their difference in per cent."""
    w = wording(lang)
    tr = w.tr
    ground, record = atlas_data().ground, atlas_data(lang).record
    rows = [
        *computed_beside_published(ground, record),
        *others_beside_published(ground, record, lambda item: w.name(item.names)),
    ]
    return pd.DataFrame(
        {
            tr("Ground"): [row.what for row in rows],
            tr("Computed, km²"): [row.km2 for row in rows],
            tr("Error at most, km²"): [row.error_km2 for row in rows],
            tr("Published, km²"): ["; ".join(f"{km2:g}" for km2, _sources in row.published) for row in rows],
            tr("Difference, %"): [row.difference_percent for row in rows],
            tr("Explanation"): [row.explained or "" for row in rows],
        }
    )

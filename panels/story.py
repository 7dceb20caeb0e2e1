"""The story by scrolling, and the landing: each step is a card that passes over the map, which follows it.

The browser watches the cards (``layers/map/frontend/src/story_scroll.ts``) and moves the map; no run of this script is
waited for.
"""

from __future__ import annotations

import streamlit as st

from geodata.model import Step
from layers.atlas import Atlas
from layers.wording import Translate, Wording
from panels import draft
from panels.session import Session, go_to, open_panel
from panels.text import escape
from panels.widgets import rests_on
from panels.words import PANELS, TITLES

CONTEXT = (
    "The statement of 9/10 November 2020 ended six weeks of war over Nagorno-Karabakh. See what its nine clauses required, "
    "where, by when, and what happened."
)


def show(session: Session, atlas: Atlas, tr: Translate) -> None:
    """Draw the panel."""
    steps = atlas.record.story
    with st.container(key="atlas-step-begin"):
        st.header(tr(TITLES["story"]), anchor=False)
        st.markdown(tr(CONTEXT))
        with st.container(horizontal=True):
            st.button(tr("Begin"), key="story-begin", type="primary", on_click=go_to, args=(steps[0].id,))
            st.button(tr("Explore the map"), key="story-explore", on_click=open_panel, args=("start",))
        draft.mark(session, tr)
    for number, step in enumerate(steps, start=1):
        with st.container(key=f"atlas-step-{step.id}"):
            card(step, f"{number} / {len(steps)} · {session.wording.day(step.on)}", session.wording)
    with st.container(key="atlas-step-end"):
        st.text(tr("The end of the tour. Read on clause by clause, or see every date against time:"))
        with st.container(horizontal=True):
            for name in ("clauses", "deadlines", "start"):
                st.button(tr(PANELS[name]), key=f"story-{name}", on_click=open_panel, args=(name,))


def card(step: Step, kicker: str, w: Wording) -> None:
    """One step: what was required and what happened, and what that rests on."""
    st.markdown(f":small[{kicker}]")
    st.subheader(escape(step.title), anchor=False)
    st.text(step.text)
    rests_on(step.sources, w)

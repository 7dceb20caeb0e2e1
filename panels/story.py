"""The guided tour: each step sets date, view and layers, and says what was required and what happened."""

from __future__ import annotations

import streamlit as st

from geodata.model import Step
from geodata.parts import iso
from layers.data import AtlasData, atlas_data
from layers.wording import Translate
from panels.session import Session, current, move, open_panel
from panels.text import plain
from panels.widgets import rests_on
from panels.words import PANELS

CONTEXT = (
    "The statement of 9/10 November 2020 ended six weeks of war over Nagorno-Karabakh. See what its nine clauses required, "
    "where, by when, and what happened."
)


def show(session: Session, atlas: AtlasData, tr: Translate) -> None:
    """Draw the panel."""
    steps = atlas.record.story
    if session.step is None:
        st.markdown(tr(CONTEXT))
        st.markdown(
            tr(
                "A tour from the line of 1994 to today in a few minutes. Each step moves the map and says what was required and what happened."
            )
        )
        st.button(tr("Begin"), key="story-begin", type="primary", on_click=go, args=(0,))
        for number, step in enumerate(steps, start=1):
            st.markdown(f"{number}\\. {plain(step.title)} ({session.wording.day(step.on)})")
        return
    number = index_of(session.step, steps)
    step = steps[number]
    st.progress((number + 1) / len(steps), text=tr("Step {n} of {all}", n=number + 1, all=len(steps)))
    st.subheader(plain(step.title), anchor=False)
    st.caption(session.wording.day(step.on))
    st.text(step.text)
    rests_on(step.sources, tr)
    with st.container(horizontal=True):
        st.button(
            f"← {tr('Back')}", key="story-back", shortcut="Alt+B", disabled=number == 0, on_click=go, args=(number - 1,)
        )
        st.button(
            f"{tr('Next')} →",
            key="story-next",
            shortcut="Alt+N",
            type="primary",
            disabled=number + 1 == len(steps),
            on_click=go,
            args=(number + 1,),
        )
    if number + 1 == len(steps):
        st.text(tr("The end of the tour. Read on clause by clause, or see every date against time:"))
        with st.container(horizontal=True):
            for name in ("clauses", "deadlines"):
                st.button(tr(PANELS[name]), key=f"story-{name}", on_click=open_panel, args=(name,))


def index_of(step_id: str, steps: list[Step]) -> int:
    """Number of a step (from 0); the first for an unknown one."""
    return next((number for number, step in enumerate(steps) if step.id == step_id), 0)


def go(number: int) -> None:
    """Go to a step (a callback): the map follows."""
    step = atlas_data().record.story[number]
    current().step = step.id
    move(
        on=step.on.isoformat(),
        from_=iso(step.from_),
        known=None,
        layers=step.layers,
        clause=step.clause,
        view=step.view,
    )

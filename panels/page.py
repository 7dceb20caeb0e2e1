"""The page as a whole: title, notices, the map, and beside it the one panel that is open."""

from __future__ import annotations

from importlib import import_module

import streamlit as st

from panels import map as atlas_map
from panels.address import PANEL, View, begin, bind, end, move, open_panel
from panels.speech import Speak, speaker
from panels.text import plain
from panels.words import LANGUAGES, NAMES, PANELS
from panels.world import World, world

WIDE = {"deadlines", "changes", "events", "claims", "sources"}
"""Panels of tables and charts: there the map takes the smaller part."""
CONTEXT = (
    "The statement of 9/10 November 2020 by Armenia, Azerbaijan and Russia ended six weeks of war over Nagorno-Karabakh: "
    "this atlas shows what its nine clauses required, where, by when, and what happened."
)


def show() -> None:
    """Draw the page."""
    st.set_page_config(page_title="Ceasefire Atlas", layout="wide", initial_sidebar_state="collapsed")
    here = world()
    view = begin(here.limits)
    _ = speaker(view.state.lang)
    heading(view, _)
    for notice in view.notices:
        st.warning(plain(str(notice)))
    left, right = st.columns([4, 5] if view.panel in WIDE else [8, 5], gap="medium")
    with left:
        atlas_map.show(view)
    with right:
        switch(view, _)
        panel(view, here, _)
    end(view)


def heading(view: View, _: Speak) -> None:
    """Title, context, and the reader's choice of language and names."""
    left, right = st.columns([8, 3], vertical_alignment="bottom")
    with left:
        st.title("Ceasefire Atlas", anchor=False)
        st.markdown(_(CONTEXT))
    with right:
        one, two = st.columns(2)
        one.selectbox(
            _("Language"),
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            key=bind("lang", view.state.lang),
            on_change=lambda: move(lang=st.session_state["lang"]),
        )
        two.selectbox(
            _("Names"),
            list(NAMES),
            format_func=lambda name: _(NAMES[name]),
            key=bind("names", view.state.names),
            on_change=lambda: move(names=st.session_state["names"]),
        )


def switch(view: View, _: Speak) -> None:
    """The choice of panel."""
    st.segmented_control(
        _("Panel"),
        list(PANELS),
        format_func=lambda name: _(PANELS[name]),
        key=bind(PANEL, view.panel),
        on_change=lambda: open_panel(st.session_state[PANEL]),
        required=True,
        label_visibility="collapsed",
    )


def panel(view: View, here: World, _: Speak) -> None:
    """The open panel, and no other: the others are not even imported."""
    import_module(f"panels.{view.panel}").show(view, here, _)

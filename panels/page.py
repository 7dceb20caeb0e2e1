"""The page as a whole: a bar, the map that fills the page, and beside it the one panel that is open.

Where things stand is said in ``layers/map/frontend/css/page.css``, by the classes that Streamlit documents for the keys
of containers (``st-key-…``).
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from layers.atlas import Atlas, atlas_data
from layers.map.files import ICON
from layers.site_address import site_address
from layers.view_state import Notice, query, schema
from layers.wording import Translate
from layers.wording.vocabulary import OWN_NAMES
from panels import draft
from panels import map as atlas_map
from panels.session import (
    LANDING,
    PANEL,
    Session,
    begin,
    current,
    end,
    is_overtaken,
    move,
    open_panel,
    recover,
    reported,
)
from panels.text import escape
from panels.words import NAMES, PANELS, SHORT, TITLES
from server.allowlist import ask_nobody

WAYS = ["start", "story", "clauses", "deadlines"]
"""The map by itself, and the three ways in; the other panels are under “More”."""
LANGUAGE = "language"
"""Key of the list of languages."""
TAG = "What nine clauses required, and what happened"


def show() -> None:
    """Draw the page."""
    ask_nobody()  # done at the start already, but not under `streamlit run`
    session = begin(atlas_data().limits)
    tr = session.wording.tr
    st.set_page_config(
        page_title=tr("Ceasefire Atlas"), page_icon=str(ICON), layout="wide", initial_sidebar_state="collapsed"
    )
    with st.container(key="atlas-bar", horizontal=True, vertical_alignment="center", gap="small"):
        chosen = heading(session, tr)
    atlas_map.show(session)
    recover(session, chosen)
    if session.notices:
        with st.container(key="atlas-notices"):
            for notice in session.notices:
                st.warning(said(notice, session, tr))
    if session.panel != "start":
        with st.container(key="atlas-sheet", gap=None), st.container(key="atlas-dock"):
            panel(session, atlas_data(session.text_lang), tr)
    end(session)


def said(notice: Notice, session: Session, tr: Translate) -> str:
    """A notice in the reader's language, as Markdown; one about another version of the data leads to that edition."""
    text, site = escape(notice.say(tr(schema()["notices"][notice.code]))), site_address()
    if notice.code != "other-version" or site is None:
        return text
    view = urlencode(query(session.state, session.limits), safe=",")
    return f"{text} [{tr('Open that edition')}]({site}archive/{dict(notice.values)['value']}/map.html#{view})"


def heading(session: Session, tr: Translate) -> str | None:
    """Title, the ways in, the other panels, and the choice of language and names.

    Returns the way in that the browser says is chosen, where that is not what the view says.
    """
    st.title(tr("Ceasefire Atlas"), anchor=False, width="content")
    st.container(key="atlas-tag", width="content").markdown(f":small[{tr(TAG)}]")
    st.space("stretch")
    shown = session.panel if session.panel in WAYS else None
    # One key at all times: the browser of a reader whose server has gone still knows what it holds.
    if not session.fresh and st.session_state.get(PANEL, ...) != shown:
        st.session_state[PANEL] = shown
    chosen = st.container(key="atlas-ways", width="content").segmented_control(
        tr("Three ways in: a story, nine clauses, every date"),
        WAYS,
        format_func=lambda name: tr(PANELS[name]),
        key=PANEL,
        default=shown if session.fresh else None,
        on_change=chosen_way,
        label_visibility="collapsed",
    )
    menu(tr("More"), "more", {name: tr(label) for name, label in PANELS.items() if name not in WAYS}, open_more)
    language(session, tr)
    return chosen if chosen != shown else None


def menu(label: str, key: str, options: dict[str, str], on_click: Callable[[], None]) -> None:
    """A button that opens a short list."""
    st.menu_button(label, list(options), format_func=options.__getitem__, key=key, on_click=on_click, type="tertiary")


def language(session: Session, tr: Translate) -> None:
    """The language of the page, and which form of a name leads.

    Buttons, because they hold no state of their own: what is marked is the language of the page, no matter who chose it.
    """
    label = f":material/translate: {SHORT[session.state.lang]}"
    with st.popover(label, key=LANGUAGE, type="tertiary", help=tr("Language"), on_change="rerun"):
        choices(tr("Language"), "lang", OWN_NAMES, session.state.lang)
        names = {form: name if form in OWN_NAMES else tr(name) for form, name in NAMES.items() if form != "en"}
        choices(tr("Names of places"), "names", names, session.state.names)


def choices(title: str, key: str, options: dict[str, str], chosen: str) -> None:
    """A list of buttons that set one value of the view; the value that holds is marked."""
    st.markdown(f":small[{title}]")
    for value, label in options.items():
        icon = ":material/check:" if value == chosen else None
        st.button(label, key=f"{key}-{value}", icon=icon, on_click=choose, args=(key, value), type="tertiary")


def choose(key: str, value: str) -> None:
    """A language or a form of names was chosen (a callback): the list closes, so that the page is seen in it."""
    st.session_state[LANGUAGE] = False
    changes: dict[str, Any] = {key: value}
    move(**changes)


def chosen_way() -> None:
    """A way in was chosen (a callback); chosen again, it closes, but a card over the story gives way to the story first."""
    session, chosen = current(), st.session_state[PANEL]
    if is_overtaken(session, reported()):
        return
    if chosen is None and session.panel == LANDING and "card" in session.beside:
        del session.beside["card"]
        session.move(session.state)
    else:
        open_panel(chosen or "start")


def open_more() -> None:
    """One of the other panels was chosen (a callback)."""
    open_panel(st.session_state["more"])


def panel(session: Session, atlas: Atlas, tr: Translate) -> None:
    """The open panel, and no other: the others are not even imported."""
    if session.panel != LANDING:
        with st.container(key="atlas-dock-head", horizontal=True, vertical_alignment="center"):
            st.header(tr(TITLES[session.panel]), anchor=False, width="stretch")
            st.button(tr("Close"), key="atlas-dock-close", icon=":material/close:", type="tertiary", on_click=close)
        draft.mark(session, tr)
    import_module(f"panels.{session.panel}").show(session, atlas, tr)


def close() -> None:
    """The panel is closed (a callback): the map has the page to itself."""
    open_panel("start")

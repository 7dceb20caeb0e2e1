"""The map's mount: a component without a frame that loads the map's files and hands over to them.

The browser owns the map's state.  It reports ``{"state", "rev"}`` when it comes to rest; Python moves the map only by
raising ``rev``, so what is sent stays the same from run to run unless a panel or the address asked for a move.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from geodata.parts import iso
from geodata.story import ground_of
from layers.atlas import atlas_data
from panels.session import LANDING, MAP, Session, open_panel
from panels.words import PANELS
from server.hashed_files import publish, where

HTML = '<div class="atlas-mount"></div>'
STYLE = ".atlas-mount { min-height: 1px; }"
SCRIPT = """export default (args) => {
  const address = new URL(args.data.script, document.baseURI);
  import(address).then((page) => page.default(args), (error) => {
    args.parentElement.querySelector(".atlas-mount").textContent = `The map can't be loaded (${error.message}). Reload the page.`;
  });
};"""
"""Streamlit sends this with every run, so the script proper (page.ts) is one of the hashed files."""


@lru_cache(maxsize=1)
def component() -> Any:
    """The component, declared once per process."""
    publish()
    return st.components.v2.component("ceasefire_atlas_map", html=HTML, css=STYLE, js=SCRIPT, isolate_styles=False)


@lru_cache(maxsize=1)
def steps() -> dict[str, dict[str, Any]]:
    """What the map shows at each step of the story; what is null takes its usual value."""
    record = atlas_data().record
    return {
        step.id: {
            "on": step.on.isoformat(),
            "from": iso(step.from_),
            "known": None,
            "layers": step.layers,
            "clause": step.clause,
            "ground": ground_of(step, record),
            "view": step.view,
            "events": step.events,
        }
        for step in record.story
    }


def show(session: Session) -> None:
    """Mount the map, or send it where a panel or the address wants it."""
    component()(
        key=MAP,
        data={
            "script": where()["page.js"],
            "state": session.pushed_state.as_dict(),
            "rev": session.revision,
            "attend": session.scroll_request,
            "page": session.pushed_page,
            "panel": session.panel,
            "steps": steps() if session.panel == LANDING else None,
        },
        on_report_change=lambda: None,
        on_open_change=asked,
    )


def asked() -> None:
    """The map asks for a panel (a callback)."""
    name = (st.session_state.get(MAP) or {}).get("open")
    if name in PANELS:
        open_panel(name)

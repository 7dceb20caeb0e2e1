"""The reader's own points in the browser: the list is read, placed, drawn and counted there, and never reaches the server."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from layers.map.files import built
from layers.map.points_kit import EXAMPLE
from layers.wording import Translate
from server.hashed_files import publish, where

SCRIPT = """export default (args) => {
  let end = null, gone = false;
  import(new URL(args.data.script, document.baseURI)).then(
    (page) => { if (!gone) end = page.default(args); },
    () => { args.parentElement.querySelector(".atlas-own-mount").textContent = args.data.words.broken; });
  return () => { gone = true; end?.(); };
};"""
"""Streamlit sends this with every run, so the script proper (attribute_page.ts) is one of the hashed files."""
LISTS = "points-lists"
"""Counts the lists that were brought to the browser while the server held one."""


@lru_cache(maxsize=1)
def component() -> Any:
    """The component, declared once per process."""
    publish()
    return st.components.v2.component(
        "ceasefire_atlas_lists",
        html='<div class="atlas atlas-own-mount"></div>',
        css=f"/* A text of one line would be taken for the path of a file. */\n{built('attribute.css')}",
        js=SCRIPT,
        isolate_styles=False,
    )


def show(tr: Translate, *, elsewhere: bool) -> None:
    """Draw it; ``elsewhere`` says that the server holds a list, so that there is none here."""
    names = {"script": "attribute_page.js", "kit": "attribute.json", "example": EXAMPLE.name}
    component()(
        key="points-browser",
        data={**{key: where()[name] for key, name in names.items()}, "elsewhere": elsewhere, "words": words(tr)},
        on_here_change=brought_here,
    )


def words(tr: Translate) -> dict[str, str]:
    """What only the page says."""
    return {
        "try": tr("Try a made-up list"),
        "example": tr("A list to try: made-up incidents"),
        "invented": tr("Places and days in it are made up by a program; nothing in it happened."),
        "away": tr("Take the list away"),
        "broken": tr("This part of the map can't be loaded; check the connection and try again."),
        "instead": tr("This server takes such a list: see below."),
    }


def upload_key() -> str:
    """The key of the server's upload: another one when a list was brought to the browser instead."""
    return f"points-file-{st.session_state.get(LISTS, 0)}"


def brought_here() -> None:
    """A list was brought to the browser (a callback): the server forgets its own."""
    st.session_state[LISTS] = st.session_state.get(LISTS, 0) + 1

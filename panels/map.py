"""The map's mount: a component without a frame that loads the map's files and hands over to them.

The browser owns the map's state.  It reports ``{"state", "rev"}`` when it comes to rest; Python moves the map only by
raising ``rev``, so what is sent stays the same from run to run unless a panel or the address asked for a move.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from layers.bundle import addresses
from panels.address import MAP, View
from panels.assets import assets, publish

BASE = "app/static"
HTML = '<div class="atlas-mount"></div>'


@lru_cache(maxsize=1)
def component() -> Any:
    """The component, declared once per process."""
    here = Path(__file__).with_name
    script, style = (here(name).read_text(encoding="utf-8") for name in ("map.js", "map.css"))
    return st.components.v2.component("ceasefire_atlas_map", html=HTML, css=style, js=script, isolate_styles=False)


@lru_cache(maxsize=1)
def files() -> dict[str, str]:
    """Address of each of the map's files, relative to the page."""
    publish()
    return addresses({name: asset.content for name, asset in assets().items()}, BASE)


def show(view: View) -> None:
    """Mount the map, or send it where a panel or the address wants it."""
    component()(
        key=MAP,
        data={
            "files": files(),
            "state": view.sent.as_dict(),
            "rev": view.rev,
            "attend": view.attend,
            "panel": view.panel,
        },
        on_report_change=lambda: None,
    )

"""Everything to take away, for the state on screen; nothing is computed before the click."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

import streamlit as st

from layers.embed import CONTROLS, FILE, snippet
from layers.state import limits
from panels.address import View
from panels.speech import Speak
from panels.text import plain
from panels.world import World

log = logging.getLogger("atlas")
FAILED = "failed-downloads"
SHEETS = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
DATA = {
    "geojson": ("GeoJSON", "application/geo+json"),
    "gpkg": ("GeoPackage", "application/geopackage+sqlite3"),
    "kml": ("KML", "application/vnd.google-earth.kml+xml"),
    "csv": ("CSV", "text/csv"),
    "parquet": ("GeoParquet", "application/vnd.apache.parquet"),
}


def show(view: View, world: World, _: Speak) -> None:
    """Draw the panel."""
    state = view.state
    st.markdown(f"**{_('The map as a sheet')}** — {_('the state on screen, with title, legend, scale and credits')}")
    left, right = st.columns(2)
    size = left.selectbox(_("Paper"), ["a4", "a3"], format_func=str.upper, key="sheet-size")
    dpi = right.selectbox(_("Dots per inch (PNG)"), [150, 300], key="sheet-dpi")
    name = f"ceasefire-atlas-{state.on}"
    with st.container(horizontal=True):
        for fmt, mime in SHEETS.items():
            button(fmt.upper(), f"{name}.{fmt}", mime, partial(sheet, view, world, fmt, dpi, size))
    st.caption(_("A sheet takes a second or two; the button shows that it is at work."))
    st.markdown(
        f"**{_('The state of this day as data')}** — WGS84, {_('with dates, clause, accuracy and licence on every row')}"
    )
    whole = st.toggle(_("The whole history instead of one day"), key="export-history")
    stem = "ceasefire-atlas-history" if whole else name
    with st.container(horizontal=True):
        for fmt, (label, mime) in DATA.items():
            button(label, f"{stem}.{fmt}", mime, partial(data, view, world, fmt, history=whole))
    st.markdown(f"**{_('The map as one file')}** — {_('opens without a server and without a network')}")
    button("HTML", FILE, "text/html", partial(document, world))
    frame(view, world, _)
    failures(_)
    st.caption(_("Data and sheets carry the credits they need. Licences differ from file to file: see About."))


def frame(view: View, world: World, _: Speak) -> None:
    """The frame that puts the document into the reader's own page, as text to copy."""
    st.markdown(f"**{_('The map in your own page')}** — {_('put the file on your server, and this beside your text')}")
    kept = st.multiselect(
        _("What the frame's readers can use"), list(CONTROLS), ["time", "legend"], key="frame-controls"
    )
    chosen = [name for name in CONTROLS if name in kept]
    st.code(snippet(FILE, view.state, limits(world.record), chosen), language=None, wrap_lines=True)


def button(label: str, name: str, mime: str, make: Callable[[], bytes]) -> None:
    """A download that is made at the click."""
    failed: dict[str, str] = st.session_state.setdefault(FAILED, {})
    st.download_button(
        label, partial(attempt, make, label, failed), file_name=name, mime=mime, on_click="ignore", key=f"get-{label}"
    )


def attempt(make: Callable[[], bytes], label: str, failed: dict[str, str]) -> bytes:
    """Make a file; where that fails, leave the reason for :func:`failures` and let Streamlit tell that it failed."""
    failed.pop(label, None)
    try:
        return make()
    except Exception as error:
        failed[label] = str(error) or type(error).__name__
        log.exception("the download %s failed", label)
        raise


@st.fragment(run_every=2)
def failures(_: Speak) -> None:
    """Say why a download failed; it is made on another thread, so this looks every two seconds."""
    for label, reason in st.session_state.get(FAILED, {}).items():
        st.error(f"{plain(label)}: {_('this file could not be made')}. {plain(reason)}")


def sheet(view: View, world: World, fmt: str, dpi: int, size: str) -> bytes:
    """The print sheet of the state on screen."""
    from layers.sheet import render

    return render(view.state, world.record, world.ground, fmt, dpi=dpi, size=size, address=own_address())


def data(view: View, world: World, fmt: str, *, history: bool) -> bytes:
    """The state as data."""
    from layers.export import export

    return export(view.state.on, world.record, world.ground, fmt, history=history, known=view.state.known)


def document(world: World) -> bytes:
    """The map as one self-contained file."""
    from layers.html import html

    return html(world.record, world.ground).encode()


def own_address() -> str | None:
    """Where this page is served, without the query."""
    return st.context.url

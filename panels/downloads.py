"""Everything to take away, for the state on screen; nothing is computed before the click."""

from __future__ import annotations

import os
from functools import partial

import streamlit as st

from layers.atlas import Atlas
from layers.export import FORMATS
from layers.map.embed import CONTROLS, FILE, snippet
from layers.sheet import COMPARISONS, KINDS, UPRIGHT
from layers.view_state import limits
from layers.wording import Translate
from layers.wording.vocabulary import N
from panels import several
from panels.download_button import button, failures
from panels.session import Session, own_address

SHEETS = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
TABLES = {"obligations": N("Obligations"), "events": N("Events"), "changes": N("What changed hands")}
TABLE_FORMATS = {
    "csv": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
PACKED = {"csv": "csv.zip"}
"""Endings of what comes in an archive: a CSV with what describes it."""
PAPER_SIZES = {
    "a4": N("A4, across"),
    "a4-portrait": N("A4, upright"),
    "a3": N("A3, across"),
    "letter": N("Letter, across"),
    "letter-portrait": N("Letter, upright"),
    "wide": N("Slide, 16 to 9"),
    "square": N("Square"),
    "card": N("Card to share, 1200 by 630"),
}
DOTS = [150, 300]
SCREEN = "screen"
PAGES = {
    SCREEN: N("The map as on screen"),
    **{kind: KINDS[kind].name for kind in ("multiples", "lines", "clause", "story", "class", "briefing")},
}
"""What can be printed: the state on screen, and the kinds of page that follow from the record."""
POST = ("card", 150)
"""Size and dots per inch of the picture that places for posts show whole: 1200 by 630 pixels."""
PARTS = {
    "time": N("Time bar"),
    "legend": N("Legend"),
    "panel": N("Side panel"),
    "search": N("Search"),
    "zoom": N("Buttons to zoom"),
    "language": N("Language"),
}
"""Names of the frame's controls (:data:`layers.map.embed.CONTROLS`)."""
WAYS = {"beside": N("both maps side by side"), "changes": N("one map of what changed")}


def show(session: Session, atlas: Atlas, tr: Translate) -> None:
    """Draw the panel."""
    state = session.state
    st.markdown(f"**{tr('The map as a sheet')}** — {tr('the state on screen, with title, legend, scale and credits')}")
    kind = st.selectbox(tr("Kind of page"), list(PAGES), format_func=lambda name: tr(PAGES[name]), key="sheet-kind")
    clause = clause_of(session, atlas, tr, kind)
    size, dpi, compare = choices(session, tr, kind)
    address = own_address()  # asked for here: there is no context on the thread that makes the file
    name = f"ceasefire-atlas-{state.on}"
    days = name if state.from_ is None else f"ceasefire-atlas-{state.from_}-{state.on}"
    of = f"-{clause}" if clause else ""
    stem = days if kind == SCREEN else f"ceasefire-atlas-{kind}{of}-{state.lang}"
    with st.container(horizontal=True):
        post = partial(sheet, session, atlas, "png", POST[1], POST[0], compare, address, SCREEN)
        button(tr("Picture for a post, 1200 × 630"), f"{days}-1200x630.png", "image/png", post, key="post")
        for fmt, mime in SHEETS.items():
            if fmt == "pdf" or kind == SCREEN or not KINDS[kind].leaflet:
                make = partial(sheet, session, atlas, fmt, dpi, size, compare, address, kind, clause)
                button(fmt.upper(), f"{stem}.{fmt}", mime, make)
    st.caption(tr("A sheet takes a second or two; the button shows that it is at work."))
    several.show(session, atlas, address, tr)
    st.markdown(
        f"**{tr('The state of this day as data')}** — WGS84, {tr('with dates, clause, accuracy and licence on every row')}"
    )
    whole = st.toggle(tr("The whole history instead of one day"), key="export-history")
    stem = "ceasefire-atlas-history" if whole else name
    with st.container(horizontal=True):
        for fmt, form in FORMATS.items():
            mime = "application/zip" if fmt in PACKED else form.media
            make = partial(data, session, atlas, fmt, stem, history=whole)
            button(form.name, f"{stem}.{PACKED.get(fmt, fmt)}", mime, make)
    listed(session, atlas, tr)
    st.markdown(f"**{tr('The map as one file')}** — {tr('opens without a server and without a network')}")
    button("HTML", FILE, "text/html", partial(document, atlas))
    with st.container(key="atlas-frame"):
        frame(session, atlas, tr)
    failures(tr)
    st.caption(tr("Data and sheets carry the credits they need. Licences differ from file to file: see About."))


def clause_of(session: Session, atlas: Atlas, tr: Translate, kind: str) -> int | None:
    """The clause that a page is about, to begin with the one lit up on the map; None for kinds about no single one."""
    if kind not in {"clause", "class"}:
        return None
    from layers.sheet.documents import read_clauses

    numbers = read_clauses(atlas.record) if kind == "class" else list(atlas.clauses)
    lit = session.state.clause
    return st.selectbox(
        tr("Clause"),
        numbers,
        numbers.index(lit) if lit in numbers else 0,
        format_func=lambda number: f"{number} · {atlas.clauses[number].title}",
        key=f"sheet-clause-{kind}-{lit}",
    )


def choices(session: Session, tr: Translate, kind: str) -> tuple[str, int, str]:
    """Paper, resolution and, where two days are compared, how."""
    left, right = st.columns(2)
    leaflet = kind != SCREEN and KINDS[kind].leaflet
    size = left.selectbox(
        tr("Paper"),
        list(UPRIGHT if leaflet else PAPER_SIZES),
        format_func=lambda name: tr(PAPER_SIZES[name]),
        key="sheet-size-upright" if leaflet else "sheet-size",
    )
    if leaflet:
        return size, DOTS[0], COMPARISONS[0]
    dpi = right.selectbox(tr("Dots per inch (PNG)"), DOTS, key="sheet-dpi")
    if session.state.from_ is None or kind != SCREEN:
        return size, dpi, COMPARISONS[0]
    compare = st.segmented_control(
        tr(
            "Two days: {first}, {second}",
            first=session.wording.short(session.state.from_),
            second=session.wording.short(session.state.on),
        ),
        COMPARISONS,
        format_func=lambda way: tr(WAYS[way]),
        default=COMPARISONS[0],
        required=True,
        wrap=True,
        key="sheet-compare",
    )
    return size, dpi, compare or COMPARISONS[0]


def listed(session: Session, atlas: Atlas, tr: Translate) -> None:
    """The tables behind the map, and everything in one archive."""
    state = session.state
    st.markdown(f"**{tr('Tables')}** — {tr('obligations on this day, all events, all changes of control')}")
    kind = st.segmented_control(
        tr("Table"),
        list(TABLES),
        format_func=lambda name: tr(TABLES[name]),
        default="obligations",
        required=True,
        wrap=True,
        key="table-kind",
        label_visibility="collapsed",
    )
    name = f"ceasefire-atlas-{kind}" + (f"-{state.on}" if kind == "obligations" else "")
    with st.container(horizontal=True):
        for fmt, mime in TABLE_FORMATS.items():
            make = partial(table, session, atlas, kind or "obligations", fmt, name)
            button(fmt.upper(), f"{name}.{PACKED.get(fmt, fmt)}", mime, make, key=f"table-{fmt}")
    st.markdown(
        f"**{tr('Everything')}** — {tr('record, shapes and tables as one data package, with schemas and licences')}"
    )
    ending = "" if state.lang == "en" else f"-{state.lang}"
    button(
        "ZIP", f"ceasefire-atlas-{atlas.version}{ending}.zip", "application/zip", partial(package, atlas, state.lang)
    )


def frame(session: Session, atlas: Atlas, tr: Translate) -> None:
    """The frame that puts the document into the reader's own page, as text to copy."""
    st.markdown(
        f"**{tr('The map in your own page')}** — {tr('put the file on your server, and this beside your text')}"
    )
    kept = st.multiselect(
        tr("What the frame's readers can use"),
        list(CONTROLS),
        ["time", "legend"],
        format_func=lambda name: tr(PARTS[name]),
        placeholder=tr("Choose"),
        key="frame-controls",
    )
    chosen = [name for name in CONTROLS if name in kept]
    st.code(snippet(FILE, session.state, limits(atlas.record), chosen), language=None, wrap_lines=True)
    if "compare" in session.beside:
        st.text(
            tr("The frame shows one map, that of the later day; two maps stand beside each other on this page only.")
        )
    st.text(live_frame(tr))


def live_frame(tr: Translate) -> str:
    """Who may hold this page itself in a frame, and how that is changed."""
    allowed = os.environ.get("FRAME_ANCESTORS")
    if allowed:
        return tr("This page itself may be held in a frame by: {sites}.", sites=allowed)
    return tr(
        "A frame with the address of this page itself stays empty on your site: whoever runs this server must allow your site "
        "first (docs/serving.md says how). The file above works everywhere."
    )


def sheet(
    session: Session,
    atlas: Atlas,
    fmt: str,
    dpi: int,
    size: str,
    compare: str,
    address: str | None,
    kind: str,
    clause: int | None = None,
) -> bytes:
    """The print sheet of the state on screen, or another kind of page for its day, language and clause, or a clause chosen for it."""
    from layers.sheet import render
    from layers.sheet import sheet as page

    state = session.state
    if kind != SCREEN:
        state = state.with_(clause=clause) if clause else state
        return page(kind, state, atlas.record, atlas.ground, fmt, dpi=dpi, size=size, address=address)
    return render(state, atlas.record, atlas.ground, fmt, dpi=dpi, size=size, address=address, compare=compare)


def data(session: Session, atlas: Atlas, fmt: str, name: str, *, history: bool) -> bytes:
    """The state as data; ``name`` is that of the file, without its ending."""
    from layers.export import export
    from layers.export.csvw import of_features, packed

    state = session.state
    content = export(
        state.on, atlas.record, atlas.ground, fmt, history=history, known=state.known, name=name, lang=state.lang
    )
    if fmt != "csv":
        return content
    return packed(
        f"{name}.csv", content, of_features(f"{name}.csv", heading(session, atlas, history=history), state.lang)
    )


def heading(session: Session, atlas: Atlas, *, history: bool) -> dict[str, str]:
    """What stands at the head of the files of the state on screen, or of the whole history."""
    from layers.export import heading_of

    state = session.state
    return heading_of(atlas.record, atlas.ground, None if history else state.on, state.known, state.lang)


def document(atlas: Atlas) -> bytes:
    """The map as one self-contained file."""
    from layers.map.standalone import html

    return html(atlas.record, atlas.ground).encode()


def table(session: Session, atlas: Atlas, kind: str, fmt: str, name: str) -> bytes:
    """One of the tables behind the map; ``name`` is that of the file, without its ending."""
    from geodata.translations import in_language
    from layers.export.csvw import of_table, packed
    from layers.export.tables import tables, write

    state = session.state
    whole = kind != "obligations"  # the panel says: obligations on this day, all events, all changes of control
    record = in_language(atlas.record, state.lang)
    found = tables(record, atlas.ground, state.on, state.known, later=whole, lang=state.lang)
    content = write(found[kind], fmt, kind)
    if fmt != "csv":
        return content
    return packed(
        f"{name}.csv", content, of_table(kind, f"{name}.csv", heading(session, atlas, history=whole), state.lang)
    )


def package(atlas: Atlas, lang: str) -> bytes:
    """Record, shapes and tables in one archive, described in a language."""
    from layers.export.package import package as pack

    return pack(atlas.record, atlas.ground, lang)

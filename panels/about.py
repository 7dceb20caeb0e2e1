"""What this is, what it cannot show, how to contest it, on what terms it may be used, and how to cite this view."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from layers import view_state as states
from layers.atlas import Atlas
from layers.site_address import site_address
from layers.wording import SOVEREIGNTY, Translate, wording
from layers.wording.vocabulary import N
from panels.session import Session, own_address

ON_THE_SITE = {"ground": N("Layers, and the ground they are made of"), "sources": N("The register of sources")}
"""Pages of the static site that say how the atlas is made, and their titles there."""
DOCUMENTS = {
    "docs/readers.md": N("Every panel and key"),
    "docs/method.md": N("How dates and statuses follow from sources"),
    "docs/method-ground.md": N("How each line was made, and how exact it is"),
    "docs/thin.md": N("Where the record is thin"),
}
"""Documents that come with the code, by what they answer."""


def show(session: Session, atlas: Atlas, tr: Translate) -> None:
    """Draw the panel."""
    end = session.wording.day(atlas.record.statement.coverage_end)
    st.subheader(tr("Cite this view"), anchor=False)
    st.code(citation(session, atlas), language=None, wrap_lines=True)
    st.subheader(tr("Who makes it"), anchor=False)
    st.text(
        tr(
            "An independent atlas. No party to the conflict, no government and no party to the statement commissioned, "
            "paid for or reviewed it. It takes no side on whose the land is."
        )
    )
    st.text(tr(SOVEREIGNTY))
    st.subheader(tr("What it can’t show"), anchor=False)
    st.markdown(
        "\n".join(
            (
                f"- {tr('A route for clause 9: the text names none. What is drawn is schematic and says so.')}",
                f"- {tr('Surveyed lines: interior lines are good to about 1–2 km; every line says how good it is.')}",
                f"- {tr('Posts, heights and positions for which no coordinates were published.')}",
                f"- {tr('Anything after {day}, where the record ends.', day=end)}",
                f"- {tr('Texts of the record in languages other than English: none has been checked by a native reader yet.')}",
            )
        )
    )
    st.subheader(tr("How it is made, and how to use it"), anchor=False)
    st.markdown(documentation(tr))
    st.subheader(tr("Errors and challenges"), anchor=False)
    st.text(
        tr(
            "Report an error with the address of the view and a source. A challenge is decided on sources alone: a dated, "
            "citable one that contradicts the record is entered beside it, with its side named; where both hold, both "
            "are shown. The policy on names, verbs and colours is in docs/neutrality.md, and its changes are logged there."
        )
    )
    st.subheader(tr("Licences and credits"), anchor=False)
    st.text(tr("Code: MIT. Data: file by file in LICENSE-DATA; the record itself CC BY 4.0."))
    st.text(tr(atlas.ground.credits))
    st.subheader(tr("Privacy"), anchor=False)
    st.text(
        tr("No request leaves for another host, nothing is counted, and no cookie is set beyond what serving needs.")
    )
    st.caption(tr("Data version {version}; record to {day}.", version=atlas.version, day=end))


def documentation(tr: Translate) -> str:
    """Where to read on, as Markdown: the pages of the static site where there is one, and the documents in the code."""
    site = site_address()
    ways = [f"- [{tr(title)}]({site}{page}.html)" for page, title in ON_THE_SITE.items()] if site else []
    ways += [f"- {tr(title)}: `{path}`" for path, title in DOCUMENTS.items()]
    return "\n".join(ways)


def citation(session: Session, atlas: Atlas) -> str:
    """Text that cites the view on screen: what, which day, which data, and the address that restores it."""
    query = {**session.beside, **states.link_query(session.state, session.limits)}
    address = f"{own_address() or '/'}?{urlencode(query, safe=',')}"
    known = f", as known on {wording().day(session.state.known)}" if session.state.known else ""
    return (
        f"Ceasefire Atlas: the statement of {atlas.record.statement.date_label}. State of {wording().day(session.state.on)}{known}. "
        f"Data version {atlas.version}. {address}"
    )

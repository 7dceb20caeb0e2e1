"""What a fact rests on, in full: the words of its sources, who said it, people who were counted, sides not heard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from geodata.model import Phrase, Reading
from geodata.record_events import SideStatement
from geodata.record_types import Attested, Evidence, People, Unheard
from layers.atlas import atlas_data
from layers.wording import Wording
from panels.text import escape, linked
from panels.widgets import rests_on


def quoted(item: Attested, w: Wording) -> None:
    """The few words that carry a fact, each with its source; or why none are quoted."""
    register = atlas_data(w.lang).sources
    lines = [
        f"{escape(w.quoted(words.quote, words.language))} ({linked(register[words.source], w.tr)}){translated(words, w)}"
        for words in item.evidence
    ]
    if not lines and item.evidence_gap:
        lines = [escape(w.tr("No words quoted: {reason}", reason=item.evidence_gap))]
    if lines:
        st.markdown("\n".join(f"- :small[{line}]" for line in lines))


def translated(words: Evidence | Phrase, w: Wording) -> str:
    """A quotation in the reader's language, in Markdown, where there is a translation."""
    return f" — *{escape(w.tr('in translation: {words}', words=words.translation))}*" if words.translation else ""


def side_says(item: Reading | SideStatement, w: Wording) -> None:
    """A side's view or reading: the text, who said it, in which words, by which sources."""
    st.text(item.text)
    if said := w.voice(item):
        st.markdown(f":small[{escape(said)}]")
    quoted(item, w)
    rests_on(item.sources, w)


def counted(items: Sequence[People], w: Wording) -> None:
    """People who were counted, with the name of who counted."""
    for item in items:
        st.markdown(f"- {escape(w.people(item))} {escape(item.note or '')}")
        quoted(item, w)
        rests_on(item.sources, w)


def unheard(items: Iterable[Unheard], w: Wording) -> None:
    """Sides whose word was looked for and not found."""
    for item in items:
        st.markdown(f":small[**{escape(w.side(item.side))}:** {escape(item.note)}]")

"""The source register: filterable, with how reliable each is, and for download as CSL-JSON or BibTeX."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

import pandas as pd
import streamlit as st

from geodata.addresses import url_of
from geodata.citations import Notes, bibtex, csl_json
from geodata.model import Clause, Obligation, Reading
from geodata.record_types import Source
from layers.atlas import Atlas, atlas_data
from layers.wording import Translate, Wording, as_read, wording
from layers.wording.vocabulary import N
from layers.wording.vocabulary import sides as side_names
from panels.claims import read_clause
from panels.download_button import button, failures
from panels.events import to_map
from panels.session import Session, move
from panels.text import escape, link, source_label
from panels.widgets import filters, rows_to_pick

THIRD = "third"


def show(session: Session, atlas: Atlas, tr: Translate) -> None:
    """Draw the panel."""
    sides, words = filters(
        tr("Published by"),
        [*side_names(), THIRD],
        lambda side: tr(side_names().get(side, N("A third party"))),
        "sources",
        tr,
    )
    found = filtered(sides, words, session.text_lang)
    seen = sum(atlas.sources[name].seen for name in found)
    w = session.wording
    counted = [
        tr("Sources: {n}.", n=w.number(len(found))),
        w.plural(
            "{n} is general knowledge or was not seen.",
            "{n} are general knowledge or were not seen.",
            len(found) - seen,
        ),
    ]
    st.caption(" ".join(counted if seen < len(found) else counted[:1]))
    picked = rows_to_pick(
        table(found, session.state.lang, session.text_lang),
        "sources-table",
        tr("Table: the source register"),
        height=360,
        column_config={
            "url": st.column_config.LinkColumn(tr("Address"), width="small", display_text=tr("link")),
            tr("Publisher"): st.column_config.Column(width="medium"),
            tr("Title"): st.column_config.Column(width="medium"),
        },
    )
    if picked is not None:
        card(atlas.sources[found[picked]], session, atlas, tr)
    sources = [atlas.sources[name] for name in found]
    with st.container(horizontal=True):
        for label, name, mime, write in (
            ("CSL-JSON", "ceasefire-atlas-sources.json", "application/json", csl_json),
            ("BibTeX", "ceasefire-atlas-sources.bib", "application/x-bibtex", bibtex),
        ):
            button(label, name, mime, partial(cited, write, sources, session.wording))
    failures(tr)


def cited(write: Callable[[list[Source], Notes], str], sources: list[Source], w: Wording) -> bytes:
    """The register in a format for citations, its notes in the reader's language."""
    return write(sources, lambda source: "; ".join(filter(None, (source.credit, _worth(source, w.tr))))).encode()


def card(source: Source, session: Session, atlas: Atlas, tr: Translate) -> None:
    """One source in full, and where the record rests on it."""
    with st.container(border=True):
        st.markdown(f"**{link(source, source_label(source, tr))}**")
        if _worth(source, tr):
            st.text(_worth(source, tr))
        clauses, events = uses(source.id)
        if clauses:
            with st.container(horizontal=True):
                for number in clauses:
                    label = tr("Read clause {number}", number=number)
                    st.button(label, key=f"source-clause-{number}", on_click=read_clause, args=(number,))
        if events:
            st.caption(tr("Events that rest on it; press one to see its day on the map."))
        for name in events[:12]:
            event = atlas.events[name]
            label = f"{escape(event.date)} {escape(event.title)}"
            st.button(label, key=f"source-{name}", type="tertiary", on_click=move, kwargs=to_map(event, session))
        if not clauses and not events:
            st.caption(tr("Used for names, places, readings or figures, not for a clause or an event of its own."))


@lru_cache(maxsize=512)
def uses(source_id: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Clauses and events that rest on a source."""
    record = atlas_data().record
    resting: list[Clause | Obligation | Reading] = [*record.clauses, *record.obligations, *record.readings]
    numbers = {
        item.number if isinstance(item, Clause) else item.clause for item in resting if source_id in item.sources
    }
    events = [event for event in record.events if source_id in event.sources]
    events.sort(key=lambda event: event.counts_from)
    return tuple(sorted(number for number in numbers if number)), tuple(event.id for event in events)


@lru_cache(maxsize=256)
def filtered(sides: tuple[str, ...], words: str, text_lang: str) -> tuple[str, ...]:
    """Ids of the sources published by any of the sides that contain the words."""
    return tuple(
        source.id
        for source in atlas_data(text_lang).record.sources
        if (not sides or (source.side or THIRD) in sides)
        and words in f"{source.publisher} {source.credit or ''} {source.title} {source.date}".casefold()
    )


@lru_cache(maxsize=64)
def table(ids: tuple[str, ...], lang: str, text_lang: str) -> pd.DataFrame:
    """The register as it is listed."""
    w = wording(lang)
    tr = w.tr
    sources = [atlas_data(text_lang).sources[name] for name in ids]
    return pd.DataFrame(
        {
            # First: what stands further right lies beyond the edge of the panel.
            "url": [source.address and url_of(source.address) for source in sources],
            tr("Publisher"): [as_read(source, tr) for source in sources],
            tr("Title"): [source.title for source in sources],
            tr("Date"): [source.date or "" for source in sources],
            tr("Notes"): [_worth(source, tr) for source in sources],
            tr("Language"): [source.language for source in sources],
        }
    )


def _worth(source: Source, tr: Translate) -> str:
    notes = [] if source.seen else [tr("not seen: general knowledge")]
    notes += [tr("read in a copy")] if source.repost else []
    return "; ".join([*notes, *([source.note] if source.note else [])])

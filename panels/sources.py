"""The source register: filterable, with how reliable each is, and for download as CSL-JSON or BibTeX."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

import pandas as pd
import streamlit as st

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
from panels.widgets import filters

THIRD = "third"
ROWS = 25
"""How many sources stand on one page of the table."""


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
    page = paged(found)
    with st.container(key="atlas-sources"):
        st.table(table(page, session.state.lang, session.text_lang), border="horizontal", hide_index=True)
    chosen_source(page, session, atlas, tr)
    sources = [atlas.sources[name] for name in found]
    with st.container(horizontal=True):
        for label, name, mime, write in (
            ("CSL-JSON", "ceasefire-atlas-sources.json", "application/json", csl_json),
            ("BibTeX", "ceasefire-atlas-sources.bib", "application/x-bibtex", bibtex),
        ):
            button(label, name, mime, partial(cited, write, sources, session.wording))
    failures(tr)


def paged(found: tuple[str, ...]) -> tuple[str, ...]:
    """The sources on the page of the table that the reader has chosen."""
    pages = max(1, -(-len(found) // ROWS))
    if pages == 1:
        return found
    number = min(st.pagination(pages, max_visible_pages=5, key="sources-page"), pages)
    return found[(number - 1) * ROWS : number * ROWS]


def chosen_source(page: tuple[str, ...], session: Session, atlas: Atlas, tr: Translate) -> None:
    """One of the sources in sight, in full."""
    name = st.selectbox(
        tr("What a source is used for"),
        page,
        index=None,
        placeholder=tr("Choose"),
        format_func=lambda name: source_label(atlas.sources[name], tr),
        key="source-chosen",
    )
    if name:
        card(atlas.sources[name], session, atlas, tr)


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
    """A page of the register: each title whole and a link, who published it and when, and what it is worth."""
    tr = wording(lang).tr
    sources = [atlas_data(text_lang).sources[name] for name in ids]
    return pd.DataFrame(
        {
            tr("Publisher"): [escape(as_read(source, tr)) for source in sources],
            tr("Title"): [_titled(source, tr) for source in sources],
        }
    )


def _titled(source: Source, tr: Translate) -> str:
    """The title as a link, and below it when it was published, in which language, and what it is worth."""
    more = [source.date or "", source.language, _worth(source, tr)]
    if not source.address:
        more.append(tr("no address in the register"))
    return f"{link(source, source.title)}  \n:small[{escape(' · '.join(filter(None, more)))}]"


def _worth(source: Source, tr: Translate) -> str:
    notes = [] if source.seen else [tr("not seen: general knowledge")]
    notes += [tr("read in a copy")] if source.repost else []
    return "; ".join([*notes, *([source.note] if source.note else [])])

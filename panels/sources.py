"""The source register: filterable, with what each is worth, and to take along as CSL-JSON or BibTeX."""

from __future__ import annotations

from functools import lru_cache, partial

import pandas as pd
import streamlit as st

from geodata.citations import bibtex, csl_json
from geodata.model import Source
from panels.address import View
from panels.speech import Speak, speaker
from panels.widgets import filters
from panels.words import SIDE
from panels.world import World, world

THIRD = "third"


def show(view: View, world: World, _: Speak) -> None:
    """Draw the panel."""
    sides, words = filters(
        _("Published by"), [*SIDE, THIRD], lambda side: _(SIDE.get(side, "A third party")), "sources", _
    )
    found = filtered(sides, words)
    seen = sum(world.sources[name].seen for name in found)
    st.caption(f"{len(found)} {_('sources')}; {seen} {_('seen, the others are general knowledge or were not seen')}.")
    st.dataframe(
        table(found, view.state.lang),
        hide_index=True,
        width="stretch",
        height=360,
        key="sources-table",
        column_config={"url": st.column_config.LinkColumn(_("Address"), width="small", display_text=_("open"))},
        alt=_("Table: the source register"),
    )
    chosen = [world.sources[name] for name in found]
    for label, name, mime, write in (
        ("CSL-JSON", "ceasefire-atlas-sources.json", "application/json", csl_json),
        ("BibTeX", "ceasefire-atlas-sources.bib", "application/x-bibtex", bibtex),
    ):
        st.download_button(
            label, partial(write, chosen), file_name=name, mime=mime, on_click="ignore", key=f"cite-{label}"
        )


@lru_cache(maxsize=256)
def filtered(sides: tuple[str, ...], words: str) -> tuple[str, ...]:
    """Ids of the sources published by any of the sides that contain the words."""
    return tuple(
        source.id
        for source in world().record.sources
        if (not sides or (source.side or THIRD) in sides)
        and words in f"{source.publisher} {source.title} {source.date}".casefold()
    )


@lru_cache(maxsize=64)
def table(ids: tuple[str, ...], lang: str) -> pd.DataFrame:
    """The register as it is listed."""
    _ = speaker(lang)
    sources = [world().sources[name] for name in ids]
    return pd.DataFrame(
        {
            _("Publisher"): [source.publisher for source in sources],
            _("Title"): [source.title for source in sources],
            _("Date"): [source.date or "" for source in sources],
            _("Language"): [source.language for source in sources],
            _("Notes"): [_worth(source, _) for source in sources],
            "url": [address(source) for source in sources],
        }
    )


def address(source: Source) -> str | None:
    """The source's web address, where the register holds a page's."""
    if not source.address:
        return None
    return source.address if source.address.startswith("http") else f"https://{source.address}"


def _worth(source: Source, _: Speak) -> str:
    notes = [] if source.seen else [_("not seen: general knowledge")]
    notes += [_("read in a copy")] if source.repost else []
    return "; ".join([*notes, *([source.note] if source.note else [])])

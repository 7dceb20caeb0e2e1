"""The press texts that the project began with, claim by claim, checked against the statement and the record."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from geodata.model import Claim
from layers.atlas import Atlas, atlas_data
from layers.wording import Translate, wording
from panels.contest import wrong
from panels.events import card
from panels.session import Session, move, open_panel
from panels.text import escape
from panels.widgets import filters, rests_on, rows_to_pick

TEXTS = {"press-a": "A", "press-b": "B"}


def show(session: Session, atlas: Atlas, tr: Translate) -> None:
    """Draw the panel."""
    verdicts = list(dict.fromkeys(claim.verdict for claim in atlas.record.claims))
    wanted, words = filters(tr("Verdict"), verdicts, tr, "claims", tr)
    found = filtered(wanted, words, session.text_lang)
    st.caption(
        session.wording.plural(
            "{n} claim of two press texts; choose a row to read the finding.",
            "{n} claims of two press texts; choose a row to read the finding.",
            len(found),
        )
    )
    picked = rows_to_pick(
        table(found, session.state.lang, session.text_lang), "claims-table", tr("Table: claims checked"), height=400
    )
    if picked is not None:
        one(next(claim for claim in atlas.record.claims if claim.id == found[picked]), session, atlas, tr)


@lru_cache(maxsize=256)
def filtered(verdicts: tuple[str, ...], words: str, text_lang: str) -> tuple[str, ...]:
    """Ids of the claims with any of the verdicts that contain the words."""
    return tuple(
        claim.id
        for claim in atlas_data(text_lang).record.claims
        if (not verdicts or claim.verdict in verdicts)
        and words in f"{claim.said} {claim.finding} {claim.quoted}".casefold()
    )


@lru_cache(maxsize=64)
def table(ids: tuple[str, ...], lang: str, text_lang: str) -> pd.DataFrame:
    """The claims as they are listed."""
    w = wording(lang)
    tr = w.tr
    claims = [claim for claim in atlas_data(text_lang).record.claims if claim.id in set(ids)]
    return pd.DataFrame(
        {
            tr("Verdict"): [tr(claim.verdict) for claim in claims],
            tr("Claim"): [claim.said for claim in claims],
            tr("Text"): [TEXTS[claim.text_id] for claim in claims],
            tr("Clauses"): [", ".join(map(str, claim.clauses)) for claim in claims],
        }
    )


def one(claim: Claim, session: Session, atlas: Atlas, tr: Translate) -> None:
    """One claim in full."""
    with st.container(border=True):
        st.markdown(f"**{tr('Claim')}:** {escape(claim.said)}")
        if claim.quoted:
            st.markdown(f"{tr('In the words of the text')}: “{escape(claim.quoted)}”")
        st.markdown(f"**{tr('Finding')}: {escape(tr(claim.verdict))}.** {escape(claim.finding)}")
        if claim.sources:
            rests_on(claim.sources, session.wording)
        wished = to_map(claim, session, atlas)
        if wished:
            st.button(tr("Show on the map"), key="claim-show", on_click=move, kwargs=wished)
        if claim.clauses:
            label = tr("Read clause {number}").format(number=claim.clauses[0])
            st.button(label, key="claim-clause", on_click=read_clause, args=(claim.clauses[0],))
        wrong(claim.id, tr, "claim")
    for name in claim.events[:1]:
        card(atlas.events[name], session, tr, key="claim-event")


def read_clause(number: int) -> None:
    """Open the clause's page (a callback)."""
    move(clause=number)
    open_panel("clauses")


def to_map(claim: Claim, session: Session, atlas: Atlas) -> dict[str, Any]:
    """The change of state that brings a claim onto the map; empty where it can't be mapped."""
    wished: dict[str, Any] = {}
    zones = [name for name in claim.zones if name in session.limits.layers]
    if zones:
        wished["layers"] = [*session.state.layers, *zones]
    placed = [atlas.places[name] for name in claim.places if atlas.places[name].lat is not None]
    if placed:
        wished["view"] = [placed[0].lat, placed[0].lon, 9.0]
    if claim.clauses and zones:
        wished["clause"] = claim.clauses[0]
    return {**wished, "scroll": True} if wished else {}

"""The mark of a draft translation, with the English one press away."""

from __future__ import annotations

import streamlit as st

from geodata.translations import is_draft
from layers.wording import Translate
from panels.session import ENGLISH, Session


def mark(session: Session, tr: Translate) -> None:
    """Say that no native reader has checked the texts of the record, where that is so."""
    if not is_draft(session.state.lang):
        return
    with st.container(key="atlas-draft", horizontal=True, vertical_alignment="center"):
        st.caption(tr("Draft translation: no native speaker has read it yet."), width="stretch")
        st.toggle(tr("English text"), key=ENGLISH)

"""“Something wrong?”: leads to the site's form where there is a site, else holds the same form as a text to copy."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from geodata.comparison.form import FORM
from geodata.integrity import data_version
from layers.site_address import site_address
from layers.wording import Translate


def wrong(entry: str | int, tr: Translate, key: str) -> None:
    """The way to contest an entry of the record, by its id; ``key`` tells two of them on one page apart."""
    site = site_address()
    if site:
        st.link_button(tr("Something wrong?"), f"{site}contest.html?entry={quote(str(entry))}", type="tertiary")
        return
    with st.popover(tr("Something wrong?"), type="tertiary", key=f"wrong-{key}"):
        st.text(
            tr(
                "Fill in what is wrong and a source, copy the text, send it to those who publish this map. Nothing is sent from here."
            )
        )
        st.code(FORM.format(entry=entry, version=data_version()), language="yaml")

"""What a reader meets first: one sentence, three ways in, and how things stood on the day shown."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from geodata.dates import parse_day
from geodata.model import Event
from geodata.status import statuses
from panels.address import View, open_panel
from panels.speech import Speak
from panels.text import day, edtf, plain, sources_note
from panels.words import SOVEREIGNTY, STATUS
from panels.world import World


def show(view: View, world: World, _: Speak) -> None:
    """Draw the panel."""
    for name, label, says in (
        ("story", _("Follow the story"), _("Twelve steps from the line of 1994 to today.")),
        ("clauses", _("Read the nine clauses"), _("What each required, its texts and readings, what happened.")),
        ("deadlines", _("See the dates"), _("Fifteen obligations: due, done, late, disputed.")),
    ):
        st.button(label, key=f"way-{name}", on_click=open_panel, args=(name,), width="stretch")
        st.caption(says)
    st.info(_(SOVEREIGNTY))
    st.subheader(f"{_('On this day')}: {day(view.state.on, view.state.lang)}")
    event = latest(world.record.events, view.state.on)
    if event is not None:
        st.markdown(f"**{plain(edtf(event.date, view.state.lang))}** {plain(event.title)}")
        st.text(event.text)
        st.caption(sources_note(event.sources))
    rows = statuses(world.record, parse_day(view.state.on), parse_day(view.state.known or view.state.on))
    counts = Counter(row.status for row in rows)
    st.markdown(
        f"{_('The fifteen obligations')}: " + ", ".join(f"{count} {_(STATUS[word])}" for word, count in counts.items())
    )


def latest(events: list[Event], on: str) -> Event | None:
    """The last event of note that had happened by a day."""
    before = [event for event in events if event.stop and event.counts_from.isoformat() <= on]
    return max(before, key=lambda event: event.counts_from, default=None)

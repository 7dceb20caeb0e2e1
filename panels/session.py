"""Keeps the address, the map and the panels in step: what one session shows.

Who decides what the page shows, the first that applies:

1. an address other than the one that this page wrote last: the reader went back or opened a link;
2. a panel that called :func:`move` (it raised ``revision``, so reports from before are ignored);
3. the map's own report, ``{"state", "rev", "serial"}``, sent when it comes to rest.

A report with a higher ``serial`` than any before is something that the reader did just now: it goes before an address
that the browser had not yet changed when it sent it.  So a slow connection never takes the map back.

The browser writes the address when the map comes to rest (layers/map/frontend/src/address.ts); this page writes it at
the end of a run, once, and only if a panel changed what it means.  So Back is never trapped, and a late answer never
takes the address back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from layers import view_state as states
from layers.view_state import Limits, Notice, State
from layers.wording import Wording, wording
from panels import bound

SESSION = "atlas-session"
MAP = "atlas-map"
PANEL = "atlas-panel"
ENGLISH = "atlas-english"
LANDING = "story"
"""The panel of an address that says nothing."""
BESIDE = ("compare", "card", "tab")
_KEYS = frozenset(rule["key"] for name in ("keys", "page_keys", "link_keys") for rule in states.schema()[name])


@dataclass
class Session:
    """What one session shows, and what it last told map and address."""

    state: State
    """What the map shows: day, days compared, layers, clause, language, names, position."""
    panel: str
    """The open panel; ``start`` is the map by itself."""
    step: str | None
    """The step of the story, where that is open."""
    limits: Limits
    """First and last day of the record, and what else a state may hold."""
    revision: int = 1
    """Raised with each move that Python asks of the map (``rev`` in messages); a report below it is older than that move."""
    pushed_state: State = field(init=False)
    """The state that the map was last sent to; stays the same while the reader moves the map by hand."""
    heard: int = 0
    """The highest ``serial`` of a report so far."""
    scroll_request: int = 0
    """Raised when the map should scroll into sight (``attend`` in messages)."""
    fresh: bool = False
    """Whether this is the session's first run."""
    notices: list[Notice] = field(default_factory=list)
    """What of an address or a move could not be taken, in sentences."""
    beside: dict[str, str] = field(default_factory=dict)
    """What the address tells of the map beside its state: the open card, the tab, how two days are laid out."""
    pushed_page: dict[str, str] = field(default_factory=dict)
    """That and the step, as the map was last sent to it."""
    written: dict[str, str] = field(default_factory=dict)
    """The query of the address as Streamlit knows it; any other one is the reader's doing."""
    meaning: dict[str, str] = field(default_factory=dict)
    """The shortest query that means what the browser's address means; while it stays, the address is not written again."""

    def __post_init__(self) -> None:
        self.pushed_state = self.state

    @property
    def wording(self) -> Wording:
        """The writer for the reader's language and names."""
        return wording(self.state.lang, self.state.names)

    @property
    def text_lang(self) -> str:
        """The language of the record's texts: that of the page, unless the reader asked for the English."""
        return "en" if st.session_state.get(ENGLISH) else self.state.lang

    def query(self) -> dict[str, str]:
        """The address that restores this view."""
        page = {"panel": self.panel if self.panel != "start" else None, "step": self.step, **self.beside}
        own = {key: value for key, value in page.items() if value is not None}
        found = {**states.query(self.state, self.limits), **own}
        # An empty address is the landing, which is the story.
        return {} if found == {"panel": LANDING} else found or {"panel": "start"}

    def move(self, state: State) -> None:
        """Send the map to another state."""
        self.state = self.pushed_state = state
        self.pushed_page = self.page()
        self.revision += 1

    def page(self) -> dict[str, str]:
        """What the map is told beside its state."""
        return {**({"step": self.step} if self.step else {}), **self.beside}


def own_address() -> str | None:
    """Where this page lies, ending in a slash and without a query; None where no browser asked for it."""
    url = st.context.url
    return url.split("?")[0].rstrip("/") + "/" if url else None


def begin(limits: Limits) -> Session:
    """Settle what this run shows; call it once, before any panel."""
    query = {key: value for key, value in st.query_params.to_dict().items() if key in _KEYS}
    session: Session | None = st.session_state.get(SESSION)
    if session is None:
        session = _read(query, limits, rev=1)
        session.fresh = True
        st.session_state[SESSION] = session
        return session
    session.fresh = False
    report = reported()
    if query != session.written and not is_news(session, report):
        heard = session.heard
        session = _read(query, limits, rev=session.revision + 1)
        session.heard = heard
        st.session_state[SESSION] = session
    else:
        _adopt(session, report)
        if query == session.meaning:  # written by the browser: an address that the next run does not take for a new one
            session.written = query
    return session


def reported() -> Any:
    """The map's last report."""
    return (st.session_state.get(MAP) or {}).get("report")


def is_news(session: Session, report: Any) -> bool:
    """Whether a report says what the reader did since the last one, knowing of all that the page asked for."""
    serial, rev = _numbers(report)
    return serial > session.heard and rev >= session.revision


def is_overtaken(session: Session, report: Any) -> bool:
    """Whether a report was sent before the browser heard of a move; what its widgets hold is as old."""
    serial, rev = _numbers(report)
    return serial > session.heard and rev < session.revision


def _numbers(report: Any) -> tuple[int, int]:
    """``serial`` and ``rev`` of a report; below all others where it has none."""
    if not isinstance(report, dict):
        return -1, -1
    serial, rev = report.get("serial"), report.get("rev")
    return (serial, rev) if isinstance(serial, int) and isinstance(rev, int) else (-1, -1)


def recover(session: Session, panel: str | None) -> None:
    """Take over what the browser of a reader still holds whose server has gone; call it after map and panel choice.

    Such a reader's session is new here, and the first thing that arrives is what the reader did last.  The address
    tells the view before that; the map's report and the chosen way in are later than it.
    """
    if not session.fresh:
        return
    before = (session.state, session.panel)
    _adopt(session, reported())
    if panel is not None:
        session.panel, session.step = panel, None
    if (session.state, session.panel) != before:
        st.rerun()


def end(session: Session) -> None:
    """Write the address if it no longer means what is shown; call it once, after all panels."""
    bound.all_drawn()
    query = session.query()
    if query == session.meaning:
        return
    others = {key: value for key, value in st.query_params.to_dict().items() if key not in _KEYS}
    st.query_params.from_dict({**others, **query})
    session.written = session.meaning = query


def current() -> Session:
    """The session, for callbacks."""
    session: Session = st.session_state[SESSION]
    return session


def move(*, scroll: bool = False, **changes: Any) -> None:
    """Change the state from a panel (a callback); ``scroll`` brings the map into sight."""
    session = current()
    wished = {**session.state.as_dict(), **{key.rstrip("_"): value for key, value in changes.items()}}
    state, session.notices = states.from_dict(wished, session.limits)
    session.move(state)
    session.scroll_request += scroll


def open_panel(name: str, step: str | None = None) -> None:
    """Open a panel (a callback)."""
    session = current()
    session.panel, session.step = name, step


def go_to(step: str) -> None:
    """Bring a step of the story into sight (a callback); its card moves the map."""
    session = current()
    session.step = step
    session.move(session.state)


def _read(query: dict[str, str], limits: Limits, rev: int) -> Session:
    state, notices = states.parse(query, limits)
    page = states.page_values(query)
    notices += states.page_notices(query, limits)
    step = page["step"] if page["step"] in limits.steps else None
    panel = (page["panel"] or "start") if query else LANDING
    beside = {key: value for key in BESIDE if (value := page[key])}
    session = Session(state, panel, step, limits, rev, notices=notices, beside=beside, written=query)
    session.pushed_page = session.page()
    session.meaning = session.query()
    return session


def _adopt(session: Session, report: Any) -> None:
    """Take over what the map reports, unless it is older than what a panel asked for, or no report at all."""
    if not isinstance(report, dict) or not isinstance(report.get("state"), dict):
        return
    rev = report.get("rev")
    if not isinstance(rev, int) or isinstance(rev, bool) or rev < session.revision:
        return
    state, _notices = states.from_dict(report["state"], session.limits)
    before = session.query()
    session.revision = min(rev, 2**31)
    if is_news(session, report):
        session.heard = min(report["serial"], 2**31)
        _adopt_page(session, report.get("page"))
    if state != session.state:
        session.state = state
        session.notices = []
    if session.meaning == before:  # and no panel changed anything since: the browser has written it
        session.meaning = session.query()


def _adopt_page(session: Session, told: Any) -> None:
    """Take over step, card, tab and layout from a report."""
    if not isinstance(told, dict):
        return
    page = states.page_values({key: value for key, value in told.items() if isinstance(value, str)})
    session.beside = {key: value for key in BESIDE if (value := page[key])}
    if session.panel == LANDING and page["step"]:
        session.step = page["step"]

"""Keeps the address, the map and the panels in step, one view per session.

Who decides what the page shows, the first that applies:

1. an address other than the one that this page wrote last: the reader went back or opened a link;
2. a panel that called :func:`move` (it raised ``rev``, so reports from before are ignored);
3. the map's own report, ``{"state", "rev"}``, sent when it comes to rest.

The address is written at the end of a run, once, and only if the meaning changed, so that Back is never trapped.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from layers import view_state as states
from layers.view_state import Limits, Notice, State

VIEW = "atlas-view"
MAP = "atlas-map"
PANEL = "atlas-panel"
_KEYS = frozenset(rule["key"] for name in ("keys", "page_keys") for rule in states.schema()[name])


@dataclass
class View:
    """What one session shows."""

    state: State
    panel: str
    step: str | None
    limits: Limits
    rev: int = 1
    sent: State = field(init=False)
    attend: int = 0
    fresh: bool = False
    notices: list[Notice] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)
    meaning: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sent = self.state

    def query(self) -> dict[str, str]:
        """The address that restores this view."""
        usual = states.page_values({})
        page = {"panel": self.panel, "step": self.step}
        own = {key: value for key, value in page.items() if value is not None and value != usual[key]}
        return {**states.query(self.state, self.limits), **own}

    def move(self, state: State) -> None:
        """Send the map to another state."""
        self.state = self.sent = state
        self.rev += 1


def own_address() -> str | None:
    """Where this page lies, ending in a slash and without a query; None where no browser asked for it."""
    url = st.context.url
    return url.split("?")[0].rstrip("/") + "/" if url else None


def begin(limits: Limits) -> View:
    """Settle what this run shows; call it once, before any panel."""
    query = {key: value for key, value in st.query_params.to_dict().items() if key in _KEYS}
    view: View | None = st.session_state.get(VIEW)
    if view is None:
        view = _read(query, limits, rev=1)
        view.fresh = True
        st.session_state[VIEW] = view
        return view
    view.fresh = False
    if query != view.written:
        view = _read(query, limits, rev=view.rev + 1)
        st.session_state[VIEW] = view
    else:
        _adopt(view, (st.session_state.get(MAP) or {}).get("report"))
    return view


def recover(view: View, panel: str | None) -> None:
    """Take over what the browser of a reader still holds whose server has gone; call it after map and panel choice.

    Such a reader's session is new here, and the first thing that arrives is what the reader did last.  The address
    tells the view before that; the map's report and the chosen way in are later than it.
    """
    if not view.fresh:
        return
    before = (view.state, view.panel)
    _adopt(view, (st.session_state.get(MAP) or {}).get("report"))
    if panel is not None:
        view.panel, view.step = panel, None
    if (view.state, view.panel) != before:
        st.rerun()


def end(view: View) -> None:
    """Write the address if it no longer means what is shown; call it once, after all panels."""
    query = view.query()
    if query == view.meaning:
        return
    others = {key: value for key, value in st.query_params.to_dict().items() if key not in _KEYS}
    st.query_params.from_dict({**others, **query})
    view.written = view.meaning = query


def current() -> View:
    """The session's view, for callbacks."""
    view: View = st.session_state[VIEW]
    return view


def move(*, attend: bool = False, **changes: Any) -> None:
    """Change the state from a panel (a callback); ``attend`` brings the map into sight."""
    view = current()
    wished = {**view.state.as_dict(), **{key.rstrip("_"): value for key, value in changes.items()}}
    state, view.notices = states.from_dict(wished, view.limits)
    view.move(state)
    view.attend += attend


def open_panel(name: str, step: str | None = None) -> None:
    """Open a panel (a callback)."""
    view = current()
    view.panel, view.step = name, step


def bind(key: str, value: Any) -> str:
    """Let a widget show the state's value; returns the widget's key.  Call it just before the widget."""
    if st.session_state.get(key, ...) != value:
        st.session_state[key] = value
    return key


def _read(query: dict[str, str], limits: Limits, rev: int) -> View:
    state, notices = states.parse(query, limits)
    page = states.page_values(query)
    view = View(state, page["panel"] or "start", page["step"], limits, rev, notices=notices, written=query)
    view.meaning = view.query()
    return view


def _adopt(view: View, report: Any) -> None:
    """Take over what the map reports, unless it is older than what a panel asked for, or no report at all."""
    if not isinstance(report, dict) or not isinstance(report.get("state"), dict):
        return
    rev = report.get("rev")
    if not isinstance(rev, int) or isinstance(rev, bool) or rev < view.rev:
        return
    state, _notices = states.from_dict(report["state"], view.limits)
    view.rev = min(rev, 2**31)
    if state != view.state:
        view.state = state
        view.notices = []


def copy_of(view: View, **changes: Any) -> View:
    """A view with another state, for links to it; the session's own stays as it is."""
    return replace(view, state=view.state.with_(**changes))

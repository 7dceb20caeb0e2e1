"""Widgets that show a value of the view, which may also come from elsewhere: the map, the address, another panel.

Streamlit sends what all widgets hold with every rerun, and takes what differs from what it set for a press.  A browser
that has not yet heard of a value sends the one before; so on a slow connection the view would be taken back.  Hence a
value that a widget did not have from the reader makes a new widget of it, with a key of its own, and nothing is
heard of a widget that is no longer drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

BOUND = "atlas-bound"


@dataclass
class Bound:
    """The bound widgets of one session, by name."""

    numbers: dict[str, int] = field(default_factory=dict)
    """How many widgets each has been."""
    last: set[str] = field(default_factory=set)
    """Those drawn by the last run that came to its end."""
    drawn: set[str] = field(default_factory=set)
    """Those drawn since."""


def bind(name: str, value: Any, on_change: Callable[[], None]) -> dict[str, Any]:
    """Key and callback of a widget, as its keywords, so that it shows a value; call it for the widget's own call."""
    mine = _mine()
    if held(name) != value:
        mine.numbers[name] = mine.numbers.get(name, 0) + 1
        st.session_state[_key(name)] = value
    mine.drawn.add(name)
    return {"key": _key(name), "on_change": _hear, "args": (name, _key(name), on_change)}


def held(name: str) -> Any:
    """What a bound widget holds (for callbacks); ``...`` where it is not drawn."""
    return st.session_state.get(_key(name), ...)


def all_drawn() -> None:
    """The run has drawn all that it draws."""
    mine = _mine()
    mine.last, mine.drawn = mine.drawn, set()


def _hear(name: str, key: str, on_change: Callable[[], None]) -> None:
    mine = _mine()
    if key == _key(name) and name in mine.last | mine.drawn:
        on_change()


def _mine() -> Bound:
    mine: Bound = st.session_state.setdefault(BOUND, Bound())
    return mine


def _key(name: str) -> str:
    return f"{name}-{_mine().numbers.get(name, 0)}"

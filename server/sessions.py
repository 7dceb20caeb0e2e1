"""Sessions whose reader has left: ended at once when the page was closed, kept for a while when only the connection broke."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import sys
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import streamlit.runtime as streamlit_runtime
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx
from streamlit.runtime.session_manager import SessionInfo, SessionStorage

MOST_LEFT = 128
"""Sessions without a reader that are kept; above it the one that left first ends."""

page_closed: ContextVar[bool] = ContextVar("whether the reader closed the page", default=False)
"""Set by the allowlist while a websocket ends: the browser says whether its page was closed or the connection broke."""


class Sessions(SessionStorage):
    """Streamlit's storage of sessions without a reader, which ends them by itself.

    Parameters
    ----------
    seconds
        How long a session waits for its reader to come back after the connection broke.
    ended
        Called with the id of each session that ends.
    """

    def __init__(
        self, seconds: float, ended: Callable[[str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._left: dict[str, tuple[float, SessionInfo]] = {}
        self._seconds = seconds
        self._ended = ended
        self._clock = clock
        self._garbage = False

    def get(self, session_id: str) -> SessionInfo | None:
        """A session that a reader comes back to."""
        until, info = self._left.get(session_id, (0.0, None))
        return info if until > self._clock() else None

    def save(self, session_info: SessionInfo) -> None:
        """Keep a session whose reader has left, or end it where the page was closed."""
        if page_closed.get():
            # Not here: Streamlit still holds the session while it calls this.
            asyncio.get_running_loop().call_soon(self._end, session_info)
            return
        self._left[session_info.session.id] = (self._clock() + self._seconds, session_info)
        while len(self._left) > MOST_LEFT:
            self._end(self._left.pop(next(iter(self._left)))[1])

    def delete(self, session_id: str) -> None:
        """Forget a session here: its reader is back."""
        self._left.pop(session_id, None)

    def list(self) -> list[SessionInfo]:
        """All that are kept."""
        return [info for _, info in self._left.values()]

    def sweep(self) -> None:
        """End the sessions whose readers have not come back, and give their memory back."""
        over = [name for name, (until, _) in self._left.items() if until <= self._clock()]
        for name in over:
            self._end(self._left.pop(name)[1])
        if self._garbage:
            self._garbage = False
            give_back()

    def _end(self, info: SessionInfo) -> None:
        info.session.shutdown()
        self._ended(info.session.id)
        self._garbage = True


def reader_gone() -> Callable[[], bool]:
    """Asks, on any thread, whether the reader of the page whose script calls this has left."""
    context = get_script_run_ctx()
    if context is None or not streamlit_runtime.exists():
        return lambda: False
    here, session_id = streamlit_runtime.get_instance(), context.session_id
    return lambda: not here.is_active_session(session_id)


def give_back() -> None:
    """Collect what ended sessions leave in cycles, and return free memory to the system.

    The settings switch off the collection after each run of the script, so nothing else would do it for hours.
    """
    gc.collect()
    arrow: Any = sys.modules.get("pyarrow")
    if arrow is not None:
        arrow.default_memory_pool().release_unused()
    with contextlib.suppress(AttributeError, OSError):  # a C library other than glibc keeps its own counsel
        ctypes.CDLL(None).malloc_trim(0)

"""Streamlit's application with our own keeping of sessions, uploads and downloads."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import os
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime import Runtime, RuntimeConfig, app_session
from streamlit.web.cache_storage_manager_config import create_default_cache_storage_manager

from server.downloads import Downloads, MakeFile
from server.sessions import Sessions
from server.uploads import Uploads, most_bytes

_M_ARENA_MAX = -8
"""The number of glibc's setting (malloc.h)."""
WITHOUT_LINE = 60.0
"""Seconds that a session waits for its reader after the connection broke, where the environment does not say otherwise."""
SETTING = "ATLAS_SESSION_SECONDS"
SWEEP = 5.0
"""Seconds between two looks at what is over."""


class AtlasApp(st.App):
    """The page as an ASGI application.

    ``st.App`` builds its own storages, so the one method that does is replaced; everything else is Streamlit's.
    """

    def __init__(self, script: Path, **options: Any) -> None:
        super().__init__(script, lifespan=self._tidying, **options)
        self._downloads = Downloads("/media")
        self._uploads = Uploads("/_stcore/upload_file", most_bytes())
        self._sessions = Sessions(seconds_without_line(), self._downloads.forget)

    def _create_runtime(self) -> Runtime:
        setattr(app_session, "DeferredFileHandler", MakeFile)  # noqa: B010 each session makes one when it begins
        return Runtime(
            RuntimeConfig(
                script_path=str(self._resolve_script_path()),
                media_file_storage=self._downloads,
                uploaded_file_manager=self._uploads,
                cache_storage_manager=create_default_cache_storage_manager(),
                is_hello=False,
                session_storage=self._sessions,
                on_script_error=self._on_script_error,
            )
        )

    @asynccontextmanager
    async def _tidying(self, _app: st.App) -> AsyncIterator[None]:
        """Forget what is over, every few seconds, also on a server that nobody visits."""

        async def tidy() -> None:
            while True:
                await asyncio.sleep(SWEEP)
                self._downloads.sweep()
                self._sessions.sweep()

        # What was loaded stays for as long as the process does: the collector need not look at it again.
        gc.collect()
        gc.freeze()
        task = asyncio.create_task(tidy())
        try:
            yield
        finally:
            task.cancel()


def seconds_without_line() -> float:
    """How long a session waits for its reader after the connection broke.

    Raises
    ------
    ValueError
        When ``ATLAS_SESSION_SECONDS`` is not a whole number.
    """
    text = os.environ.get(SETTING, f"{WITHOUT_LINE:.0f}")
    if not text.isascii() or not text.isdigit():
        raise ValueError(
            f"{SETTING}: “{text}” is not a number of seconds: write a whole number, such as {WITHOUT_LINE:.0f}."
        )
    return float(text)


def return_memory() -> None:
    """Let what ended sessions free go back to the system; call it before threads are made.

    Each thread that runs the page's script would keep a store of its own: after two rounds of eight large lists a process
    kept 150 MB more.
    """
    with contextlib.suppress(AttributeError, OSError):  # glibc only
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


def allow_many_files() -> None:
    """Raise the limit of open files to what the system allows: a session takes about four, and the usual limit is 1,024."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):  # macOS calls its limit endless and then refuses it
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))

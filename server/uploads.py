"""Uploads in memory, bounded: one list for each session, so many bytes in one process."""

from __future__ import annotations

import os
import threading

import streamlit.runtime as streamlit_runtime
from starlette.exceptions import HTTPException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from layers.wording.vocabulary import N

SETTING = "ATLAS_UPLOADS_MB"
USUAL_MB = 100
"""Megabytes of lists that one process takes at the same time, where the environment does not say otherwise."""
FULL = N("This server can't take more lists at the moment. Try again in a few minutes.")


def most_bytes() -> int:
    """Bytes of lists that one process takes at the same time.

    Raises
    ------
    ValueError
        When ``ATLAS_UPLOADS_MB`` is not a whole number above zero.
    """
    text = os.environ.get(SETTING, str(USUAL_MB))
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise ValueError(f"{SETTING}: “{text}” is not a number of megabytes: write a whole number, such as {USUAL_MB}.")
    return int(text) * 2**20


class Uploads(MemoryUploadedFileManager):
    """Streamlit's uploads, with at most one file a session and a bound on all of them."""

    def __init__(self, upload_endpoint: str, most: int) -> None:
        super().__init__(upload_endpoint)
        self.most = most
        self._sizes: dict[str, int] = {}
        """Bytes as they came, by session; what is done with a list takes memory for as long as the session has it."""
        self._guard = threading.Lock()

    def add_file(self, session_id: str, file: UploadedFileRec) -> None:
        """Keep a list in place of the one that the session had.

        Raises
        ------
        HTTPException
            503 when the process holds too much already.
        """
        with self._guard:
            others = sum(size for session, size in self._sizes.items() if session != session_id)
            if others + len(file.data) > self.most:
                raise HTTPException(503, FULL, headers={"Retry-After": "60"})
            super().remove_session_files(session_id)
            self._sizes[session_id] = len(file.data)
        super().add_file(session_id, file)

    def remove_file(self, session_id: str, file_id: str) -> None:
        """Forget a list that its reader took away."""
        with self._guard:
            if file_id in self.file_storage.get(session_id, {}):
                self._sizes.pop(session_id, None)
        super().remove_file(session_id, file_id)

    def remove_session_files(self, session_id: str) -> None:
        """Forget what a session had; it has ended."""
        with self._guard:
            self._sizes.pop(session_id, None)
        super().remove_session_files(session_id)

    def drop_content(self, session_id: str, file_id: str) -> None:
        """Forget the bytes of a list that has been placed; that the session has it stays known."""
        with self._lock:
            file = self.file_storage.get(session_id, {}).get(file_id)
            if file is not None:
                self._total_bytes -= len(file.data)
                self.file_storage[session_id][file_id] = file._replace(data=b"")

    @property
    def full(self) -> bool:
        """Whether the next list would be refused, however small."""
        return sum(self._sizes.values()) >= self.most


def forget_content(file_id: str) -> None:
    """Forget the bytes of the list that this session has placed; call it from the page's script."""
    manager, context = current(), get_script_run_ctx()
    if manager is not None and context is not None:
        manager.drop_content(context.session_id, file_id)


def full() -> bool:
    """Whether the next list would be refused."""
    manager = current()
    return manager is not None and manager.full


def current() -> Uploads | None:
    """The uploads of this process; None under `streamlit run`, which does not bound them."""
    if not streamlit_runtime.exists():
        return None
    manager = streamlit_runtime.get_instance().uploaded_file_mgr
    return manager if isinstance(manager, Uploads) else None

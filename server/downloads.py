"""Files made at a click: where each waits to be fetched, and how many a reader may have made.

Streamlit names a large download by a fingerprint of parts of it, so that two readers' files can share an address, and
drops a file made at a click when any two scripts have ended.  Here every file that is made gets an address of its own that
nobody can guess, and waits there for a minute, no matter what other readers do.
"""

from __future__ import annotations

import asyncio
import secrets
import threading
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from math import inf

import streamlit.runtime as streamlit_runtime
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest
from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse
from streamlit.runtime.backend_operation_handler import DeferredFileHandler
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileKind, MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import (
    MemoryFile,
    MemoryMediaFileStorage,
    get_extension_for_mimetype,
)

from layers.wording.vocabulary import N

LIFE = 60.0
"""Seconds that a file waits to be fetched.  A transfer that has begun goes on for as long as it takes."""
MOST_BYTES = 256 * 2**20
"""Bytes of waiting files in one process."""
MOST_BYTES_EACH = 64 * 2**20
"""Bytes of waiting files of one session; above it the session's oldest go first."""
MOST_ASKED = 6
"""Files that one session may have asked for and not yet got."""
AT_ONCE = 2
"""Files that one process makes at the same time; more would slow everybody's page down and come no sooner."""
TOO_MANY = N("Several files are being made for you already; press again when they have arrived.")
NO_ROOM = N("Too many files are waiting to be fetched on this server; press again in a minute.")

_session: ContextVar[str | None] = ContextVar("session of the file being made", default=None)
_refusal: ContextVar[str | None] = ContextVar("why no file may be made", default=None)


class RefusedError(Exception):
    """No file can be made now; the message says why in one sentence."""


@dataclass
class _Waiting:
    """A file that waits to be fetched."""

    file: MemoryFile
    session: str | None
    until: float
    fetched: bool = False


class Downloads(MemoryMediaFileStorage):
    """Streamlit's storage of media, with an unguessable address and a minute of its own for each file made at a click."""

    def __init__(self, media_endpoint: str, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(media_endpoint)
        self._waiting: dict[str, _Waiting] = {}
        self._guard = threading.Lock()
        self._clock = clock

    def load_and_get_id(
        self, path_or_data: str | bytes, mimetype: str, kind: MediaFileKind, filename: str | None = None
    ) -> str:
        """Keep a file; returns its id, which is new each time for a download."""
        if kind is not MediaFileKind.DOWNLOADABLE or isinstance(path_or_data, str):
            return super().load_and_get_id(path_or_data, mimetype, kind, filename)
        session = _session.get()
        # A download that was not made at a click belongs to its page: Streamlit says when it is over.
        until = self._clock() + LIFE if session else inf
        name = secrets.token_urlsafe(24)
        with self._guard:
            self._make_room(len(path_or_data), session)
            self._waiting[name] = _Waiting(MemoryFile(path_or_data, mimetype, kind, filename), session, until)
        return name

    def get_file(self, filename: str) -> MemoryFile:
        """The file of an address that was asked for.

        Raises
        ------
        MediaFileStorageError
            When there is none, or its minute is over.
        """
        with self._guard:
            waiting = self._waiting.get(filename.partition(".")[0])
            if waiting is None:
                return super().get_file(filename)
            if waiting.until < self._clock():
                raise MediaFileStorageError("This file was kept for one minute and is gone: press the button again.")
            waiting.fetched = True
            return waiting.file

    def get_url(self, file_id: str) -> str:
        """Address of a file."""
        waiting = self._waiting.get(file_id)
        if waiting is None:
            return super().get_url(file_id)
        return f"{self._media_endpoint}/{file_id}{get_extension_for_mimetype(waiting.file.mimetype)}"

    def delete_file(self, file_id: str) -> None:
        """Forget a file, unless it was made at a click: its minute decides."""
        with self._guard:
            waiting = self._waiting.get(file_id)
            if waiting is None:
                super().delete_file(file_id)
            elif waiting.until == inf:
                del self._waiting[file_id]

    def sweep(self) -> None:
        """Forget the files whose minute is over."""
        with self._guard:
            for name in [name for name, waiting in self._waiting.items() if waiting.until < self._clock()]:
                del self._waiting[name]

    def forget(self, session: str) -> None:
        """Forget the files of a session that has ended."""
        with self._guard:
            for name in [name for name, waiting in self._waiting.items() if waiting.session == session]:
                del self._waiting[name]

    def size(self) -> int:
        """Bytes that wait."""
        return sum(waiting.file.content_size for waiting in list(self._waiting.values()))

    def check_room(self, size: int) -> None:
        """Raise :class:`RefusedError` if a file of so many bytes can't wait here now."""
        with self._guard:
            self._make_room(size, _session.get())

    def _make_room(self, size: int, session: str | None) -> None:
        """Forget what is over, the session's oldest files above its share, and what was fetched, until the file fits."""
        now = self._clock()
        own = sum(waiting.file.content_size for waiting in self._waiting.values() if waiting.session == session)
        total = self.size()
        order = sorted(self._waiting.items(), key=lambda item: (not item[1].fetched, item[1].until))
        for name, waiting in order:
            over = waiting.until < now
            too_much_own = session is not None and waiting.session == session and own + size > MOST_BYTES_EACH
            too_much = total + size > MOST_BYTES and waiting.fetched and waiting.until < inf
            if over or too_much_own or too_much:
                del self._waiting[name]
                total -= waiting.file.content_size
                own -= waiting.file.content_size if waiting.session == session else 0
        if total + size > MOST_BYTES:
            raise RefusedError(NO_ROOM)


class MakeFile(DeferredFileHandler):
    """Answers a click on a download: one file at a time for each session, and only while its reader is there.

    Streamlit makes one of these for each session.  Sessions take turns, so that nobody waits behind another's twelve clicks.
    """

    places = asyncio.Semaphore(AT_ONCE)

    def __init__(self, get_media_file_mgr: Callable[[], MediaFileManager]) -> None:
        super().__init__(get_media_file_mgr)
        self._turn = asyncio.Lock()
        self._asked = 0

    async def handle(self, request: BackendOperationRequest, session_id: str) -> BackendOperationResponse:
        """Have the file made and answer with its address."""
        _session.set(session_id)
        if self._asked >= MOST_ASKED:
            _refusal.set(TOO_MANY)  # found by `admit` on the thread that would have made the file
            return await super().handle(request, session_id)
        self._asked += 1
        try:
            async with self._turn, self.places:
                if not streamlit_runtime.get_instance().is_active_session(session_id):
                    return BackendOperationResponse(request_id=request.request_id, error_msg="The reader has left.")
                return await super().handle(request, session_id)
        finally:
            self._asked -= 1


def admit() -> None:
    """Raise :class:`RefusedError` if no file may be made for this reader now; call it first on the thread that makes it."""
    reason = _refusal.get()
    if reason is not None:
        raise RefusedError(reason)


def admit_made(size: int) -> None:
    """Raise :class:`RefusedError` if there is not enough space for a file of so many bytes to wait."""
    storage = _storage()
    if storage is not None:
        storage.check_room(size)


def shares_addresses() -> bool:
    """Whether two files of one name may get the same address here: under `streamlit run`, which knows nothing of this module."""
    return streamlit_runtime.exists() and _storage() is None


def _storage() -> Downloads | None:
    if not streamlit_runtime.exists():
        return None
    storage = streamlit_runtime.get_instance().media_file_mgr._storage  # noqa: SLF001 there is no public way to it
    return storage if isinstance(storage, Downloads) else None

"""What reaches Streamlit at all: its own addresses, and websockets and uploads of our own pages.

For a page of another origin Streamlit asks a host on the internet for this machine's address, on the thread that
serves everybody; unknown addresses it answers with its own page, and what a client breaks off with a traceback in the log.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import net_util

from server.sessions import page_closed

PAGES = frozenset({"/", "/favicon.png", "/favicon.ico", "/readyz", "/_stcore/health", "/_stcore/host-config"})
UPLOADS = "/_stcore/upload_file/"
"""Takes files and gives none."""
FOLDERS = ("/app/static/", "/static/", "/media/", UPLOADS, "/_stcore/bidi-components/")
STREAM = "/_stcore/stream"
READING = frozenset({"GET", "HEAD", "OPTIONS"})
_ON_PURPOSE = {1000, 1001}
"""Codes with which a browser ends a websocket when its page is closed or left."""


def ask_nobody() -> None:
    """Keep Streamlit from asking other hosts for this machine's addresses."""
    net_util._external_ip = net_util._internal_ip = "127.0.0.1"  # noqa: SLF001 what its two look-ups would have found


def same_origin(headers: Headers) -> bool:
    """Whether a request comes from a page of this host, or from a program that is not a browser."""
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def takes_gzip(headers: Headers) -> bool:
    """Whether a client takes gzip: named, or any coding is welcome, and not with a quality of zero."""
    qualities = {}
    for part in headers.get("accept-encoding", "").lower().split(","):
        coding, _, quality = part.replace(" ", "").partition(";q=")
        qualities[coding] = quality
    return not re.fullmatch(r"0(\.0*)?", qualities.get("gzip", qualities.get("*", "0")))


class Allowlist:
    """ASGI middleware in front of Streamlit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is meant for the page, and refuse the rest."""
        if scope["type"] == "websocket":
            if scope["path"] != STREAM or not same_origin(Headers(scope=scope)):
                await send({"type": "websocket.close", "code": 1008})
                return
            await self.app(scope, _listening(receive, send), send)
        elif scope["type"] == "http":
            path = scope["path"]
            gives_none = path.startswith(UPLOADS) and scope["method"] in {"GET", "HEAD"}
            if gives_none or (path not in PAGES and not path.startswith(FOLDERS)):
                answer = PlainTextResponse("There is nothing at this address.\n", status_code=404)
                await answer(scope, receive, send)
                return
            # Streamlit compares a cookie with a header and signs neither, so a neighbouring domain could set both.
            if scope["method"] not in READING and not same_origin(Headers(scope=scope)):
                await PlainTextResponse("Only this page may send files here.\n", status_code=403)(scope, receive, send)
                return
            try:
                await self.app(_settled(scope), receive, send)
            except ClientDisconnect:
                return  # broken off by the client: nobody is there to answer
        else:
            await self.app(scope, receive, send)


def _settled(scope: Scope) -> Scope:
    """The request with ``Accept-Encoding`` settled: all behind this look for the word gzip and overlook ``;q=0``."""
    headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    if takes_gzip(Headers(scope=scope)):
        headers.append((b"accept-encoding", b"gzip"))
    return {**scope, "headers": headers}


def _listening(receive: Receive, send: Send) -> Receive:
    """Notice how a websocket ends, and end one that sends text: Streamlit's page sends bytes only."""

    async def listen() -> Message:
        message = await receive()
        if message["type"] == "websocket.receive" and message.get("bytes") is None:
            await send({"type": "websocket.close", "code": 1003})
            return {"type": "websocket.disconnect", "code": 1003}
        if message["type"] == "websocket.disconnect":
            page_closed.set(message.get("code") in _ON_PURPOSE)
        return message

    return listen

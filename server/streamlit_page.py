"""Streamlit's own page and scripts, served with two things more: a message while they load, and compression.

Streamlit leaves compression to a server in front.  Where there is none, a reader on a slow connection would wait three times
as long before a blank page; each file is compressed once, on its first use, and kept in memory.
"""

from __future__ import annotations

import gzip
import re
from functools import cache, lru_cache
from mimetypes import guess_type
from pathlib import Path

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from layers.map.files import icon

FRONTEND = Path(streamlit.__file__).parent / "static"
TITLE = "Ceasefire Atlas"
WAITING = (
    '<p id="waiting" style="font: 1rem/1.6 sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem; color: #100f0c">'
    f"<strong>{TITLE}</strong><br>The page is loading. On a slow connection this takes half a minute.</p>"
)
"""Stands where the page will be; React takes it away when it draws for the first time."""
_SMALLER = {".js", ".css", ".json", ".svg"}


CHANGES = (
    (r"<title>Streamlit</title>", f"<title>{TITLE}</title>"),
    (r'<link rel="shortcut icon" href="[^"]*" />', f'<link rel="shortcut icon" href="{icon()}" />'),
    # The interface for programs that these two praise is switched off (.streamlit/config.toml).
    (r'<!--\s+Machine-readable pointer.*?-->\s*<link rel="service-desc" [^>]*/>', ""),
    (
        r"<noscript>.*?</noscript>",
        "<noscript><style>#waiting { display: none; }</style><p>This page needs JavaScript.</p></noscript>",
    ),
    (r'<div id="root"></div>', f'<div id="root">{WAITING}</div>'),
)
"""What is said otherwise in Streamlit's page: pattern and replacement."""


@lru_cache(maxsize=1)
def document() -> bytes:
    """Streamlit's page with our title and icon, a message in the place that its scripts fill later, and one for browsers without scripts.

    Raises
    ------
    RuntimeError
        When Streamlit's page is not what it was: the pinned version and :data:`CHANGES` belong together.
    """
    text = (FRONTEND / "index.html").read_text(encoding="utf-8")
    for pattern, words in CHANGES:
        text, found = re.subn(pattern, words.replace("\\", r"\\"), text, flags=re.DOTALL)
        if found != 1:
            raise RuntimeError(
                f"Streamlit's index.html holds {found} times {pattern!r}: look at server/streamlit_page.py."
            )
    return text.encode()


@lru_cache(maxsize=1)
def parts() -> dict[str, Path]:
    """The files that compress well, by their addresses; their names hold a hash, so they may be cached without end."""
    found = (FRONTEND / "static").rglob("*")
    return {f"/{path.relative_to(FRONTEND).as_posix()}": path for path in found if path.suffix in _SMALLER}


@cache
def smaller(path: Path) -> bytes:
    """A file, compressed."""
    return gzip.compress(path.read_bytes(), 6, mtime=0)


class Frontend:
    """ASGI middleware that answers for the page and its compressible files; all else goes on to Streamlit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        asked = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        if asked and scope["path"] == "/":
            # Never kept, since an update changes the names of the files in it.
            answer = Response(document(), media_type="text/html", headers={"Cache-Control": "no-cache"})
            await answer(scope, receive, send)
            return
        path = parts().get(scope["path"]) if asked else None
        if path is None or "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            await self.app(scope, receive, send)
            return
        await _compressed(path, await run_in_threadpool(smaller, path))(scope, receive, send)


def _compressed(path: Path, content: bytes) -> Response:
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Content-Encoding": "gzip"}
    kind = guess_type(path.name)[0] or "application/octet-stream"
    return Response(content, media_type=kind, headers={**headers, "Vary": "Accept-Encoding"})

"""Streamlit's own page and scripts, served with the map before them (:mod:`server.early_map`), and compressed.

Streamlit leaves compression to a server in front.  Where there is none, a reader on a slow connection would wait three times
as long before a blank page; each file is compressed once, on its first use, and kept in memory.
"""

from __future__ import annotations

import gzip
import logging
import re
from functools import cache, lru_cache
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import parse_qs

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from layers.map.escape import markup
from layers.map.files import ICON, icon
from layers.wording import LANGUAGES, wording
from layers.wording.vocabulary import N
from server.early_map import with_map

FRONTEND = Path(streamlit.__file__).parent / "static"
TITLE = N("Ceasefire Atlas")
FAVICONS = frozenset({"/favicon.png", "/favicon.ico"})
"""Where Streamlit's script looks for an icon before it has read ours, and where browsers do that know no SVG."""
_SMALLER = {".js", ".css", ".json", ".svg"}
log = logging.getLogger("atlas")


def language_of(query: str) -> str:
    """The language that an address asks for, as the page itself reads it: English where it names none that we have."""
    asked = parse_qs(query).get("lang", ["en"])[-1]
    return asked if asked in LANGUAGES else "en"


def waiting(lang: str) -> str:
    """Stands where the map will be; the map covers it, and it goes when Streamlit's component takes the map over."""
    told = said(
        lang, N("The page is loading. On a slow connection the map takes a few seconds, all else half a minute.")
    )
    style = "font: 1rem/1.6 sans-serif; max-width: 20rem; margin: 6rem 2rem; color: #100f0c"
    return f'<p id="waiting" style="{style}"><strong>{said(lang, TITLE)}</strong><br>{told}</p>'


def said(lang: str, text: str) -> str:
    """A text in a language, as it may stand in HTML: whoever writes a catalogue writes no markup."""
    return markup(wording(lang).tr(text))


def changes(lang: str) -> tuple[tuple[str, str], ...]:
    """What is said otherwise in Streamlit's page: pattern and replacement."""
    unscripted = f"<style>#waiting {{ display: none; }}</style><p>{said(lang, N('This page needs JavaScript.'))}</p>"
    return (
        (r'<html lang="en">', f'<html lang="{lang}">'),
        (r"<title>Streamlit</title>", f"<title>{said(lang, TITLE)}</title>"),
        (r'<link rel="shortcut icon" href="[^"]*" />', f'<link rel="shortcut icon" href="{icon()}" />'),
        # The interface for programs that these two praise is switched off (.streamlit/config.toml).
        (r'<!--\s+Machine-readable pointer.*?-->\s*<link rel="service-desc" [^>]*/>', ""),
        (r"<noscript>.*?</noscript>", f"<noscript>{unscripted}</noscript>"),
    )


@lru_cache(maxsize=len(LANGUAGES))
def document(lang: str = "en") -> bytes:
    """The page: Streamlit's with our title and icon, the map before it, and a message for browsers without scripts.

    Where another version of Streamlit has a page of another shape, what does not fit is left out and logged.
    """
    text = (FRONTEND / "index.html").read_text(encoding="utf-8")
    for pattern, words in changes(lang):
        text, found = re.subn(pattern, words.replace("\\", r"\\"), text, flags=re.DOTALL)
        if found != 1:
            log.warning("Streamlit's index.html holds %d times %r: look at server/streamlit_page.py.", found, pattern)
    early = with_map(text, said(lang, TITLE), waiting(lang))
    if early is None:
        log.warning("Streamlit's index.html has another shape: the map waits for Streamlit (server/early_map.py).")
        early = text.replace('<div id="root"></div>', f'<div id="root">{waiting(lang)}</div>')
    return early.encode()


@lru_cache(maxsize=len(LANGUAGES))
def smaller_document(lang: str) -> bytes:
    """The page, compressed."""
    return gzip.compress(document(lang), 9, mtime=0)


@lru_cache(maxsize=1)
def parts() -> dict[str, Path]:
    """The files of Streamlit's page by their addresses; their names hold a hash, so they may be cached without end."""
    return {
        f"/{path.relative_to(FRONTEND).as_posix()}": path for path in (FRONTEND / "static").rglob("*") if path.is_file()
    }


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
        gzipped = scope["type"] == "http" and "gzip" in Headers(scope=scope).get("accept-encoding", "")
        asked = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        if asked and scope["path"] == "/":
            # Never kept, since an update changes the names of the files in it.
            headers = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
            lang = language_of(scope["query_string"].decode("latin-1"))
            content = document(lang)
            if gzipped:
                headers["Content-Encoding"], content = "gzip", smaller_document(lang)
            await Response(content, media_type="text/html", headers=headers)(scope, receive, send)
            return
        if asked and scope["path"] in FAVICONS:
            headers = {"Cache-Control": "public, max-age=86400"}
            await Response(ICON.read_bytes(), media_type="image/svg+xml", headers=headers)(scope, receive, send)
            return
        path = parts().get(scope["path"]) if asked else None
        if asked and path is None and scope["path"].startswith("/static/"):
            # Streamlit would answer with its page, as if an address of an earlier version were one of the page.
            await PlainTextResponse("There is nothing at this address.\n", status_code=404)(scope, receive, send)
            return
        if path is None or path.suffix not in _SMALLER or not gzipped:
            await self.app(scope, receive, send)
            return
        await _compressed(path, await run_in_threadpool(smaller, path))(scope, receive, send)


def _compressed(path: Path, content: bytes) -> Response:
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Content-Encoding": "gzip"}
    kind = guess_type(path.name)[0] or "application/octet-stream"
    return Response(content, media_type=kind, headers={**headers, "Vary": "Accept-Encoding"})

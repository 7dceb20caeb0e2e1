"""From a template and its data to a file: Typst sets the page, with our fonts only; the same data give the same bytes."""

from __future__ import annotations

import json
import re
import struct
import threading
import zlib
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

from layers.sheet import fonts
from layers.wording.dates import NO_BREAK

TEMPLATES = Path(__file__).parent / "templates"
STANDARD = "a-2a"
"""PDF/A-2a: an archive's form, with tags and the text of every letter."""
AGING = 5
"""Typst keeps what it computed for ten more documents, 25 MB for each page; so many empty ones let it go sooner."""
AS_IT_IS = ("svg", "address")
"""Drawings and addresses are not text to be set."""
MARKS = (
    (re.compile(r"(?<=\w)'"), "’"),
    (re.compile(r"(?<=km|км|կմ)2(?!\d)"), "²"),
    (re.compile(r"(?<!\d)(\d{4})-(?=\d{4}(?!\d))"), r"\1–"),
    (re.compile(r"(?<=\b[dд][eе])-(?=\w)|(?<=\d)-(?=[^\W\d])|(?<=թ\.)-(?=\w)"), "\u2011"),
    (re.compile(r"(?<=[гթ])\.\."), "."),
    # What must not break over lines: the thousands of a number, a number and its unit, ...
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d)|(?:(?:km|км|կմ)²?|m|м|մ|թ|г|год[ау]?)(?!\w))"), NO_BREAK),
    (re.compile("(?<=\u2011c[iıuü]) (?=il)"), NO_BREAK),
    # ... a clause and its number, a dash and the word before it, and in Russian a short word and the long one after it.
    (re.compile(r"(?i)(?<!\w)(clauses?|пункт\w*|կետ\w*) (?=\d)"), rf"\1{NO_BREAK}"),
    (re.compile(r"(?<=\S) (?=[–—] )"), NO_BREAK),
    (re.compile(r"(?<!\w)(?!к?м )([А-ЯЁа-яё][а-яё]?) (?=[«„(]?\w)(?![а-яё]{1,2} )"), rf"\1{NO_BREAK}"),
)
"""What is typed, and what is printed instead."""
_ONE_AT_A_TIME = threading.Lock()
"""A compiler keeps what it read last, so that one page is set at a time."""


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    own = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts.FOLDER])
    return typst.Compiler(root=TEMPLATES, font_paths=own, ignore_system_fonts=True)


def typeset(template: str, data: dict[str, Any], fmt: Literal["png", "svg", "pdf"], dpi: int = 150) -> list[bytes]:
    """Set a template.

    Parameters
    ----------
    template
        A file of ``templates/``, without its ending; it reads ``data`` as JSON.
    fmt
        ``png``, ``svg`` or ``pdf``.
    dpi
        Pixels an inch, for PNG.

    Returns
    -------
    list of bytes
        A file for each page; of a PDF one for all.
    """
    told = json.dumps(_printable(data), ensure_ascii=False, sort_keys=True)
    more: dict[str, Any] = {"pdf_standards": [STANDARD], "timestamp": 0} if fmt == "pdf" else {"ppi": dpi}
    with _ONE_AT_A_TIME:
        made = _compiler().compile(TEMPLATES / f"{template}.typ", format=fmt, sys_inputs={"data": told}, **more)
        for _ in range(AGING):
            _compiler().compile(b"", format="svg", sys_inputs={})
    pages = made if isinstance(made, list) else [made or b""]
    return [_described(page, dpi, data["title"]) if fmt == "png" else page for page in pages]


def _printable(value: Any) -> Any:
    """The data with no letter that the fonts lack: an archive's PDF must not hold one."""
    if isinstance(value, dict):
        return {key: item if key in AS_IT_IS else _printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(item) for item in value]
    return _typographic(value) if isinstance(value, str) else value


@lru_cache(maxsize=4096)
def _typographic(text: str) -> str:
    """A text with the marks of print: apostrophes, squared kilometres, spans of years, one full stop after “г.”."""
    for typed, printed in MARKS:
        text = typed.sub(printed, text)
    return fonts.printable(text)


def _described(png: bytes, dpi: int, title: str) -> bytes:
    """A PNG with its resolution and its title."""
    start = png.index(b"IDAT") - 4
    per_metre = round(dpi / 0.0254)
    size = _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1))
    text = _chunk(b"iTXt", b"Title\0\0\0\0\0" + title.encode())
    return png[:start] + size + text + png[start:]


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

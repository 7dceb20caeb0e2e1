"""Words on the page: text of the record as text, days as people write them, sources with how reliable they are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from geodata.addresses import url_of
from geodata.record_types import Source
from layers.atlas import atlas_data
from layers.wording import Translate, Wording, as_read

_SPECIAL = frozenset("\\`*_{}[]()!|<>~$:&@")
_AT_START = re.compile(r"[-+#=]|\d{1,9}[.]")
"""What makes a list or a heading, at the start of a text only."""

_WEB = re.compile(r"https?://[\w.-]+\.\w+(:\d+)?/")


def escape(text: str) -> str:
    """Text as Markdown that shows exactly that text: what could be markup becomes a numeric entity."""
    start = _AT_START.match(text.lstrip())
    safe = "".join(_entity(sign) if sign in _SPECIAL else " " if sign in "\r\n" else sign for sign in text)
    if start:
        last = start.group()[-1]
        safe = safe.replace(last, _entity(last), 1)
    return safe


def _entity(sign: str) -> str:
    return f"&#{ord(sign)};"


def source_label(source: Source, tr: Translate) -> str:
    """One source in a line: publisher, title, date."""
    return ", ".join(part for part in (as_read(source, tr), source.title, source.date) if part)


def sources_note(ids: Iterable[str], w: Wording) -> str:
    """What a passage rests on, in Markdown: the sources, and a plain word where there is one only or none was seen."""
    register, tr = atlas_data(w.lang).sources, w.tr
    found = [register[name] for name in dict.fromkeys(ids)]
    seen = [source for source in found if source.seen]
    if not seen:
        return tr("General knowledge: no source has been seen for this.")
    parts = [linked(source, tr) for source in found if source.seen]
    note = "; ".join(parts)
    lead = tr("Single source") if len(seen) == 1 else tr("Sources")
    unseen = f" {tr('Partly general knowledge.')}" if len(seen) < len(found) else ""
    return f"{lead}: {note}.{unseen}"


def linked(source: Source, tr: Translate) -> str:
    """A source in Markdown, linked where the register holds an address."""
    return link(source, ", ".join(part for part in (as_read(source, tr), source.date) if part))


def link(source: Source, words: str) -> str:
    """Words in Markdown that lead to a source, where the register holds an address."""
    label = escape(words)
    if not source.address:
        return label
    address = url_of(source.address)
    if _WEB.match(address):
        # Brackets would end the link.
        address = address.replace("(", "%28").replace(")", "%29")
    if any(sign in address for sign in " <>()[]\"'\\`"):
        return label
    return f"[{label}]({address})"

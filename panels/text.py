"""Words on the page: text of the record as text, days as people write them, sources with what they are worth."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal

from geodata.dates import bounds, parse_day
from geodata.model import Names, Source
from layers.data import atlas_data
from panels.i18n import Translate

_SPECIAL = frozenset("\\`*_{}[]()!|<>~$:&@")
_AT_START = re.compile(r"[-+#=]|\d{1,9}[.]")
"""What makes a list or a heading, at the start of a text only."""
_LOCALES = {"en": "en_GB", "az": "az", "hy": "hy", "ru": "ru"}


def plain(text: str) -> str:
    """Text as Markdown that shows exactly that text: what could be markup becomes a numeric entity."""
    start = _AT_START.match(text.lstrip())
    safe = "".join(_entity(sign) if sign in _SPECIAL else " " if sign in "\r\n" else sign for sign in text)
    if start:
        last = start.group()[-1]
        safe = safe.replace(last, _entity(last), 1)
    return safe


def _entity(sign: str) -> str:
    return f"&#{ord(sign)};"


def day(text: str | None, lang: str = "en") -> str:
    """An ISO day as people write it; “—” for none."""
    if text is None:
        return "—"
    return str(format_date(parse_day(text), format="d MMMM y", locale=_LOCALES[lang]))


def short(text: str | None, lang: str = "en") -> str:
    """An ISO day for a narrow column, which does not break: “20 Nov 2020”."""
    if text is None:
        return "—"
    return str(format_date(parse_day(text), format="medium", locale=_LOCALES[lang])).replace(" ", "\u00a0")


def number(value: float, lang: str = "en", digits: int = 0) -> str:
    """A number as people write it, with so many decimals: 1,960 in English, 1.960 in Azerbaijani."""
    return str(format_decimal(round(value, digits), format=f"#,##0.{'0' * digits}".rstrip("."), locale=_LOCALES[lang]))


def grouped(text: str, width: int = 18) -> str:
    """Text for a narrow column: it breaks only between groups of words about so many characters long."""
    return " ".join(group.replace(" ", "\u00a0") for group in textwrap.wrap(text, width, break_long_words=False))


def edtf(text: str, lang: str = "en") -> str:
    """An EDTF date as people write it: “9 or 10 November 2020” is “9 November 2020 – 10 November 2020”."""
    first, last = bounds(text)
    if first == last:
        return day(first.isoformat(), lang)
    if _whole_month(first, last):
        return str(format_date(first, format="LLLL y", locale=_LOCALES[lang]))
    if first.month == last.month and first.year == last.year:
        return f"{first.day}–{day(last.isoformat(), lang)}"
    return f"{day(first.isoformat(), lang)} – {day(last.isoformat(), lang)}"


def _whole_month(first: date, last: date) -> bool:
    return first.day == 1 and (first.year, first.month) == (last.year, last.month) and last.day >= 28


def name(names: Names, lead: str) -> str:
    """The form of a name that the reader wants to lead; the neutral form where there is none."""
    form: str | None = getattr(names, lead)
    return form or names.neutral


def source_label(source: Source) -> str:
    """One source in a line: publisher, title, date."""
    return ", ".join(part for part in (source.publisher, source.title, source.date) if part)


def sources_note(ids: Iterable[str], tr: Translate = str) -> str:
    """What a passage rests on, in Markdown: the sources, and a plain word where there is one only or none was seen."""
    register = atlas_data().sources
    found = [register[name] for name in dict.fromkeys(ids)]
    seen = [source for source in found if source.seen]
    if not seen:
        return tr("General knowledge: no source has been seen for this.")
    parts = [linked(source) for source in found if source.seen]
    note = "; ".join(parts)
    lead = tr("Single source") if len(seen) == 1 else tr("Sources")
    unseen = f" {tr('Partly general knowledge.')}" if len(seen) < len(found) else ""
    return f"{lead}: {note}.{unseen}"


def linked(source: Source) -> str:
    """A source in Markdown, linked where the register holds an address."""
    label = plain(", ".join(part for part in (source.publisher, source.date) if part))
    if not source.address:
        return label
    address = source.address if source.address.startswith(("https://", "http://")) else f"https://{source.address}"
    if any(sign in address for sign in " <>()[]\"'\\`"):
        return label
    return f"[{label}]({address})"

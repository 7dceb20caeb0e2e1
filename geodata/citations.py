"""The source register in the forms that reference managers read: CSL-JSON and BibTeX."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from geodata.addresses import url_of
from geodata.dates import bounds
from geodata.record_types import Source

_BIBTEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "$": r"\$", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}  # fmt: skip


def comments(source: Source) -> str:
    """What a reader must know of a source, in English: its credit, not seen, read in a copy, and the register's own note."""
    notes = [f"{source.credit[0].upper()}{source.credit[1:]}."] if source.credit else []
    notes += [] if source.seen else ["Not seen; general knowledge."]
    notes += ["Read in a copy."] if source.repost else []
    return " ".join([*notes, *([source.note] if source.note else [])])


Notes = Callable[[Source], str]
"""Writes what a reader must know of a source beside title and publisher; empty where there is nothing."""


def csl_json(sources: Iterable[Source], notes: Notes = comments) -> str:
    """The sources as a CSL-JSON array (Citation Style Language, data model 1.0)."""
    return json.dumps([_csl(source, notes(source)) for source in sources], ensure_ascii=False, indent=1) + "\n"


def _csl(source: Source, note: str) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": source.id,
        "type": "webpage" if source.address else "document",
        "title": source.title,
        "publisher": source.publisher,
        "language": source.language,
    }
    if source.date:
        first, last = bounds(source.date)
        if first == last:
            item["issued"] = {"date-parts": [[first.year, first.month, first.day]]}
        else:
            item["issued"] = {"date-parts": [[day.year, day.month, day.day] for day in (first, last)]}
    if source.address:
        item["URL"] = url_of(source.address)
    if note:
        item["note"] = note
    return item


def bibtex(sources: Iterable[Source], notes: Notes = comments) -> str:
    """The sources as BibTeX entries, UTF-8 (biber and modern BibTeX read it); keys are the register's ids."""
    return "\n".join(_entry(source, notes(source)) for source in sources)


def _entry(source: Source, note: str) -> str:
    fields = {"title": f"{{{_tex(source.title)}}}", "organization": _tex(source.publisher), "langid": source.language}
    if source.date:
        fields["date"] = source.date
        fields["year"] = source.date[:4]
    if source.address:
        fields["url"] = url_of(source.address).replace("{", "%7B").replace("}", "%7D")
    if note:
        fields["note"] = _tex(note)
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{source.id},\n{body}}}\n"


def _tex(text: str) -> str:
    return "".join(_BIBTEX.get(sign, sign) for sign in text)

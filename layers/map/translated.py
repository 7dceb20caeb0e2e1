"""The texts of the record in another language, for the map: what differs from the English, place by place.

A difference has the shape of what it changes: ``{"events": {"agdam-handed-over": {"text": "…"}}}``; numbers stand for the
entries of lists.  The browser puts it in place, and takes it back (frontend/src/record_texts.ts).
"""

from __future__ import annotations

from typing import Any

from geodata.ground import Ground
from geodata.model import Record
from geodata.translations import in_language
from layers.map.cards import cards
from layers.map.payload import register, titles
from layers.wording.catalogues import translations

KINDS = {
    "events": ("events",),
    "cards": ("clauses", "obligations", "zones", "units", "places", "readings", "witnesses", "sources", "shapes"),
}
"""The files in which a language's cards come, and the kinds of entry in each: so none is larger than 65 kB, gzipped."""


def translated_titles(record: Record, language: str) -> dict[str, Any]:
    """What differs in the texts of the first picture."""
    return difference(titles(record), titles(in_language(record, language))) or {}


def translated_cards(record: Record, ground: Ground, language: str) -> dict[str, dict[str, Any]]:
    """What differs in the cards, by the files of :data:`KINDS`; what shapes tell stands by its English form."""
    say = translations(language).gettext
    english, said = _cards(record), _cards(in_language(record, language))
    said["shapes"] = {text: say(text) for text in ground_texts(ground)}
    return {
        name: {kind: found for kind in kinds if (found := difference(english[kind], said[kind]))}
        for name, kinds in KINDS.items()
    }


def _cards(record: Record) -> dict[str, Any]:
    told = cards(record)
    return {**told, "sources": register(record, told), "shapes": {}}


def ground_texts(ground: Ground) -> list[str]:
    """The English texts that shapes carry: notes of lines and symbols.  The catalogues of words translate these."""
    found = [text for line in ground.lines for text in (line.note, line.guards)]
    return sorted({text for text in [*found, *(point.text for point in ground.points)] if text})


def difference(english: Any, said: Any) -> Any:
    """What of ``said`` is not in ``english``; None where nothing is.  Lists have the same length in every language."""
    if isinstance(said, list) and isinstance(english, list):
        english, said = dict(enumerate(english)), dict(enumerate(said))
    if isinstance(said, dict) and isinstance(english, dict):
        return {key: found for key in said if (found := difference(english.get(key), said[key])) is not None} or None
    return None if said == english else said

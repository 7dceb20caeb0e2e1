"""Names of the panels and of the choices on the page, in English; the catalogues translate them."""

from __future__ import annotations

from layers.wording.vocabulary import OWN_NAMES, N

PANELS = {
    "start": N("Map"),
    "story": N("The story"),
    "clauses": N("The clauses"),
    "deadlines": N("The dates"),
    "changes": N("What changed hands"),
    "events": N("Events"),
    "governs": N("What governs here"),
    "points": N("Your own points"),
    "claims": N("Claims checked"),
    "sources": N("Sources"),
    "downloads": N("Download"),
    "about": N("About"),
}
TITLES = {
    **PANELS,
    "clauses": N("The nine clauses"),
    "deadlines": N("Obligations and their dates"),
    "sources": N("Sources"),
    "about": N("About this atlas"),
}
SHORT = {"en": "EN", "az": "AZ", "hy": "ՀԱՅ", "ru": "РУ"}
"""Languages where there is little space."""
NAMES = {"lang": N("As the language"), "neutral": N("Neutral names"), **OWN_NAMES}

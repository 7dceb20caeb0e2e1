"""Words for the ids that the engine uses, in English; ``panels.i18n`` puts them into the reader's language."""

from __future__ import annotations

N = str
"""Marks a phrase for the catalogues where it is not spoken at once."""

SOVEREIGNTY = N(
    "Control is not sovereignty. The map says who held the ground on a day, never whose it is. By international "
    "recognition Nagorno-Karabakh and the seven districts around it lie in Azerbaijan throughout."
)
STATUS = {
    "not-in-force": N("not in force"),
    "pending": N("pending"),
    "overdue": N("overdue"),
    "met": N("met"),
    "met-late": N("met late"),
    "continuing": N("continuing"),
    "disputed": N("disputed"),
    "lapsed": N("lapsed"),
    "open": N("open"),
}
CONTROLLER = {
    "azerbaijan": N("Azerbaijan"),
    "armenia": N("Armenia"),
    "armenian-forces": N("Armenian forces"),
    "peacekeepers": N("Russian peacekeepers"),
}
SIDE = {
    "azerbaijan": N("Azerbaijan"),
    "armenia": N("Armenia"),
    "russia": N("Russia"),
    "de-facto-nk": N("De facto authorities in Nagorno-Karabakh"),
}
CAUSE = {"clause": N("under a clause"), "force": N("by force"), "other": N("otherwise")}
PANELS = {
    "start": N("Map"),
    "story": N("The story"),
    "clauses": N("The clauses"),
    "deadlines": N("The dates"),
    "changes": N("Changes"),
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
    "changes": N("What changed hands"),
    "sources": N("Sources"),
    "about": N("About this atlas"),
}
LANGUAGES = {"en": "English", "az": "Azərbaycanca", "hy": "Հայերեն", "ru": "Русский"}
SHORT = {"en": "EN", "az": "AZ", "hy": "ՀԱՅ", "ru": "РУ"}
"""Languages where there is little room."""
NAMES = {"neutral": N("Neutral names"), "az": "Azərbaycanca", "hy": "Հայերեն", "ru": "Русский"}

"""The order of the alphabet in each language of the interface; letters that it lacks stand by their code points."""

from __future__ import annotations

_AZERBAIJANI = {letter: f"{number:02}" for number, letter in enumerate("abcçdeəfgğhxıijkqlmnoöprsştuüvyz")}
"""Its order is not that of the code points; Armenian and Russian letters but those below stand in theirs."""
_ALIKE = {"hy": ("և", "եւ"), "ru": ("ё", "е")}
"""The Armenian ligature is sorted as its two letters, ё as е."""


def sort_key(text: str, lang: str) -> tuple[str, str]:
    """Where a text stands in a list: by its letters, whatever their case; what is alike, as it is written."""
    if lang == "az":
        small = text.replace("İ", "i").replace("I", "ı").lower()
        return "".join(_AZERBAIJANI.get(sign, sign) for sign in small), text
    small = text.lower()
    return small.replace(*_ALIKE[lang]) if lang in _ALIKE else small, text

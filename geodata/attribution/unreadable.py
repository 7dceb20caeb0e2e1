"""What is said of a cell that can't be read."""

from __future__ import annotations

from geodata.attribution.said import Quoted, SaidError


def shown(text: str, most: int = 40) -> Quoted:
    """A text of unknown origin in quotes, short, and without characters that a terminal or a table would obey."""
    plain = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text[:most])
    return Quoted(f"“{plain}{'…' if len(text) > most else ''}”")


class UnreadableError(SaidError):
    """A cell can't be read: a sentence that quotes it."""

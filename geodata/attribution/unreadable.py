"""What is said of a cell that can't be read."""

from __future__ import annotations


def shown(text: str, most: int = 40) -> str:
    """A text of unknown origin in quotes, short, and without characters that a terminal or a table would obey."""
    plain = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text[:most])
    return f"“{plain}{'…' if len(text) > most else ''}”"


class UnreadableError(ValueError):
    """A cell can't be read: a sentence that quotes it, and the same without what it quotes."""

    def __init__(self, sentence: str, quoted: str | None = None, kind: str | None = None) -> None:
        """Put a quoted text in place of ``{}``; the kind is the sentence without it, unless another is given."""
        super().__init__(sentence if quoted is None else sentence.replace("{}", shown(quoted)))
        self.kind = kind or sentence.replace("{}", "…")

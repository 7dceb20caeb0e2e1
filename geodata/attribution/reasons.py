"""Why rows could not be read: a code for each row, a sentence for each code."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


def shown(text: str, most: int = 40) -> str:
    """A text of unknown origin in quotes, short, and without signs that a terminal or a table would obey."""
    plain = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text[:most])
    return f"“{plain}{'…' if len(text) > most else ''}”"


@dataclass(eq=False)
class Reasons:
    """``codes[row]`` points into ``sentences``; 0 means that nothing is wrong."""

    codes: NDArray[np.int32]
    sentences: list[str | None] = field(default_factory=lambda: [None])

    @classmethod
    def none(cls, rows: int) -> Reasons:
        """Nothing is wrong with any row."""
        return cls(np.zeros(rows, np.int32))

    @property
    def wrong(self) -> NDArray[np.bool_]:
        """Rows with a reason."""
        return np.asarray(self.codes != 0)

    def code(self, sentence: str) -> int:
        """A new code for a sentence."""
        self.sentences.append(sentence)
        return len(self.sentences) - 1

    def mark(self, rows: NDArray[np.bool_], sentence: str) -> None:
        """Give rows a reason, where they have none yet."""
        rows = rows & (self.codes == 0)
        if rows.any():
            self.codes[rows] = self.code(sentence)

    def add(self, other: Reasons) -> None:
        """Take over another's reasons for rows that have none yet."""
        rows = other.wrong & (self.codes == 0)
        self.codes[rows] = other.codes[rows] + len(self.sentences) - 1
        self.sentences += other.sentences[1:]

    def column(self) -> pa.Array:
        """The sentences as a column of text, null where nothing is wrong."""
        if not self.wrong.any():
            return pa.nulls(len(self.codes), pa.string())
        return pa.array(self.sentences, pa.string()).take(pa.array(self.codes))

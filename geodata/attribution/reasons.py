"""Why rows could not be read: a code for each row, a sentence for each code."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


@dataclass(eq=False)
class Reasons:
    """``codes[row]`` points into ``sentences``; 0 means that nothing is wrong.

    ``kinds`` are the sentences without what they quote and number, so that like is counted with like.
    """

    codes: NDArray[np.int32]
    sentences: list[str | None] = field(default_factory=lambda: [None])
    kinds: list[str] = field(default_factory=lambda: [""])

    @classmethod
    def none(cls, rows: int) -> Reasons:
        """Nothing is wrong with any row."""
        return cls(np.zeros(rows, np.int32))

    @property
    def wrong(self) -> NDArray[np.bool_]:
        """Rows with a reason."""
        return np.asarray(self.codes != 0)

    def code(self, sentence: str, kind: str | None = None) -> int:
        """A new code for a sentence."""
        self.sentences.append(sentence)
        self.kinds.append(sentence if kind is None else kind)
        return len(self.sentences) - 1

    def mark(self, rows: NDArray[np.bool_], sentence: str, kind: str | None = None) -> None:
        """Give rows a reason, where they have none yet."""
        rows = rows & (self.codes == 0)
        if rows.any():
            self.codes[rows] = self.code(sentence, kind)

    def add(self, other: Reasons) -> None:
        """Take over another's reasons for rows that have none yet."""
        rows = other.wrong & (self.codes == 0)
        self.codes[rows] = other.codes[rows] + len(self.sentences) - 1
        self.sentences += other.sentences[1:]
        self.kinds += other.kinds[1:]

    def extend(self, other: Reasons) -> None:
        """Take over another's reasons for all rows, after those that they have already."""
        both = np.flatnonzero(self.wrong & other.wrong)
        for row in both.tolist():
            self.codes[row] = self.code(f"{self.sentences[self.codes[row]]}; {other.sentences[other.codes[row]]}")
        self.add(other)

    def counts(self) -> Counter[str]:
        """Rows of each kind of reason."""
        found: Counter[str] = Counter()
        for code, count in zip(*np.unique(self.codes[self.wrong], return_counts=True), strict=True):
            found[self.kinds[code]] += int(count)
        return found

    def column(self) -> pa.Array:
        """The sentences as a column of text, null where nothing is wrong."""
        if not self.wrong.any():
            return pa.nulls(len(self.codes), pa.string())
        return pa.array(self.sentences, pa.string()).take(pa.array(self.codes))

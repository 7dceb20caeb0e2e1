"""Why rows could not be read: a code for each row, a sentence for each code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geodata.attribution.said import Said, joined


@dataclass(eq=False)
class Reasons:
    """``codes[row]`` points into ``sentences``; 0 means that nothing is wrong."""

    codes: NDArray[np.int32]
    sentences: list[Said | None] = field(default_factory=lambda: [None])

    @classmethod
    def none(cls, rows: int) -> Reasons:
        """Nothing is wrong with any row."""
        return cls(np.zeros(rows, np.int32))

    @property
    def wrong(self) -> NDArray[np.bool_]:
        """Rows with a reason."""
        return np.asarray(self.codes != 0)

    def code(self, sentence: Said) -> int:
        """A new code for a sentence."""
        self.sentences.append(sentence)
        return len(self.sentences) - 1

    def mark(self, rows: NDArray[np.bool_], sentence: Said) -> None:
        """Give rows a reason, where they have none yet."""
        rows = rows & (self.codes == 0)
        if rows.any():
            self.codes[rows] = self.code(sentence)

    def add(self, other: Reasons) -> None:
        """Take over another's reasons for rows that have none yet."""
        rows = other.wrong & (self.codes == 0)
        self.codes[rows] = other.codes[rows] + len(self.sentences) - 1
        self.sentences += other.sentences[1:]

    def extend(self, other: Reasons) -> None:
        """Take over another's reasons for all rows, after those that they have already."""
        both = np.flatnonzero(self.wrong & other.wrong)
        for row in both.tolist():
            one, further = self.of(row), other.of(row)
            assert one is not None
            assert further is not None
            self.codes[row] = self.code(joined(one, further))
        self.add(other)

    def of(self, row: int) -> Said | None:
        """What is said of a row."""
        return self.sentences[int(self.codes[row])]

    def counts(self) -> Counter[Said]:
        """Rows of each kind of reason: like is counted with like, whatever it quotes."""
        found: Counter[Said] = Counter()
        for code, count in zip(*np.unique(self.codes[self.wrong], return_counts=True), strict=True):
            sentence = self.sentences[code]
            assert sentence is not None
            found[sentence.kind()] += int(count)
        return found

    def column(self, tell: Callable[[Said], str] = str) -> pa.Array:
        """The sentences as a column of text in a language (default: English), null where nothing is wrong."""
        if not self.wrong.any():
            return pa.nulls(len(self.codes), pa.string())
        used = set(self.codes.tolist())
        told = [tell(said) if said and code in used else None for code, said in enumerate(self.sentences)]
        return pa.array(told, pa.string()).take(pa.array(self.codes))

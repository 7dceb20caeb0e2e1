"""Says on standard error how far the work is, how fast it goes and how long it will take."""

from __future__ import annotations

import sys
import time
from typing import TextIO


class Progress:
    """A line that rewrites itself on a terminal, and a line every ten seconds elsewhere."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._start = self._told = time.monotonic()
        self._terminal = self._stream.isatty()

    def __call__(self, rows: int, done: float) -> None:
        """Tell rows done and the share of the whole, 0 to 1."""
        now = time.monotonic()
        if now - self._told < (0.5 if self._terminal else 10):
            return
        self._told = now
        self._stream.write(
            f"\r{self.line(rows, done, now - self._start)}\033[K"
            if self._terminal
            else f"{self.line(rows, done, now - self._start)}\n"
        )
        self._stream.flush()

    @staticmethod
    def line(rows: int, done: float, seconds: float) -> str:
        """Rows, share, rate and time left."""
        rate = rows / max(seconds, 1e-9)
        left = seconds * (1 - done) / done if done > 0 else float("inf")
        told = "time left unknown" if left == float("inf") else f"{int(left // 60)}:{int(left % 60):02d} left"
        return f"{rows:,} rows, {done:.0%}, {rate:,.0f} rows a second, {told}"

    def close(self) -> None:
        """End the line."""
        if self._terminal:
            self._stream.write("\r\033[K")

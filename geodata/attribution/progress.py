"""Shows on standard error how far the work is, how fast it goes and how long it will take."""

from __future__ import annotations

from tqdm import tqdm


class Progress:
    """A bar over rows, of whose number only the share done is known; silent where standard error is not a terminal."""

    def __init__(self) -> None:
        self._bar = tqdm(unit=" rows", unit_scale=True, disable=None, leave=False, mininterval=0.5)

    def __call__(self, rows: int, done: float) -> None:
        """Report rows done and the share of the whole, 0 to 1."""
        if done > 0:
            self._bar.total = round(rows / done)
        self._bar.update(rows - self._bar.n)

    def close(self) -> None:
        """Take the bar away."""
        self._bar.close()

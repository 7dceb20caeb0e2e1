"""What the work on one file may cost, and whether anybody still waits for it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from geodata.attribution.said import SaidError


class InputError(SaidError):
    """A file can't be used; one sentence says why and what to do."""


class StoppedError(InputError):
    """Nobody waits for the result any more."""


@dataclass(eq=False)
class Budget:
    """Checked by every reader at each block and by :func:`geodata.attribution.local.placed` at each chunk.

    Attributes
    ----------
    seconds
        Processor time of the thread that opened the file; the time that a busy machine takes for others does not count.
    memory
        Bytes of rows that are kept, see :meth:`keep`.
    stop
        Asked now and then whether the work is to end, because its reader has left.
    """

    seconds: float = math.inf
    memory: float = math.inf
    stop: Callable[[], bool] = lambda: False
    _start: float = field(default_factory=time.thread_time)
    _kept: int = 0

    def check(self) -> None:
        """End the work where it costs too much or is no longer wanted.

        Raises
        ------
        InputError
            With one sentence; :class:`StoppedError` when ``stop`` says so.
        """
        if self.stop():
            raise StoppedError("the work was stopped: its reader has left.")
        if time.thread_time() - self._start > self.seconds:
            raise InputError(
                "the file takes more than {seconds} seconds of work: split it.", seconds=f"{self.seconds:g}"
            )

    def keep(self, size: int) -> None:
        """Count bytes that are kept until all is done.

        Raises
        ------
        InputError
            When they are too many.
        """
        self._kept += size
        if self._kept > self.memory:
            megabytes = round(self.memory / 2**20)
            raise InputError("the rows of the file take more than {size} MB: split it.", size=megabytes)

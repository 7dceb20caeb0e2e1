"""A gzipped stream that refuses to open up into far more than it is."""

from __future__ import annotations

import gzip
import zlib
from typing import IO

from geodata.attribution.budget import InputError
from geodata.attribution.reading.source import Limits

FREE = 16 * 1024 * 1024
"""Bytes that may come out before the ratio counts."""


class Unpacked(gzip.GzipFile):
    """Reads like the file within; ``tell_packed`` is the place in the compressed file."""

    def __init__(self, stream: IO[bytes], limits: Limits) -> None:
        super().__init__(fileobj=stream, mode="rb")
        self._stream, self._limits, self._out = stream, limits, 0

    def read(self, size: int | None = -1) -> bytes:
        """Read on.

        Raises
        ------
        InputError
            When the file is damaged or expands too much.
        """
        try:
            content = super().read(min(size, 2**22) if size and size > 0 else 2**22)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise InputError(f"the gzip file is damaged: {error}.") from error
        self._out += len(content)
        if self._out > FREE and self._out > self._limits.ratio * max(self._stream.tell(), 1):
            raise InputError(f"the gzip file expands to more than {self._limits.ratio} times its size: it is refused.")
        return content

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place; going back starts the count again."""
        if offset == 0:
            self._out = 0
        return super().seek(offset, whence)

    def tell_packed(self) -> int:
        """Bytes of the compressed file that have been read."""
        return self._stream.tell()

    def close(self) -> None:
        """Let go of both files."""
        super().close()
        self._stream.close()

"""A zip archive that can't open up into far more than it is."""

from __future__ import annotations

import zipfile
from typing import IO

from geodata.attribution.budget import InputError
from geodata.attribution.reading.gzipped import FREE
from geodata.attribution.reading.source import Limits

MEMBERS = 10_000
"""No spreadsheet or map has more parts."""


def checked_archive(stream: IO[bytes], limits: Limits) -> zipfile.ZipFile:
    """Open an archive; no member is read beyond the size that it states, and all stated sizes together are bounded.

    Raises
    ------
    InputError
        With one sentence.
    """
    size = stream.seek(0, 2)
    stream.seek(0)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise InputError("the file is damaged: {reason}.", reason=str(error)) from error
    members = archive.infolist()
    if len(members) > MEMBERS:
        raise InputError("the file has more than {parts} parts: it is refused.", parts=MEMBERS)
    if sum(info.file_size for info in members) > FREE + limits.ratio * size:
        raise InputError("the file expands to more than {ratio} times its size: it is refused.", ratio=limits.ratio)
    if any(info.flag_bits & 1 for info in members):
        raise InputError("the file is locked with a password: save it without one.")
    return archive

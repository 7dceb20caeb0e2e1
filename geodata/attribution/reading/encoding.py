"""In which encoding a text file is written: UTF-8 or UTF-16 by its bytes, else what charset-normalizer makes of its letters."""

from __future__ import annotations

import codecs
from typing import IO

from charset_normalizer import from_bytes

from geodata.attribution.said import Said
from geodata.attribution.words import headers, name_parts

HEAD = 256 * 1024
"""Bytes that are looked at."""
LETTERS = {
    "cp1251": "Windows, Cyrillic", "koi8_r": "KOI8-R, Cyrillic", "cp866": "DOS, Cyrillic",
    "cp1254": "Windows, Turkish and western European", "cp1250": "Windows, central European",
}  # fmt: skip
"""Encodings of one byte a letter that spreadsheets of the region write."""
WESTERN = {"cp1250", "cp1252", "cp1254"}
"""These hardly differ in a few letters; the Turkish one, which has ğ, ş and ı, stands for all."""
MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def encoding_of(head: bytes) -> str | None:
    """The encoding of a file that begins so; None for UTF-8, also where only some of its lines are not."""
    if head[:2] in MARKS:
        return MARKS[head[:2]]
    first, second = (half.count(0) for half in (head[:512:2], head[1:512:2]))
    if (first + second) * 10 >= len(head[:512]):  # every other byte of figures and spaces is 0
        return "utf-16-be" if first > second else "utf-16-le"
    lines = [line for line in head[:HEAD].split(b"\n")[:-1] or [head] if not line.isascii()]
    if sum(map(_utf8, lines)) * 2 >= len(lines):
        return None
    return _by_header(lines[0]) or _by_letters(b"\n".join(lines))


def _utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _by_header(line: bytes) -> str | None:
    """The encoding in which the first line has names of columns that are known."""
    known = {name_parts(word) for role in ("lat", "lon", "date", "date_else", "pair") for word in headers()[role]}
    for encoding in LETTERS:
        text = line.decode(encoding, "replace")
        for sign in ",;\t|":
            cells = [cell.strip('" \r') for cell in text.split(sign)]
            if any(not cell.isascii() and name_parts(cell) in known for cell in cells):
                return encoding
    return None


def _by_letters(text: bytes) -> str | None:
    best = from_bytes(text[:HEAD], cp_isolation=[*LETTERS, "cp1252"]).best()
    if best is None or best.encoding == "ascii":
        return None
    return "cp1254" if best.encoding in WESTERN else best.encoding


def message(encoding: str) -> Said:
    """What is said of a file that is not UTF-8."""
    if encoding.startswith("utf-16"):
        return Said("The file is written in UTF-16 and read so.")
    return Said.of(
        "The file is not UTF-8. By its letters it is {encoding} ({about}) and is read so: look at the names in the result.",
        encoding=encoding,
        about=Said(LETTERS.get(encoding, "one byte a letter")),
    )


class Recoded:
    """A stream of another encoding as UTF-8; what can't be decoded is written with escapes."""

    def __init__(self, stream: IO[bytes], encoding: str) -> None:
        self._stream, self._encoding = stream, encoding
        self._tell = getattr(stream, "tell_packed", stream.tell)
        self._begin()

    def _begin(self) -> None:
        self._stream.seek(0)
        self._decode = codecs.getincrementaldecoder(self._encoding)("backslashreplace")
        self._rest, self._end = b"", False

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        while not self._end and (size < 0 or len(self._rest) < size):
            raw = self._stream.read(2**20)
            self._end = not raw
            self._rest += self._decode.decode(raw, final=self._end).encode("utf-8", "replace")
        taken, self._rest = (self._rest, b"") if size < 0 else (self._rest[:size], self._rest[size:])
        return taken

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go back to the beginning, the only place that is asked for."""
        if offset or whence:
            raise OSError("only the beginning of a recoded stream can be sought")
        self._begin()
        return 0

    def tell_packed(self) -> int:
        """Bytes of the file that have been read."""
        return int(self._tell())

    tell = tell_packed

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

"""The type of every page: Noto Sans with Latin, Cyrillic and Armenian letters, measured here and set by Typst."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from PIL import ImageFont

FOLDER = Path(__file__).parent / "typefaces"
FAMILY = "Noto Sans"
MM_PER_PT = 25.4 / 72
_UNITS = 1000
"""Units of the em square: at this size a letter's advance is a whole number."""


_SMALL = 48
"""Size in pixels at which a letter is drawn to see whether the font has it."""


@lru_cache(maxsize=3)
def _font(bold: bool, size: int = _UNITS) -> ImageFont.FreeTypeFont:
    name = "NotoSans-Bold.ttf" if bold else "NotoSans-Regular.ttf"
    return ImageFont.truetype(FOLDER / name, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def _advance(letter: str, bold: bool) -> float:
    return float(_font(bold).getlength(letter))


def width_mm(text: str, size: float, *, bold: bool = False, tracking: float = 0.0) -> float:
    """Width in mm of a line of a map's lettering at a size in points, which is set without kerning.

    Parameters
    ----------
    tracking
        Extra space after each letter, in terms of the size of type.
    """
    units = sum(_advance(letter, bold) for letter in printable(text))
    return (units / _UNITS + tracking * len(text)) * size * MM_PER_PT


def _drawn(letter: str) -> bytes:
    return bytes(_font(False, _SMALL).getmask(letter))


@lru_cache(maxsize=1)
def _missing() -> bytes:
    """What the font draws for a letter that it does not have."""
    return _drawn("\U0010fffd")


@lru_cache(maxsize=4096)
def _drawable(letter: str) -> bool:
    return letter == "\n" or (letter.isprintable() and _drawn(letter) != _missing()) or letter in " \u00a0\u202f\u2009"


def printable(text: str) -> str:
    """A text with a replacement mark for every character that the font lacks, no file can carry or that turns others."""
    return "".join(letter if _drawable(letter) else "\ufffd" for letter in text)


def readable(address: str) -> str:
    """An address with the letters that its escapes stand for, where the type has them."""
    plain = unquote(address, errors="replace")
    return plain if printable(plain) == plain and " " not in plain else address

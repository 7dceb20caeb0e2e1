"""Text that XML can carry: what the standard forbids is replaced, so that every reader opens the file."""

from __future__ import annotations

import re

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""All but the characters of XML 1.0, section 2.2."""


def allowed(text: str) -> str:
    """The text with U+FFFD for every character that XML forbids."""
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)

"""The one door through which strings reach Folium and HTML.

Folium is a template engine: it evaluates ``{{ }}`` and ``{% %}`` even inside data, and a script element ends at
``</script`` in any place.  So every value goes in as JSON whose strings hold none of these characters.
"""

from __future__ import annotations

import base64
import json
import re
from hashlib import sha256
from html import escape
from typing import Any

_DANGEROUS = "<>&{}`$'\u2028\u2029\u007f"
_TABLE = {ord(character): f"\\u{ord(character):04x}" for character in _DANGEROUS}
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


def script_json(value: Any) -> str:
    r"""JSON that means the same inside a script element, a Folium template and a JavaScript program.

    Returns
    -------
    str
        Compact JSON in which every dangerous character of a string is written as ``\uXXXX``.  Outside strings JSON
        can't form ``{{``, ``{%`` or ``{#``.  Keys keep their order, so the same value gives the same text.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _STRING.sub(lambda match: match[0].translate(_TABLE), text)


def markup(text: str) -> str:
    """Text as it may stand in an HTML element or a quoted attribute."""
    return escape(text, quote=True)


def script_hash(script: str) -> str:
    """An inline script as a content security policy allows it."""
    return f"'sha256-{base64.b64encode(sha256(script.encode()).digest()).decode()}'"

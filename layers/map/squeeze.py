"""Takes remarks and needless blanks out of our own script and style, and changes nothing else.

Strings, template literals and regular expressions are copied as they stand.  A line break stays where JavaScript might
read one as the end of a statement.
"""

from __future__ import annotations

import re

_TIGHT = set("(){}[];,:=<>!&|?*%^~./")
_OPENS = set("({[;,=:&|?<>!*%^~")
_CLOSES = set(")}];,:.&|?=")
_REGEX_AFTER = set("(,=:[!&|?{};")
_REGEX = re.compile(r"/(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_STRING = re.compile(r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'""")
_BLANK = re.compile(r"(?:\s|//[^\n]*|/\*.*?\*/)+", re.DOTALL)
_CSS_REMARK = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_CSS_BLANK = re.compile(r"\s*([{};,])\s*")
_CSS_COLON = re.compile(r"([{;][\w-]+):\s+")
_CSS_LAST = re.compile(r";}")


def script(text: str) -> str:
    """A script without remarks and needless blanks."""
    out: list[str] = []
    place = 0
    while place < len(text):
        last = out[-1][-1] if out else ";"
        blank = _BLANK.match(text, place)
        if blank:
            place = blank.end()
            out.append(_gap(last, text[place : place + 1], blank[0]))
            if not out[-1]:
                out.pop()
            continue
        end = _whole(text, place, last)
        out.append(text[place:end])
        place = end
    return "".join(out)


def _whole(text: str, place: int, last: str) -> int:
    """Where the token that starts at ``place`` ends; strings, templates and regular expressions are one token."""
    sign = text[place]
    if sign == "`":
        return _template(text, place)
    found = None
    if sign in "\"'":
        found = _STRING.match(text, place)
    elif sign == "/" and last in _REGEX_AFTER:
        found = _REGEX.match(text, place)
    return found.end() if found else place + 1


def _template(text: str, place: int) -> int:
    """Where a template literal ends; what stands in ``${}`` may hold strings and templates of its own."""
    place += 1
    while text[place] != "`":
        if text[place] == "\\":
            place += 2
        elif text.startswith("${", place):
            depth, place = 1, place + 2
            while depth:
                depth += {"{": 1, "}": -1}.get(text[place], 0)
                place = _whole(text, place, ";") if text[place] in "`\"'" else place + 1
        else:
            place += 1
    return place + 1


def _gap(last: str, following: str, blank: str) -> str:
    """What has to stay between two tokens: nothing, a blank or a line break."""
    if "\n" in blank:
        return "" if last in _OPENS or following in _CLOSES or not following else "\n"
    return "" if last in _TIGHT or following in _TIGHT else " "


def style(text: str) -> str:
    """A style sheet without remarks and needless blanks."""
    return _CSS_LAST.sub("}", _CSS_COLON.sub(r"\1:", _CSS_BLANK.sub(r"\1", _CSS_REMARK.sub("", text))))

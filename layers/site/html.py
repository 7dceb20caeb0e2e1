"""HTML from nested calls: every text is escaped, so that no string of the record can become markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from layers.map.escape import markup

VOID = {"meta", "link", "img", "br"}


class Html(str):
    """Finished markup; a plain string is text and gets escaped."""

    __slots__ = ()


def el(name: str, /, *children: Any, **attributes: Any) -> Html:
    """An element.

    Children are text, finished markup, or lists of them; None is left out.  An attribute's trailing underscore is
    dropped (``class_``), its other underscores become hyphens; None and False leave it out.
    """
    given = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{markup(str(value))}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in VOID:
        return Html(f"<{name}{given}>")
    return Html(f"<{name}{given}>{join(children)}</{name}>")


def join(children: Iterable[Any]) -> Html:
    """Children one after the other."""
    parts = []
    for child in children:
        if child is None:
            continue
        if isinstance(child, Html):
            parts.append(str(child))
        elif isinstance(child, list | tuple):
            parts.append(join(child))
        else:
            parts.append(markup(str(child)))
    return Html("".join(parts))


def table(heads: list[str], rows: Iterable[list[Any]], caption: str) -> Html:
    """A table whose first cell of each row is its head; it scrolls sideways by itself on narrow screens."""
    body = [el("tr", el("th", row[0], scope="row"), [el("td", cell) for cell in row[1:]]) for row in rows]
    whole = el(
        "table",
        el("caption", caption),
        el("thead", el("tr", [el("th", head, scope="col") for head in heads])),
        el("tbody", body),
    )
    return el("div", whole, class_="wide", tabindex="0", role="region", aria_label=caption)

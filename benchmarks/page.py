"""The figures of the last whole run as a table in ``docs/speed.md``, between its two marks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LATEST = HERE / "latest.json"
PAGE = HERE.parent / "docs" / "speed.md"
BEGIN, END = "<!-- figures: written by make bench -->\n", "<!-- end of figures -->\n"


def table(figures: list[dict[str, Any]]) -> str:
    """The figures in Markdown: name, value, target, whether it holds; a missed one is set in bold."""
    words = {True: "holds", False: "**missed**", None: ""}
    rows = [
        f"| {one['name']} | {one['value']:.4g} {one['unit']} | {one['target']} | {words[one['holds']]} |"
        for one in figures
    ]
    return "\n".join(["| figure | value | target | |", "|---|---|---|---|", *rows, ""])


def write() -> None:
    """Put the figures of ``latest.json`` into the page.

    Raises
    ------
    ValueError
        When a mark is missing from the page.
    """
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, mark, tail = rest.partition(END)
    if not mark:
        raise ValueError(f"{PAGE}: one of the two marks around the figures is missing.")
    figures = json.loads(LATEST.read_text(encoding="utf-8"))["figures"]
    PAGE.write_text(f"{head}{BEGIN}\n{table(figures)}\n{END}{tail}", encoding="utf-8")

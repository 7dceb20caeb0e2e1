"""Writes the two reports into the pages that show them, between two markers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from geodata.model import Record
from geodata.rules import balance, gaps

DOCS = Path(__file__).parents[2] / "docs"
BLOCKS: dict[str, tuple[str, Callable[[Record], str]]] = {
    "neutrality.md": ("balance", balance.report),
    "thin.md": ("gaps", gaps.report),
}
"""Page -> the name of its block and what writes it."""


def expected(page: str, record: Record) -> str:
    """The text of a page with its block as the record has it now.

    Raises
    ------
    ValueError
        If the page has lost its markers.
    """
    name, write = BLOCKS[page]
    text = (DOCS / page).read_text(encoding="utf-8")
    begin, end = f"<!-- {name}: written by `python -m geodata check --write` -->\n", f"<!-- end of {name} -->"
    before, marker, rest = text.partition(begin)
    if not marker or end not in rest:
        raise ValueError(f"docs/{page} has no block “{name}”: restore its two markers.")
    return f"{before}{begin}\n{write(record)}\n{end}{rest.partition(end)[2]}"


def write_pages(record: Record) -> list[Path]:
    """Bring the pages up to date; returns those that changed."""
    changed = []
    for page in BLOCKS:
        path, text = DOCS / page, expected(page, record)
        if path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed

"""What columns mean, in a reader's language; their names are the same in all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from geodata.columns import Column
from layers.wording import wording


def in_words(columns: Iterable[Column], lang: str) -> tuple[Column, ...]:
    """Columns with title and description in a language."""
    tr = wording(lang).tr
    return tuple(replace(column, title=tr(column.title), about=tr(column.about)) for column in columns)

"""Text blocks that fill columns in order: legend, clauses and deadlines, events, changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from layers.sheet.page import GREY, INK, MM_PER_PT, Page, height_of, shorten, width_mm, wrap
from layers.sheet.paper import Box

Draw = Callable[[float, float, float], None]
"""Draws at left, top and width in mm."""


@dataclass(frozen=True)
class Item:
    """Something of a known height that stands in a column; ``keep`` holds it together with the next."""

    height: float
    draw: Draw
    keep: bool = False


GAP = 3.2
"""Space between two blocks in mm."""


def height(block: Iterable[Item]) -> float:
    """Height of a block in mm."""
    return sum(item.height for item in block)


def flow(columns: Iterable[Box], blocks: Iterable[list[Item]]) -> int:
    """Fill the columns; returns how many items found no room.

    A block that does not fit below the one before starts in the next column, if it fits there better.
    """
    free = list(columns)
    y = free[0].y
    left_over = 0
    for block in (block for block in blocks if block):
        if len(free) > 1 and y > free[0].y and y + sum(item.height for item in block) > free[0].bottom + 0.5:
            free.pop(0)
            y = free[0].y
        for number, item in enumerate(block):
            needed = item.height + (block[number + 1].height if item.keep and number + 1 < len(block) else 0)
            if y + needed > free[0].bottom + 0.5:
                if len(free) == 1 and item.keep:
                    left_over += len(block) - number
                    break
                if len(free) == 1:
                    left_over += 1
                    continue
                free.pop(0)
                y = free[0].y
            item.draw(free[0].x, y, free[0].w)
            y += item.height
        y += GAP
    return left_over


SPACE = Item(GAP, lambda _x, _y, _w: None)
"""Room between two blocks that flow as one."""


def heading(page: Page, text: str) -> Item:
    """The head of a block, with a rule above."""

    def draw(x: float, y: float, width: float) -> None:
        size = min(9.0, 9.0 * width / width_mm(text, 9, "bold"))
        page.rule(x, y + 0.4, width, color=INK, weight=0.9)
        page.block(x, y + 1.2, [text], size, weight="bold")

    return Item(height_of([text], 9) + 1.9, draw, keep=True)


def paragraph(
    page: Page,
    text: str,
    width: float,
    *,
    size: float = 7.6,
    weight: str = "normal",
    color: str = INK,
    most: int = 9,
    after: float = 0.8,
) -> Item:
    """A paragraph of at most ``most`` lines."""
    lines = shorten(wrap(text, size, width, weight), most)
    return Item(height_of(lines, size) + after, lambda x, y, _: _set(page, x, y, lines, size, weight, color))


def _set(page: Page, x: float, y: float, lines: list[str], size: float, weight: str, color: str) -> None:
    page.block(x, y, lines, size, weight=weight, color=color)


def sample(
    page: Page, text: str, width: float, picture: Callable[[Box], None], *, size: float = 7.6, wide: float = 8
) -> Item:
    """A legend entry: a picture, and what it means."""
    lines = wrap(text, size, width - wide - 2)
    height = max(size * 0.61, height_of(lines, size) + 0.9)

    def draw(x: float, y: float, _: float) -> None:
        picture(Box(x, y + 0.3, wide, 3.6))
        page.block(x + wide + 2, y + 0.45, lines, size)

    return Item(height, draw)


def entry(page: Page, badge: str, color: str, title: str, detail: str, width: float, *, titles: int = 2) -> Item:
    """A numbered entry: a badge, a title, and a line of detail below it."""
    room = width - 6.4
    heads = shorten(wrap(title, 7.8, room, "bold"), titles)
    lines = shorten(wrap(detail, 7.4, room), 3)
    height = height_of(heads, 7.8) + height_of(lines, 7.4) + 1.3

    def draw(x: float, y: float, _: float) -> None:
        page.badge(x, y + 7.8 * MM_PER_PT * 0.68, badge, color)
        below = page.block(x + 6.4, y, heads, 7.8, weight="bold")
        page.block(x + 6.4, below, lines, 7.4, color=GREY)

    return Item(height, draw)


def dated(page: Page, day: str, text: str, width: float, *, strong: bool = False, room: float = 24) -> Item:
    """A line of a chronicle: the day to the left, the text beside it."""
    lines = shorten(wrap(text, 7.6, width - room), 3)
    dates = wrap(day, 7.2, room - 1.5, "bold")
    height = max(height_of(lines, 7.6), height_of(dates, 7.2)) + 0.9

    def draw(x: float, y: float, _: float) -> None:
        page.block(x, y + 0.1, dates, 7.2, weight="bold", color=INK if strong else GREY)
        page.block(x + room, y, lines, 7.6)

    return Item(height, draw)

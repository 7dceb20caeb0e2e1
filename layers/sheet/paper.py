"""Sizes of paper and what lies where on them, in millimetres from the upper left corner."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle on the paper: left, top, width, height in mm."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.y + self.h


@dataclass(frozen=True)
class Paper:
    """One size: the page, its head and foot, the map, and the columns that the text blocks fill in order."""

    w: float
    h: float
    head: Box
    map: Box
    columns: tuple[Box, ...]
    foot: Box
    pair: tuple[Box, Box]
    pair_columns: tuple[Box, ...]
    date_pt: float = 30


SIZES = {
    "a4": Paper(
        w=297,
        h=210,
        head=Box(10, 8, 277, 19),
        map=Box(10, 29, 193, 158),
        columns=(Box(208, 29, 79, 158),),
        foot=Box(10, 190, 277, 14),
        pair=(Box(10, 29, 136.5, 100), Box(150.5, 29, 136.5, 100)),
        pair_columns=(Box(10, 133, 89, 55), Box(104, 133, 89, 55), Box(198, 133, 89, 55)),
    ),
    "a4-portrait": Paper(
        w=210,
        h=297,
        head=Box(10, 9, 190, 19),
        map=Box(10, 30, 190, 156),
        columns=(Box(10, 190, 92, 80), Box(108, 190, 92, 80)),
        foot=Box(10, 274, 190, 14),
        pair=(Box(10, 30, 190, 80), Box(10, 113, 190, 80)),
        pair_columns=(Box(10, 197, 59, 75), Box(75.5, 197, 59, 75), Box(141, 197, 59, 75)),
    ),
    "a3": Paper(
        w=420,
        h=297,
        head=Box(12, 10, 396, 22),
        map=Box(12, 35, 290, 236),
        columns=(Box(308, 35, 100, 236),),
        foot=Box(12, 275, 396, 14),
        pair=(Box(12, 35, 195, 160), Box(213, 35, 195, 160)),
        pair_columns=(Box(12, 200, 126, 71), Box(147, 200, 126, 71), Box(282, 200, 126, 71)),
        date_pt=40,
    ),
    "wide": Paper(
        w=338.67,
        h=190.5,
        head=Box(10, 6, 318.67, 18),
        map=Box(10, 26, 226, 142),
        columns=(Box(242, 26, 86.67, 142),),
        foot=Box(10, 171, 318.67, 13),
        pair=(Box(10, 26, 156, 92), Box(172.67, 26, 156, 92)),
        pair_columns=(Box(10, 122, 101, 46), Box(119, 122, 101, 46), Box(227.67, 122, 101, 46)),
    ),
    "square": Paper(
        w=210,
        h=210,
        head=Box(8, 7, 194, 16),
        map=Box(8, 24, 194, 108),
        columns=(Box(8, 135, 62, 50), Box(74, 135, 62, 50), Box(140, 135, 62, 50)),
        foot=Box(8, 187.5, 194, 13),
        pair=(Box(8, 24, 95, 84), Box(107, 24, 95, 84)),
        pair_columns=(Box(8, 112, 62, 73), Box(74, 112, 62, 73), Box(140, 112, 62, 73)),
        date_pt=25,
    ),
}
"""The sizes by name; ``wide`` is a slide of 16 to 9, 1920 by 1080 pixels at 144 dpi."""

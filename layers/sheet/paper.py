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
"""The sizes by name."""

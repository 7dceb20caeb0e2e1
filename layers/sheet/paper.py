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
        columns=(Box(10, 190, 92, 83), Box(108, 190, 92, 83)),
        foot=Box(10, 276, 190, 14),
        pair=(Box(22, 30, 166, 92), Box(22, 125, 166, 92)),
        pair_columns=(Box(10, 221, 59, 53), Box(75.5, 221, 59, 53), Box(141, 221, 59, 53)),
    ),
    "square": Paper(
        w=210,
        h=210,
        head=Box(8, 7, 194, 16),
        map=Box(8, 24, 194, 118),
        columns=(Box(8, 145, 62, 45), Box(74, 145, 62, 45), Box(140, 145, 62, 45)),
        foot=Box(8, 192, 194, 13),
        pair=(Box(8, 24, 95, 88), Box(107, 24, 95, 88)),
        pair_columns=(Box(8, 116, 62, 74), Box(74, 116, 62, 74), Box(140, 116, 62, 74)),
        date_pt=25,
    ),
}
"""The sizes by name."""

"""Sizes of paper: the page and the maps on it, in millimetres.  Everything else on a page is Typst's to place."""

from __future__ import annotations

from dataclasses import dataclass

Size = tuple[float, float]
"""Width and height in mm."""


@dataclass(frozen=True)
class Paper:
    """One size.

    Attributes
    ----------
    map, pair
        The map of a sheet, and each of the two maps of a comparison.
    beside
        Whether text stands beside the map (else below it).
    columns
        How many columns the text fills.
    date_pt
        Size of the date at the head, in points; ``text_pt`` that of running text.
    brief
        Whether the legend is all that stands beside the map.
    """

    w: float
    h: float
    map: Size
    pair: Size
    beside: bool
    columns: int
    margin: float = 12
    date_pt: float = 25
    text_pt: float = 7.6
    brief: bool = False


SIZES = {
    "a4": Paper(297, 210, (190, 151.5), (130, 91), beside=True, columns=1),
    "a4-portrait": Paper(210, 297, (183, 150), (89, 112), beside=False, columns=2),
    "a3": Paper(420, 297, (284, 232), (189, 146), beside=True, columns=1, margin=14, date_pt=36, text_pt=9.2),
    "letter": Paper(279.4, 215.9, (174, 157), (121, 92), beside=True, columns=1),
    "letter-portrait": Paper(215.9, 279.4, (188, 138), (91, 100), beside=False, columns=2),
    "wide": Paper(338.67, 190.5, (218, 133), (152, 80), beside=True, columns=1, margin=11, date_pt=27),
    "square": Paper(210, 210, (186, 101), (90, 78), beside=False, columns=3, margin=10, date_pt=21, text_pt=6.8),
    "card": Paper(203.2, 106.68, (112, 59), (64, 55), beside=True, columns=1, margin=7, date_pt=18, brief=True),
}
"""The sizes by name; ``wide`` is 1920 by 1080 pixels at 144 dpi, ``card`` 1200 by 630 at 150."""

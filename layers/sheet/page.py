"""A sheet of paper measured in millimetres, with text that is measured before it is set."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patches import FancyBboxPatch, Rectangle

from layers.sheet.paper import Box

INK = "#1d1b20"
GREY = "#5d5a54"
RULE = "#c9c4b8"
MM_PER_PT = 25.4 / 72
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
LEADING = 1.32
"""Distance of base lines in terms of the size of type."""


_SPACE = re.compile(r"[ \t\r\n]+")
"""Where lines may break; not at a no-break space."""


@lru_cache(maxsize=4)
def _font(weight: str) -> Any:
    return get_font(findfont(FontProperties(family="DejaVu Sans", weight=weight)))


@lru_cache(maxsize=20_000)
def _width(text: str, weight: str) -> float:
    font = _font(weight)
    font.set_size(100, 72)  # the font is shared with matplotlib, which sets its own sizes
    font.set_text(text, 0.0)
    return float(font.get_width_height()[0]) / 64 / 100


def printable(text: str) -> str:
    """A text without characters that no file can carry or that turn the direction of others."""
    return _UNPRINTABLE.sub("\ufffd", text)


def width_mm(text: str, size: float, weight: str = "normal") -> float:
    """Width of a line of text in mm at a size in points."""
    text = printable(text)
    spaces = len(text) - len(text.rstrip())
    return (_width(text, weight) + 0.318 * spaces) * size * MM_PER_PT


def wrap(text: str, size: float, width: float, weight: str = "normal") -> list[str]:
    """Break a text into lines no wider than ``width`` mm; a word that is too long is cut."""
    lines: list[str] = []
    line = ""
    for word in _SPACE.split(printable(text).strip()):
        longer = f"{line} {word}" if line else word
        if width_mm(longer, size, weight) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while width_mm(line, size, weight) > width:
            cut = max(1, int(len(line) * width / width_mm(line, size, weight)))
            while cut > 1 and width_mm(line[:cut], size, weight) > width:
                cut -= 1
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line] if line else lines


def shorten(lines: list[str], count: int) -> list[str]:
    """At most ``count`` lines; the last one shows that there was more."""
    return lines if len(lines) <= count else [*lines[: count - 1], lines[count - 1].rstrip(" .,;") + " …"]


class Page:
    """The whole sheet as one pair of axes in mm, y downwards, above the maps."""

    def __init__(self, figure: Figure, width: float, height: float) -> None:
        self.figure = figure
        self.w, self.h = width, height
        self.axes = self._axes(zorder=5)

    def _axes(self, zorder: float) -> Axes:
        axes = self.figure.add_axes((0, 0, 1, 1), zorder=zorder)
        axes.set_xlim(0, self.w)
        axes.set_ylim(self.h, 0)
        axes.set_axis_off()
        axes.patch.set_alpha(0)
        return axes

    def map_axes(self, box: Box, zorder: float = 1) -> Axes:
        """Axes for a map within a box."""
        place = (box.x / self.w, 1 - box.bottom / self.h, box.w / self.w, box.h / self.h)
        return self.figure.add_axes(place, zorder=zorder)

    def line(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        weight: str = "normal",
        color: str = INK,
        align: str = "left",
    ) -> None:
        """One line of text on the base line ``y``."""
        self.axes.text(
            x,
            y,
            printable(text),
            fontsize=size,
            fontweight=weight,
            color=color,
            ha=align,
            va="baseline",
            parse_math=False,
        )

    def block(
        self,
        x: float,
        y: float,
        lines: list[str],
        size: float,
        *,
        weight: str = "normal",
        color: str = INK,
        align: str = "left",
    ) -> float:
        """Lines of text from the top ``y`` down; returns the y below them."""
        step = size * MM_PER_PT * LEADING
        for number, text in enumerate(lines):
            self.line(
                x, y + step * number + size * MM_PER_PT * 0.95, text, size, weight=weight, color=color, align=align
            )
        return y + step * len(lines)

    def rule(self, x: float, y: float, width: float, color: str = RULE, weight: float = 0.6) -> None:
        """A thin level line."""
        self.axes.plot([x, x + width], [y, y], color=color, linewidth=weight, solid_capstyle="butt")

    def rectangle(self, box: Box, **style: Any) -> Rectangle:
        """A rectangle; style as matplotlib's patches take it."""
        patch = Rectangle((box.x, box.y), box.w, box.h, **style)
        self.axes.add_artist(patch)
        return patch

    def badge(self, x: float, y: float, text: str, color: str, *, size: float = 7) -> float:
        """A number in a filled, rounded field whose left edge is ``x`` and middle ``y``; returns its width."""
        width = max(3.9, width_mm(text, size, "bold") + 2)
        self.axes.add_artist(
            FancyBboxPatch(
                (x + 0.6, y - 1.3),
                width - 1.2,
                2.6,
                boxstyle="round,pad=0.6,rounding_size=1.2",
                facecolor=color,
                edgecolor="none",
            )
        )
        self.line(x + width / 2, y + size * MM_PER_PT * 0.36, text, size, weight="bold", color="white", align="center")
        return width


def height_of(lines: list[str], size: float) -> float:
    """Height in mm of lines set by :meth:`Page.block`."""
    return len(lines) * size * MM_PER_PT * LEADING

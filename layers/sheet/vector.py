"""The map alone, for editing: one SVG whose text is text, with its halo drawn behind it by the viewer."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from layers.sheet.charts import Chart
from layers.sheet.drawing import UNITS
from layers.sheet.fonts import FAMILY, MM_PER_PT
from layers.sheet.lettering import INK, LEAST


def standalone(chart: Chart) -> bytes:
    """A map of :func:`layers.sheet.charts.chart` as a document, with its names, scale bar and insets."""
    return _document(chart).encode()


def _document(chart: Chart, corner: tuple[float, float] = (0, 0)) -> str:
    """A map and all that lies on it; an inset is a document within the document."""
    over = "".join(_dot(dot) for dot in chart["dots"]) + "".join(_name(name) for name in chart["names"])
    if chart["scale"]:
        over += _scale(chart["scale"], chart["h"])
    for inset in chart.get("insets", ()):
        over += _document(inset, (inset["x"], inset["y"]))
    frame = f'<rect width="{chart["w"] * UNITS:.0f}" height="{chart["h"] * UNITS:.0f}" fill="none" stroke="#5d5a54" stroke-width="20"/>'
    title = f"<title>{escape(chart['alt'])}</title>"
    left, top = (edge * UNITS for edge in corner)
    size = f'width="{chart["w"]:g}mm" height="{chart["h"]:g}mm"'
    placed = size
    if corner != (0, 0):
        placed = f'x="{left:.0f}" y="{top:.0f}" width="{chart["w"] * UNITS:.0f}" height="{chart["h"] * UNITS:.0f}"'
    return (
        str(chart["svg"])
        .replace(size, placed, 1)
        .replace("</svg>", f"{over}{frame}</svg>")
        .replace(">", f">{title}", 1)
    )


def _dot(dot: dict[str, float]) -> str:
    x, y, r = (dot[key] * UNITS for key in "xyr")
    return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{r:.0f}" fill="{INK}" stroke="#fff" stroke-width="14"/>'


def _name(name: dict[str, Any]) -> str:
    found = []
    if name["leader"]:
        x1, y1, x2, y2 = (round(edge * UNITS) for edge in name["leader"])
        line = f'x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"'
        found.append(f'<line {line} stroke="{name["color"]}" stroke-width="25"/>')
    size = name["size"] * MM_PER_PT * UNITS
    if name["field"]:
        left, top, right, low = (edge * UNITS for edge in name["field"])
        box = f'x="{left:.0f}" y="{top:.0f}" width="{right - left:.0f}" height="{low - top:.0f}" rx="70"'
        found.append(f'<rect {box} fill="{name["color"]}"/>')
        found.append(
            _text(
                (left + right) / 2,
                low - size * 0.2,
                name["badge"],
                max(size * 0.9, LEAST * MM_PER_PT * UNITS),
                "#fff",
                'font-weight="700" text-anchor="middle"',
            )
        )
    weight = ' font-weight="700"' if name["bold"] else ""
    halo = f'paint-order="stroke" stroke="#fff" stroke-opacity="0.88" stroke-width="{size * 0.3:.0f}" stroke-linejoin="round"'
    track = f' letter-spacing="{name["tracking"] * size:.0f}"' if name["tracking"] else ""
    for row in name["rows"]:
        found.append(_text(row["x"] * UNITS, row["y"] * UNITS, row["text"], size, name["color"], halo + weight + track))
    return "".join(found)


def _scale(bar: dict[str, Any], height: float) -> str:
    left, low, long = bar["x"] * UNITS + 260, (height - 3.2) * UNITS, bar["mm"] * UNITS
    line = f'<path d="M{left:.0f} {low - 120:.0f}v120h{long:.0f}v-120" fill="none" stroke="{INK}" stroke-width="28"/>'
    return line + _text(left + long + 100, low, bar["text"], 6.4 * MM_PER_PT * UNITS, INK, "")


def _text(x: float, y: float, said: str, size: float, color: str, style: str) -> str:
    family = quoteattr(f"{FAMILY}, DejaVu Sans, sans-serif")
    return f'<text x="{x:.0f}" y="{y:.0f}" font-family={family} font-size="{size:.0f}" fill="{color}" {style}>{escape(said)}</text>'

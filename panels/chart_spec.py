"""What the charts of the page share: their quiet look, and how a language writes numbers.

Charts are Vega-Lite specifications, written as plain data.  Altair would check each against its schema for 50 ms, and
costs half a second and 30 MB to import: the tests let it check them instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from layers.wording.dates import separators

Spec = dict[str, Any]
"""A Vega-Lite specification, or a part of one."""
INK, MUTED, MARK, PAPER = "#1f2426", "#5f676a", "#b3541e", "#fffefb"


def chart(layers: list[Spec], lang: str, *, title: str | None = None, **lists: list[Any]) -> Spec:
    """A whole chart; ``lists`` are the words that its expressions look up by number."""
    head: Spec = {"title": {"text": title, "anchor": "start", "fontSize": 15, "offset": 12}} if title else {}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        **head,
        "params": [{"name": name, "value": values} for name, values in lists.items()],
        "layer": layers,
        "config": {
            # The box around a chart says what it shows, and a table has its figures.
            "mark": {"aria": False},
            "view": {"stroke": None},
            "axis": {"gridColor": "#e6e9e8", "labelColor": INK, "labelFontSize": 12},
            "text": {"fontSize": 12, "color": INK},
            "legend": {"orient": "bottom", "labelLimit": 260, "labelFontSize": 12, "labelColor": INK},
            "locale": locale(lang),
        },
    }


def rule(place: float, text: str) -> list[Spec]:
    """A marked position with its words on top."""
    data = {"values": [{"x": place, "text": text}]}
    at = {"x": {"field": "x", "type": "quantitative"}}
    return [
        {"data": data, "mark": {"type": "rule", "color": MARK, "strokeWidth": 2}, "encoding": at},
        {
            "data": data,
            "mark": {"type": "text", "color": MARK, "fontWeight": "bold", "baseline": "bottom", "dy": -2, "align": "left" if place < 0.5 else "right"},
            "encoding": {**at, "y": {"value": 0}, "text": {"field": "text"}},
        },
    ]  # fmt: skip


def kinds(field: str, names: Sequence[str], looks: Sequence[str], **legend: Any) -> Spec:
    """A legend of kinds, each with its own look."""
    scale = {"domain": list(names), "range": list(looks)}
    return {"field": field, "type": "nominal", "title": None, "scale": scale, "legend": legend}


@lru_cache(maxsize=4)
def locale(lang: str) -> Spec:
    """How a language writes numbers on an axis, from the CLDR data in Babel; dates are words already."""
    decimal, group = separators(lang)
    return {"number": {"decimal": decimal, "thousands": group, "grouping": [3], "currency": ["", ""]}}

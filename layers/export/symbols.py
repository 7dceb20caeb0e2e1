"""How each layer of a GeoPackage is drawn, in words that QML and SLD share: the styles of the map and the sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from geodata.ground import Ground
from geodata.model import Record
from layers.catalogue import style_of, styles
from layers.wording import wording

MM = 0.26
"""Millimetres of a pixel of the styles (96 dpi)."""
Test = tuple[str, Literal["=", "!=", "<=", ">"], str | float | bool]


@dataclass(frozen=True)
class Symbol:
    """One symbol: colours as #rrggbb, widths in px; what is None is not drawn."""

    kind: Literal["fill", "line", "marker"]
    colour: str | None
    opacity: float = 1
    outline: str | None = None
    width: float = 1
    dash: tuple[float, ...] = ()
    hatch: str | None = None
    angle: float = 45
    gap: float = 6
    shape: str = "circle"


@dataclass(frozen=True)
class Rule:
    """Which features get a symbol, and its words in the legend."""

    label: str
    tests: tuple[Test, ...]
    symbol: Symbol


def rules_of(layer: str, record: Record, ground: Ground, lang: str) -> list[Rule]:
    """The rules of one layer; a feature is drawn by each that it passes."""
    if layer in {"control", "history", "held"}:
        return _control(record, lang, doubts=layer != "held")
    if layer == "doubt":
        return [Rule("Ground within a line's error", (), Symbol("fill", "#6d675c", 0.25))]
    if layer == "edges":
        return _edges()
    if layer == "places":
        return [Rule("Place", (), Symbol("marker", "#26242b", outline="#ffffff", width=0.8))]
    return _by_layer(layer, record, ground, lang)


def _control(record: Record, lang: str, *, doubts: bool) -> list[Rule]:
    """Fills without outlines, since edges of pieces are not borders; ground in doubt hatched across."""
    w = wording(lang)
    rules = []
    for holder in record.statement.controllers:
        style = styles()["controllers"][holder.id]
        hatch = style["ink"] if style["pattern"] != "plain" else None
        symbol = Symbol("fill", style["fill"], 0.85, hatch=hatch, angle=style.get("angle", 90), gap=style.get("gap", 6))
        rules.append(Rule(w.holder(holder.id), (("controller", "=", holder.id),), symbol))
    if doubts:
        across = Symbol("fill", None, hatch="#4a4a4a", angle=135, gap=9)
        rules.append(Rule(w.doubt(disputed=False, certain=False), (("record_certain", "=", False),), across))
    return rules


def _edges() -> list[Rule]:
    """Lines between holders, dashed by how exactly they are known."""
    rules = []
    least = 0
    for edge in styles()["edges"]:
        tests: tuple[Test, ...] = (("accuracy_m", ">", least), ("accuracy_m", "<=", edge["within_m"]))
        words = (
            f"Line known to {edge['within_m']:,} m"
            if edge["within_m"] < 100_000
            else f"Line less exact than {least:,} m"
        )
        rules.append(Rule(words, tests, Symbol("line", "#26242b", width=edge["width"], dash=_dash(edge["dash"]))))
        least = edge["within_m"]
    return rules


def _by_layer(kind: str, record: Record, ground: Ground, lang: str) -> list[Rule]:
    w = wording(lang)
    present = {
        "zones": {zone.zone for piece in ground.pieces for zone in piece.zones},
        "lines": {line.zone for line in ground.lines},
        "points": {point.zone for point in ground.points},
        "events": {"events"},
    }[kind]
    return [
        rule
        for zone in record.zones
        if zone.id in present
        for rule in _rules(kind, w.name(zone.names), (("layer", "=", zone.id),), style_of(zone.id))
    ]


def _rules(kind: str, label: str, tests: tuple[Test, ...], style: dict[str, Any]) -> list[Rule]:
    """A line without dashes of its own is dashed by accuracy; a zone whose obligation is met has its outline only."""
    symbol = _symbol(kind, style)
    if kind == "lines" and not symbol.dash:
        return [
            Rule(f"{label}: {rule.label}", (*tests, *rule.tests), replace(symbol, dash=rule.symbol.dash))
            for rule in _edges()
        ]
    if symbol.hatch:
        hatch = Symbol("fill", None, hatch=symbol.hatch, angle=symbol.angle, gap=symbol.gap)
        open_tests: tuple[Test, ...] = (*tests, ("status", "!=", "met"), ("status", "!=", "met-late"))
        return [Rule(label, tests, replace(symbol, hatch=None)), Rule(f"{label}: not met", open_tests, hatch)]
    return [Rule(label, tests, symbol)]


def _symbol(kind: str, style: dict[str, Any]) -> Symbol:
    if kind == "zones":
        hatch = style["hue"] if style["angle"] is not None else None
        return Symbol(
            "fill",
            None,
            outline=style["hue"],
            width=style["width"],
            dash=_dash(style["dash"]),
            hatch=hatch,
            angle=style["angle"] or 0,
            gap=12,
        )
    if kind == "lines":
        return Symbol("line", style["hue"], width=style["width"], dash=_dash(style["dash"]))
    return Symbol("marker", style["hue"], outline="#ffffff", width=0.8, shape=style["symbol"])


def _dash(text: str) -> tuple[float, ...]:
    return tuple(float(part) for part in text.split())

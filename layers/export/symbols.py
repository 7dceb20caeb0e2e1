"""How each layer of a GeoPackage is drawn, in words that QML and SLD share: the styles of the map and the sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from geodata.features import expand
from geodata.ground import Ground
from geodata.model import Record
from layers.catalogue import style_of, styles
from layers.view_state import default, limits
from layers.wording import wording

MM = 0.26
"""Millimetres of a pixel of the styles (96 dpi)."""
TINT = 0.12
"""Opacity of the fill of a wide zone that has no hatch."""
WIDE = 2
"""Zones whose outline is thinner are wide ones, whose outline other lines cover."""
LATER = "later"
"""The sign of a test that only a program with a clock can make: a day after the one that its map shows."""
Test = tuple[str, Literal["=", "<=", ">", "in", "not in", "later"], str | float | bool | tuple[str, ...]]


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
    crossed: bool = False
    dotted: bool = False
    shape: str = "circle"


@dataclass(frozen=True)
class Rule:
    """Which features get a symbol, its words in the legend, and whether it is switched on at first."""

    label: str
    tests: tuple[Test, ...]
    symbol: Symbol
    on: bool = True


def rules_of(
    layer: str, record: Record, ground: Ground, lang: str, *, layers: Iterable[str] | None = None, history: bool = False
) -> list[Rule]:
    """The rules of one layer; a feature is drawn by each that it passes.

    Parameters
    ----------
    layers
        Ids of the layers asked for, which are switched on; None: those that the map shows at first.
    history
        Whether the rows are over time: their status is that of their last day, so that a zone is hatched until the day
        on which its obligation was met, and no other status is drawn.
    """
    if layer in {"control", "history", "held"}:
        return _control(record, lang, doubts=layer != "held")
    if layer == "doubt":
        return [Rule("Ground within a line's error", (), Symbol("fill", "#6d675c", 0.25))]
    if layer == "edges":
        return _edges()
    if layer == "places":
        return [Rule("Place", (), Symbol("marker", "#26242b", outline="#ffffff", width=0.8))]
    shown = set(default(limits(record)).layers if layers is None else expand(layers, record)) | {"events"}
    return [replace(rule, on=zone in shown) for zone, rule in _by_layer(layer, record, ground, lang, history=history)]


def _control(record: Record, lang: str, *, doubts: bool) -> list[Rule]:
    """Fills without outlines, since edges of pieces are not borders; ground in doubt hatched across."""
    w = wording(lang)
    rules = []
    for holder in record.statement.controllers:
        style = styles()["controllers"][holder.id]
        hatch = style["ink"] if style["pattern"] != "plain" else None
        symbol = Symbol(
            "fill", style["fill"], 0.85, hatch=hatch, angle=style.get("angle", 90), gap=style.get("gap", 6),
            dotted=style["pattern"] == "dots",
        )  # fmt: skip
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


def _by_layer(kind: str, record: Record, ground: Ground, lang: str, *, history: bool) -> list[tuple[str, Rule]]:
    """The id of each layer in the record's order with its rules."""
    w = wording(lang)
    present = {
        "zones": {zone.zone for piece in ground.pieces for zone in piece.zones},
        "lines": {line.zone for line in ground.lines},
        "points": {point.zone for point in ground.points},
        "events": {"events"},
    }[kind]
    return [
        (zone.id, rule)
        for zone in record.zones
        if zone.id in present
        for rule in _rules(kind, w.name(zone.names), (("layer", "=", zone.id),), style_of(zone.id), history=history)
    ]


def _rules(kind: str, label: str, tests: tuple[Test, ...], style: dict[str, Any], *, history: bool) -> list[Rule]:
    """A line without dashes of its own is dashed by accuracy, a zone hatched by the status of its obligation."""
    symbol = _symbol(kind, style)
    if kind == "lines" and not symbol.dash:
        return [
            Rule(f"{label}: {rule.label}", (*tests, *rule.tests), replace(symbol, dash=rule.symbol.dash))
            for rule in _edges()
        ]
    if not symbol.hatch:
        return [Rule(label, tests, symbol)]
    rules = _zone(label, tests, symbol, style)
    later: Test = ("deadline_met", "later", "")
    return [rules[0], replace(rules[1], tests=(*tests, later))] if history else rules


def _zone(label: str, tests: tuple[Test, ...], symbol: Symbol, style: dict[str, Any]) -> list[Rule]:
    """Its outline; a hatch while something is outstanding, crossed where that is overdue or disputed; else a tint, if wide."""
    drawn = {word: rule for word, rule in styles()["statuses"].items() if rule["tint"] and rule.get("mark") != "check"}
    crossed = tuple(word for word, rule in drawn.items() if "hue" in rule or rule.get("mark") == "question")
    plain = tuple(word for word in drawn if word not in crossed)
    hatch = Symbol("fill", None, hatch=symbol.hatch, angle=symbol.angle, gap=symbol.gap)
    rules = [
        Rule(label, tests, replace(symbol, hatch=None)),
        Rule(f"{label}: outstanding", (*tests, ("status", "in", plain)), hatch),
        Rule(f"{label}: overdue or disputed", (*tests, ("status", "in", crossed)), replace(hatch, crossed=True)),
    ]
    if style["width"] < WIDE:
        tint = Symbol("fill", style["hue"], TINT)
        rules.append(Rule(f"{label}: neither", (*tests, ("status", "not in", tuple(drawn))), tint))
    return rules


def _symbol(kind: str, style: dict[str, Any]) -> Symbol:
    if kind == "zones":
        hatch = None if style["outline"] else style["hue"]
        return Symbol(
            "fill",
            None,
            outline=style["hue"],
            width=style["width"],
            dash=_dash(style["dash"]),
            hatch=hatch,
            angle=45,
            gap=9,
        )
    if kind == "lines":
        return Symbol("line", style["hue"], width=style["width"], dash=_dash(style["dash"]))
    return Symbol("marker", "#ffffff", outline=style["hue"], width=1.8, shape=style["symbol"])


def _dash(text: str) -> tuple[float, ...]:
    return tuple(float(part) for part in text.split())

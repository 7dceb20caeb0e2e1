"""How each layer of a GeoPackage is drawn, in words that QML and SLD share: as the map and the sheet draw it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from geodata.features import expand, history_rows
from geodata.ground import Ground
from geodata.model import Record
from layers.catalogue import line_class, style_of, styles, zone_look
from layers.view_state import default, limits
from layers.wording import wording
from layers.wording.vocabulary import ACCURACY
from layers.wording.writer import Wording

PAPER = "#ffffff"
"""Under lines and in markers."""
SEEN_THROUGH = {"doubt"}
"""Layers whose features overlap: their opacity is the layer's, where a program can do that, so that none is darker."""
Test = tuple[str, Literal["=", "<=", ">"], str | float | bool | None]
"""Column, sign, value; equal to None is empty."""


@dataclass(frozen=True)
class Symbol:
    """One symbol: colours as #rrggbb, widths in px; what is None is not drawn.

    Attributes
    ----------
    stripes
        Colours of stripes and of their edges, over the fill.
    dots
        Colour of dots in rows, ``gap`` px apart.
    case
        By how much a white line under the line or outline is wider.
    error
        Whether what lies within ``accuracy_m`` is shown too: a band along a line, a ring around a marker.
    """

    kind: Literal["fill", "line", "marker"]
    colour: str | None
    opacity: float = 1
    outline: str | None = None
    width: float = 1
    dash: tuple[float, ...] = ()
    case: float = 0
    stripes: tuple[str, str] | None = None
    dots: str | None = None
    gap: float = 6
    shape: str = "circle"
    error: bool = False


@dataclass(frozen=True)
class Rule:
    """Which features get a symbol, its words in the legend, and whether it is switched on at first."""

    label: str
    tests: tuple[Test, ...]
    symbol: Symbol
    on: bool = True


def rules_of(
    layer: str, record: Record, ground: Ground, lang: str, *, layers: Iterable[str] | None = None
) -> list[Rule]:
    """The rules of one layer, the same on every day; a feature is drawn by each that it passes.

    Parameters
    ----------
    layers
        Ids of the layers asked for, which are switched on; None: those that the map shows at first.
    """
    w = wording(lang)
    if layer in {"control", "history", "held"}:
        return _holders(record, w) + (_doubts(ground, w) if layer != "held" else [])
    if layer == "doubt":
        band = Symbol("fill", styles()["band"]["ink"], styles()["band"]["opacity"])
        return [Rule(w.tr("grey band: where the line may lie"), (), band)]
    if layer == "edges":
        return _edges(w)
    if layer == "places":
        return [Rule(w.tr("Place"), (), Symbol("marker", styles()["band"]["ink"], outline=PAPER, width=0.8))]
    shown = set(default(limits(record)).layers if layers is None else expand(layers, record)) | {"events"}
    if layer == "zones":
        rules = _zones(record, ground, w)
    elif layer == "lines":
        rules = _lines(record, ground, w)
    else:
        rules = _points(record, ["events"] if layer == "events" else [point.zone for point in ground.points], w)
    return [
        replace(rule, on=zone.id in shown) for zone in record.zones for rule in rules if rule.tests[0][2] == zone.id
    ]


def _holders(record: Record, w: Wording) -> list[Rule]:
    """Fills without outlines, since edges of pieces are not borders."""
    rules = []
    for holder in record.statement.controllers:
        style = styles()["controllers"][holder.id]
        dots = style["ink"] if style["pattern"] == "dots" else None
        symbol = Symbol("fill", style["fill"], dots=dots, gap=style.get("gap", 6))
        rules.append(Rule(w.holder(holder.id), (("controller", "=", holder.id),), symbol))
    return rules


def _doubts(ground: Ground, w: Wording) -> list[Rule]:
    """Stripes of the other possible holder's colour."""
    pairs = {(span.controller, span.other) for piece in ground.pieces for span in piece.spans if not span.certain}
    rules = []
    for holder, other in sorted(pairs, key=str):
        likelier, second = styles()["controllers"][holder], styles()["controllers"][other or holder]
        words = w.tr("not certain: {holder} or {other}", holder=w.holder(holder), other=w.holder(other or holder))
        tests: tuple[Test, ...] = (
            ("controller", "=", holder), ("or_controller", "=", other), ("record_certain", "=", False),
        )  # fmt: skip
        rules.append(Rule(words, tests, Symbol("fill", None, stripes=(second["fill"], likelier["line"]))))
    return rules


def _edges(w: Wording) -> list[Rule]:
    """Lines between holders, dashed by how exactly they are known."""
    return [
        Rule(
            w.tr("line between them, {accuracy}", accuracy=w.tr(ACCURACY[edge["id"]])),
            _known_to(edge["id"]),
            Symbol("line", styles()["band"]["ink"], width=edge["width"], dash=_dash(edge["dash"])),
        )
        for edge in styles()["edges"]
    ]


def _known_to(name: str) -> tuple[Test, ...]:
    """How exactly a line of a class is known."""
    edges = styles()["edges"]
    number = next(number for number, edge in enumerate(edges) if edge["id"] == name)
    least = edges[number - 1]["within_m"] if number else -1
    return (("accuracy_m", ">", least), ("accuracy_m", "<=", edges[number]["within_m"]))


def _names(record: Record, w: Wording) -> dict[str, str]:
    """What the legend calls each layer."""
    scheme = f" ({w.tr('schematic')})"
    return {zone.id: w.layer(zone.names) + (scheme if zone.schematic else "") for zone in record.zones}


def _zones(record: Record, ground: Ground, w: Wording) -> list[Rule]:
    """An outline, and a tint by each status that the zone's obligation has on some day."""
    rules, names = [], _names(record, w)
    for zone, status in dict.fromkeys((row["layer"], row["status"]) for row in history_rows(ground, record)["zones"]):
        style, (hue, tint) = style_of(zone), zone_look(zone, status)
        colour, dash = hue if tint else None, _dash(style["dash"])
        symbol = Symbol("fill", colour, tint, outline=hue, width=style["width"], dash=dash, case=1.6)
        words = f"{names[zone]} ({w.status(status)})" if status else names[zone]
        rules.append(Rule(words, (("layer", "=", zone), ("status", "=", status)), symbol))
    return rules


def _lines(record: Record, ground: Ground, w: Wording) -> list[Rule]:
    """Lines, those that a clause governs with the band of their error."""
    rules, names = [], _names(record, w)
    looks = {
        (line.zone, bool(line.clauses), line_class(line.zone, line.accuracy_m, governed=bool(line.clauses)))
        for line in ground.lines
    }
    for zone, governed, known in sorted(looks, key=str):
        style = style_of(zone)
        dash = next((edge["dash"] for edge in styles()["edges"] if edge["id"] == known), style["dash"])
        case = 0 if zone == "districts" else 2.2
        symbol = Symbol("line", style["hue"], width=style["width"], dash=_dash(dash), case=case, error=governed)
        words = f"{names[zone]}, {w.tr(ACCURACY[known])}" if known else names[zone]
        rules.append(Rule(words, (("layer", "=", zone), *(_known_to(known) if known else ())), symbol))
    return rules


def _points(record: Record, zones: list[str], w: Wording) -> list[Rule]:
    """Symbols, all but events with a ring as wide as the error of their position."""
    rules, names = [], _names(record, w)
    for zone in dict.fromkeys(zones):
        style = style_of(zone)
        symbol = Symbol("marker", PAPER, outline=style["hue"], width=1.9, shape=style["symbol"], error=zone != "events")
        rules.append(Rule(names[zone], (("layer", "=", zone),), symbol))
    return rules


def _dash(text: str) -> tuple[float, ...]:
    return tuple(float(part) for part in text.split())

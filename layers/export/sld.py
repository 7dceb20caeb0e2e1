"""The styles as OGC Styled Layer Descriptors 1.1, for GeoServer, MapServer and others: fills, lines, markers, filters.

Stripes and dots are graphic fills with marks of GeoServer's (``shape://slash``); QGIS, which reads the QML, would leave
them out.  Programs differ in what they make of widths in metres: the errors of lines are areas of the layer ``doubt``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from xml.sax.saxutils import escape

from layers.catalogue import styles
from layers.export.symbols import PAPER, Rule, Symbol, Test

_SIGNS = {
    "=": "PropertyIsEqualTo",
    "<=": "PropertyIsLessThanOrEqualTo",
    ">": "PropertyIsGreaterThan",
}


def sld(layer: str, rules: Sequence[Rule]) -> str:
    """The descriptor of one layer."""
    listed = "".join(
        f"<se:Rule><se:Name>{escape(rule.label)}</se:Name>{_filter(rule)}{_symbolizers(rule.symbol)}</se:Rule>"
        for rule in rules
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><StyledLayerDescriptor version="1.1.0" xmlns="http://www.opengis.net/sld" '
        'xmlns:se="http://www.opengis.net/se" xmlns:ogc="http://www.opengis.net/ogc">'
        f"<NamedLayer><se:Name>{layer}</se:Name><UserStyle><se:Name>{layer}</se:Name>"
        f"<se:FeatureTypeStyle>{listed}</se:FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>"
    )


def _filter(rule: Rule) -> str:
    if not rule.tests:
        return ""
    tests = "".join(map(_test, rule.tests))
    return f"<ogc:Filter>{f'<ogc:And>{tests}</ogc:And>' if len(rule.tests) > 1 else tests}</ogc:Filter>"


def _test(test: Test) -> str:
    name, sign, value = test
    column = f"<ogc:PropertyName>{name}</ogc:PropertyName>"
    if value is None:
        return f"<ogc:PropertyIsNull>{column}</ogc:PropertyIsNull>"
    literal = escape(str(value).lower() if isinstance(value, bool) else str(value))
    return f"<ogc:{_SIGNS[sign]}>{column}<ogc:Literal>{literal}</ogc:Literal></ogc:{_SIGNS[sign]}>"


def _symbolizers(symbol: Symbol) -> str:
    return {"fill": _area, "line": _line, "marker": _point}[symbol.kind](symbol)


def _area(symbol: Symbol) -> str:
    parts = []
    if symbol.colour:
        parts.append(_polygon(_css("fill", symbol.colour) + _css("fill-opacity", f"{symbol.opacity:g}")))
    if symbol.stripes:
        doubt, (stripe, edge) = styles()["doubt"], symbol.stripes
        # A slash crosses its square from corner to corner.
        size = doubt["gap"] * math.sqrt(2)
        parts += [
            _polygon(_graphic_fill("slash", _stroke(colour, width), size))
            for colour, width in ((edge, doubt["width"] + 2 * doubt["edge"]), (stripe, doubt["width"]))
        ]
    if symbol.dots:
        parts.append(_polygon(_graphic_fill("dot", _stroke(symbol.dots, 2), symbol.gap)))
    if symbol.outline:
        parts += [
            f"<se:PolygonSymbolizer>{stroke}</se:PolygonSymbolizer>" for stroke in _strokes(symbol.outline, symbol)
        ]
    return "".join(parts)


def _polygon(fill: str) -> str:
    return f"<se:PolygonSymbolizer><se:Fill>{fill}</se:Fill></se:PolygonSymbolizer>"


def _graphic_fill(mark: str, stroke: str, size: float) -> str:
    return (
        f"<se:GraphicFill><se:Graphic><se:Mark><se:WellKnownName>shape://{mark}</se:WellKnownName>{stroke}</se:Mark>"
        f"<se:Size>{size:.4g}</se:Size></se:Graphic></se:GraphicFill>"
    )


def _line(symbol: Symbol) -> str:
    strokes = _strokes(symbol.colour or "#000000", symbol)
    return "".join(f"<se:LineSymbolizer>{stroke}</se:LineSymbolizer>" for stroke in strokes)


def _point(symbol: Symbol) -> str:
    name = "square" if symbol.shape == "diamond" else symbol.shape
    fill = f"<se:Fill>{_css('fill', symbol.colour or PAPER)}</se:Fill>"
    mark = f"<se:Mark><se:WellKnownName>{name}</se:WellKnownName>{fill}{_stroke(symbol.outline or PAPER, symbol.width)}</se:Mark>"
    return f"<se:PointSymbolizer><se:Graphic>{mark}<se:Size>8</se:Size></se:Graphic></se:PointSymbolizer>"


def _strokes(colour: str, symbol: Symbol) -> list[str]:
    """A line, on a white one that makes it stand out."""
    under = [_stroke(PAPER, symbol.width + symbol.case)] if symbol.case else []
    return [*under, _stroke(colour, symbol.width, symbol.dash)]


def _stroke(colour: str, width: float, dash: Sequence[float] = ()) -> str:
    dashed = _css("stroke-dasharray", " ".join(f"{part:g}" for part in dash)) if dash else ""
    return f"<se:Stroke>{_css('stroke', colour)}{_css('stroke-width', f'{width:g}')}{dashed}</se:Stroke>"


def _css(name: str, value: object) -> str:
    return f'<se:SvgParameter name="{name}">{value}</se:SvgParameter>'

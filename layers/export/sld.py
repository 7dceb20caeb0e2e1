"""The styles as OGC Styled Layer Descriptors 1.1, for GeoServer, MapServer and others: fills, lines, markers, filters.

Hatches have no common form in SLD: a hatched fill has its colour only, and a fill that is a hatch only a thin outline.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from layers.export.symbols import LATER, Rule, Symbol, Test

_SIGNS = {
    "=": "PropertyIsEqualTo",
    "<=": "PropertyIsLessThanOrEqualTo",
    ">": "PropertyIsGreaterThan",
}


def sld(layer: str, rules: Sequence[Rule]) -> str:
    """The descriptor of one layer."""
    listed = "".join(
        f"<se:Rule><se:Name>{escape(rule.label)}</se:Name>{_filter(rule)}{_symbolizer(rule.symbol)}</se:Rule>"
        for rule in rules
        if not any(sign == LATER for _, sign, _ in rule.tests)
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
    if isinstance(value, tuple):
        equal = "".join(_test((name, "=", one)) for one in value)
        either = f"<ogc:Or>{equal}</ogc:Or>" if len(value) > 1 else equal
        return f"<ogc:Not>{either}</ogc:Not>" if sign == "not in" else either
    literal = escape(str(value).lower() if isinstance(value, bool) else str(value))
    return f"<ogc:{_SIGNS[sign]}><ogc:PropertyName>{name}</ogc:PropertyName><ogc:Literal>{literal}</ogc:Literal></ogc:{_SIGNS[sign]}>"


def _symbolizer(symbol: Symbol) -> str:
    if symbol.kind == "line":
        return f"<se:LineSymbolizer>{_stroke(symbol.colour, symbol)}</se:LineSymbolizer>"
    if symbol.kind == "marker":
        fill = f'<se:Fill><se:SvgParameter name="fill">{symbol.colour}</se:SvgParameter></se:Fill>'
        name = "square" if symbol.shape == "diamond" else symbol.shape
        rim = _stroke(symbol.outline, symbol)
        mark = f"<se:Mark><se:WellKnownName>{name}</se:WellKnownName>{fill}{rim}</se:Mark>"
        return f"<se:PointSymbolizer><se:Graphic>{mark}<se:Size>8</se:Size></se:Graphic></se:PointSymbolizer>"
    fill = (
        f'<se:Fill><se:SvgParameter name="fill">{symbol.colour}</se:SvgParameter>'
        f'<se:SvgParameter name="fill-opacity">{symbol.opacity:g}</se:SvgParameter></se:Fill>'
        if symbol.colour
        else ""
    )
    outline = symbol.outline or (None if symbol.colour else symbol.hatch)
    return f"<se:PolygonSymbolizer>{fill}{_stroke(outline, symbol) if outline else ''}</se:PolygonSymbolizer>"


def _stroke(colour: str | None, symbol: Symbol) -> str:
    dash = " ".join(f"{part:g}" for part in symbol.dash)
    dashed = f'<se:SvgParameter name="stroke-dasharray">{dash}</se:SvgParameter>' if dash else ""
    return (
        f'<se:Stroke><se:SvgParameter name="stroke">{colour}</se:SvgParameter>'
        f'<se:SvgParameter name="stroke-width">{symbol.width:g}</se:SvgParameter>{dashed}</se:Stroke>'
    )

"""QGIS styles: symbols, labels, aliases, value lists, and the temporal settings with which QGIS plays a history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from xml.sax.saxutils import escape, quoteattr

from geodata.columns import columns_of
from layers.catalogue import styles
from layers.export.colours import qgis_colour
from layers.export.columns_in_words import in_words
from layers.export.symbols import PAPER, SEEN_THROUGH, Rule, Symbol, Test
from layers.export.value_lists import Lists

HEAD = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
VERSION = "3.22.16-Białowieża"
NO_COLOUR = "0,0,0,0"
MM = 25.4 / 96
"""Millimetres of a pixel of the styles."""
CASE = 0.75
"""Opacity of the white line under a line."""
ERROR = '2*"accuracy_m"'
"""Width of a band, diameter of a ring: the error to both sides, in metres on the ground."""
LABELLED = {"zones": 9, "points": 8, "places": 8, "events": 7}
"""Layers with labels, and the size of the letters."""


def qml(layer: str, rules: Sequence[Rule], lists: Lists, lang: str = "en", *, temporal: bool) -> str:
    """The style of one layer of the package as a document of its own."""
    labels = int(layer in LABELLED)
    return f'{HEAD}<qgis version="{VERSION}" labelsEnabled="{labels}" styleCategories="AllStyleCategories">{body(layer, rules, lists, lang, temporal=temporal)}</qgis>'


def body(layer: str, rules: Sequence[Rule], lists: Lists, lang: str = "en", *, temporal: bool) -> str:
    """What a style and a layer of a project have in common."""
    opacity = 1.0
    if layer in SEEN_THROUGH:
        opacity = rules[0].symbol.opacity
        rules = [replace(rule, symbol=replace(rule.symbol, opacity=1)) for rule in rules]
    parts = (_temporal(enabled=temporal), _renderer(rules), _labels(layer), _fields(layer, lists, lang), _tip())
    return f"{''.join(parts)}<layerOpacity>{opacity:g}</layerOpacity>"


def _temporal(*, enabled: bool) -> str:
    """Rows hold from ``since`` up to, not including, ``until``.

    By expressions: with plain fields QGIS 3.22 compares a day with a time as text and shows a row one day too early.
    """
    start = quoteattr('coalesce(to_datetime("since"),make_datetime(1,1,1,0,0,0))')
    end = quoteattr('coalesce(to_datetime("until"),make_datetime(9999,1,1,0,0,0))')
    return (
        f'<temporal enabled="{int(enabled)}" mode="4" startField="" endField="" limitMode="0" accumulate="0" '
        f'fixedDuration="0" durationUnit="d" durationField="" startExpression={start} endExpression={end}>'
        "<fixedRange><start></start><end></end></fixedRange></temporal>"
    )


def _renderer(rules: Sequence[Rule]) -> str:
    off = ' checkstate="0"'
    listed = "".join(
        f'<rule key="{{r{number}}}" symbol="{number}" label={quoteattr(rule.label)}{_filter(rule)}{"" if rule.on else off}/>'
        for number, rule in enumerate(rules)
    )
    symbols = "".join(_symbol(str(number), rule.symbol) for number, rule in enumerate(rules))
    return (
        f'<renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0"><rules key="{{root}}">{listed}</rules>'
        f"<symbols>{symbols}</symbols></renderer-v2>"
    )


def _filter(rule: Rule) -> str:
    return f" filter={quoteattr(' AND '.join(map(_expression, rule.tests)))}" if rule.tests else ""


def _expression(test: Test) -> str:
    name, sign, value = test
    if value is None:
        return f'"{name}" IS NULL'
    return f'"{name}" {sign} {_literal(value)}'


def _literal(value: str | float | bool) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value).lower()


def _symbol(name: str, symbol: Symbol) -> str:
    parts = {"fill": _fill, "line": _line, "marker": _marker}[symbol.kind](symbol, name)
    return _wrapped(name, symbol.kind, parts)


def _wrapped(name: str, kind: str, parts: str) -> str:
    return f'<symbol name="{name}" type="{kind}" alpha="1" clip_to_extent="1" force_rhr="0">{parts}</symbol>'


def _fill(symbol: Symbol, name: str) -> str:
    colour = qgis_colour(symbol.colour, symbol.opacity) if symbol.colour else NO_COLOUR
    options = {"color": colour, "style": "solid" if symbol.colour else "no", "outline_style": "no"}
    parts = _layer("SimpleFill", options)
    if symbol.stripes:
        parts += _stripes(symbol.stripes, name)
    if symbol.dots:
        parts += _dots(symbol.dots, symbol.gap, name)
    return parts + (_strokes(symbol.outline, symbol) if symbol.outline else "")


def _stripes(colours: tuple[str, str], name: str) -> str:
    """Parallel lines: the edges of a stripe are a wider line under it."""
    doubt = styles()["doubt"]
    widths = doubt["width"], doubt["width"] + 2 * doubt["edge"]
    lines = "".join(
        _layer("SimpleLine", _stroke(colour, width))
        for colour, width in reversed(list(zip(colours, widths, strict=True)))
    )
    # QGIS turns a level line against the clock, the styles an upright one with it.
    options = {"angle": f"{90 - doubt['angle']:g}", "distance": f"{doubt['gap'] * MM:.2f}", "distance_unit": "MM"}
    return _layer("LinePatternFill", options, _wrapped(f"@{name}@1", "line", lines))


def _dots(colour: str, gap: float, name: str) -> str:
    """Dots in rows."""
    options = {"name": "circle", "color": qgis_colour(colour), "outline_style": "no", "size": "0.5", "size_unit": "MM"}
    inside = _wrapped(f"@{name}@1", "marker", _layer("SimpleMarker", options))
    apart = {f"distance_{axis}": f"{gap * MM:.2f}" for axis in "xy"}
    return _layer("PointPatternFill", apart | {f"{key}_unit": "MM" for key in apart}, inside)


def _line(symbol: Symbol, _: str) -> str:
    band = styles()["band"]
    colour = {"line_color": qgis_colour(band["ink"], band["opacity"]), "capstyle": "flat", "joinstyle": "round"}
    unit = {"line_width_unit": "RenderMetersInMapUnits"}
    error = _layer("SimpleLine", colour | unit, _by_expression("outlineWidth", ERROR)) if symbol.error else ""
    return error + _strokes(symbol.colour or "#000000", symbol)


def _strokes(colour: str, symbol: Symbol) -> str:
    """A line, on a white one that makes it stand out."""
    case = _stroke(PAPER, symbol.width + symbol.case) | {"line_color": qgis_colour(PAPER, CASE)}
    under = _layer("SimpleLine", case) if symbol.case else ""
    return under + _layer("SimpleLine", _stroke(colour, symbol.width, symbol.dash))


def _stroke(colour: str, width: float, dash: Sequence[float] = ()) -> dict[str, str]:
    return {
        "line_color": qgis_colour(colour),
        "line_width": f"{width * MM:.2f}",
        "line_width_unit": "MM",
        "capstyle": "round" if dash and dash[0] < 3 else "flat",
        "joinstyle": "round",
        "use_custom_dash": "1" if dash else "0",
        "customdash": ";".join(f"{part * MM:.2f}" for part in dash) or "5;2",
        "customdash_unit": "MM",
    }


def _marker(symbol: Symbol, _: str) -> str:
    rim = qgis_colour(symbol.outline or "#ffffff")
    options = {
        "name": symbol.shape,
        "color": qgis_colour(symbol.colour or "#000000"),
        "outline_color": rim,
        "outline_width": f"{symbol.width * MM:.2f}",
        "outline_width_unit": "MM",
        "size": "2",
        "size_unit": "MM",
    }
    ring = {
        "name": "circle",
        "color": NO_COLOUR,
        "outline_color": rim,
        "outline_style": "dash",
        "size_unit": "RenderMetersInMapUnits",
    }
    error = _layer("SimpleMarker", ring, _by_expression("size", ERROR)) if symbol.error else ""
    return error + _layer("SimpleMarker", options)


def _layer(kind: str, options: dict[str, str], inside: str = "") -> str:
    listed = "".join(f'<Option type="QString" name="{name}" value="{text}"/>' for name, text in options.items())
    return f'<layer class="{kind}" enabled="1" locked="0" pass="0"><Option type="Map">{listed}</Option>{inside}</layer>'


def _by_expression(name: str, words: str) -> str:
    """A property of a symbol that follows from the feature."""
    one = (
        f'<Option type="bool" name="active" value="true"/><Option type="QString" name="expression" value={quoteattr(words)}/>'
        '<Option type="int" name="type" value="3"/>'
    )
    return (
        '<data_defined_properties><Option type="Map"><Option type="QString" name="name" value=""/>'
        f'<Option type="Map" name="properties"><Option type="Map" name="{name}">{one}</Option></Option>'
        '<Option type="QString" name="type" value="collection"/></Option></data_defined_properties>'
    )


def _labels(layer: str) -> str:
    """Names; those of zones come first, and dots of places make way for them."""
    if layer not in LABELLED:
        return ""
    zones = layer == "zones"
    return (
        '<labeling type="simple"><settings calloutType="simple">'
        f'<text-style fieldName="name" isExpression="0" fontSize="{LABELLED[layer]}" fontSizeUnit="Point" fontWeight="{75 if zones else 50}" '
        'textColor="38,36,43,255" textOpacity="1" blendMode="0">'
        '<text-buffer bufferDraw="1" bufferSize="0.7" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="1"/></text-style>'
        f'<placement placement="{4 if zones else 6}" dist="1" distUnits="MM" priority="{10 if zones else 4}"/>'
        f'<rendering drawLabels="1" obstacle="{int(layer == "points")}" displayAll="0" scaleVisibility="0"/></settings></labeling>'
    )


def _fields(layer: str, lists: Lists, lang: str) -> str:
    """Aliases and value lists: a table of attributes shows words, not ids."""
    columns = in_words(columns_of(layer), lang)
    aliases = "".join(
        f'<alias field="{column.name}" index="{number}" name={quoteattr(column.title)}/>'
        for number, column in enumerate(columns, 1)
    )
    widgets = "".join(_widget(column.name, lists[column.vocabulary]) for column in columns if column.vocabulary)
    return f"<fieldConfiguration>{widgets}</fieldConfiguration><aliases>{aliases}</aliases>"


def _widget(name: str, values: dict[str, str]) -> str:
    listed = "".join(
        f'<Option type="Map"><Option type="QString" name={quoteattr(words)} value={quoteattr(value)}/></Option>'
        for value, words in values.items()
    )
    return (
        f'<field name="{name}"><editWidget type="ValueMap"><config><Option type="Map">'
        f'<Option type="List" name="map">{listed}</Option></Option></config></editWidget></field>'
    )


def _tip() -> str:
    tip = '<b>[% "name" %]</b><br>[% "since" %] – [% "until" %]'
    return f"<mapTip>{escape(tip)}</mapTip><previewExpression>&quot;name&quot;</previewExpression>"

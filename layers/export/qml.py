"""QGIS styles: symbols, labels, aliases, value lists, and the temporal settings with which QGIS plays a history."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from geodata.columns import columns_of
from layers.export.colours import qgis_colour
from layers.export.symbols import LATER, MM, Rule, Symbol, Test
from layers.export.value_lists import Lists

HEAD = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
VERSION = "3.22.16-Białowieża"
NO_COLOUR = "0,0,0,0"
LABELLED = {"zones": 9, "points": 8, "places": 8, "events": 7}
"""Layers with labels, and the size of the letters."""


def qml(layer: str, rules: Sequence[Rule], lists: Lists, *, temporal: bool) -> str:
    """The style of one layer of the package as a document of its own."""
    labels = int(layer in LABELLED)
    return f'{HEAD}<qgis version="{VERSION}" labelsEnabled="{labels}" styleCategories="AllStyleCategories">{body(layer, rules, lists, temporal=temporal)}</qgis>'


def body(layer: str, rules: Sequence[Rule], lists: Lists, *, temporal: bool) -> str:
    """What a style and a layer of a project have in common."""
    return _temporal(enabled=temporal) + _renderer(rules) + _labels(layer) + _fields(layer, lists) + _tip()


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
    if sign == LATER:
        return f'to_date(@map_start_time) < "{name}"'
    if isinstance(value, tuple):
        return f"coalesce(\"{name}\", '') {sign.upper()} ({', '.join(map(_literal, value))})"
    return f'"{name}" {sign} {_literal(value)}'


def _literal(value: str | float | bool) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value).lower()


def _symbol(name: str, symbol: Symbol) -> str:
    parts = {"fill": _fill, "line": _line, "marker": _marker}[symbol.kind](symbol, name)
    return f'<symbol name="{name}" type="{symbol.kind}" alpha="1" clip_to_extent="1" force_rhr="0">{parts}</symbol>'


def _fill(symbol: Symbol, name: str) -> str:
    colour = qgis_colour(symbol.colour, symbol.opacity) if symbol.colour else NO_COLOUR
    options = {"color": colour, "style": "solid" if symbol.colour else "no", "outline_style": "no"}
    parts = _layer("SimpleFill", options)
    if symbol.dotted:
        parts += _dots(symbol, name)
    elif symbol.hatch:
        parts += "".join(
            _hatch(symbol, angle, f"@{name}@{number}")
            for number, angle in enumerate((symbol.angle, symbol.angle + 90)[: 1 + symbol.crossed], 1)
        )
    if symbol.outline:
        parts += _layer("SimpleLine", _stroke(symbol.outline, symbol))
    return parts


def _hatch(symbol: Symbol, angle: float, name: str) -> str:
    """Parallel lines."""
    colour = qgis_colour(symbol.hatch or "#000000")
    line = _layer("SimpleLine", {"line_color": colour, "line_width": "0.25", "line_width_unit": "MM"})
    inside = f'<symbol name="{name}" type="line" alpha="1" clip_to_extent="1" force_rhr="0">{line}</symbol>'
    options = {"angle": f"{angle % 180:g}", "distance": f"{symbol.gap * MM:.2f}", "distance_unit": "MM"}
    return _layer("LinePatternFill", options, inside)


def _dots(symbol: Symbol, name: str) -> str:
    """Dots in rows."""
    colour = qgis_colour(symbol.hatch or "#000000")
    dot = _layer(
        "SimpleMarker",
        {"name": "circle", "color": colour, "outline_style": "no", "size": "0.5", "size_unit": "MM"},
    )
    inside = f'<symbol name="@{name}@1" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">{dot}</symbol>'
    gap = f"{symbol.gap * MM:.2f}"
    options = {"distance_x": gap, "distance_y": gap, "displacement_x": f"{symbol.gap * MM / 2:.2f}"}
    return _layer("PointPatternFill", options | {f"{key}_unit": "MM" for key in options}, inside)


def _line(symbol: Symbol, _: str) -> str:
    return _layer("SimpleLine", _stroke(symbol.colour or "#000000", symbol))


def _stroke(colour: str, symbol: Symbol) -> dict[str, str]:
    dash = ";".join(f"{part * MM:.2f}" for part in symbol.dash)
    return {
        "line_color": qgis_colour(colour),
        "line_width": f"{symbol.width * MM:.2f}",
        "line_width_unit": "MM",
        "capstyle": "round" if symbol.dash and symbol.dash[0] <= 2 else "flat",
        "use_custom_dash": "1" if dash else "0",
        "customdash": dash or "5;2",
        "customdash_unit": "MM",
    }


def _marker(symbol: Symbol, _: str) -> str:
    return _layer(
        "SimpleMarker",
        {
            "name": symbol.shape,
            "color": qgis_colour(symbol.colour or "#000000"),
            "outline_color": qgis_colour(symbol.outline or "#ffffff"),
            "outline_width": f"{symbol.width * MM:.2f}",
            "outline_width_unit": "MM",
            "size": "2",
            "size_unit": "MM",
        },
    )


def _layer(kind: str, options: dict[str, str], inside: str = "") -> str:
    listed = "".join(f'<Option type="QString" name="{name}" value="{text}"/>' for name, text in options.items())
    return f'<layer class="{kind}" enabled="1" locked="0" pass="0"><Option type="Map">{listed}</Option>{inside}</layer>'


def _labels(layer: str) -> str:
    if layer not in LABELLED:
        return ""
    placement = 1 if layer == "zones" else 6
    return (
        '<labeling type="simple"><settings calloutType="simple">'
        f'<text-style fieldName="name" isExpression="0" fontSize="{LABELLED[layer]}" fontSizeUnit="Point" textColor="38,36,43,255" textOpacity="1" blendMode="0">'
        '<text-buffer bufferDraw="1" bufferSize="0.7" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="1"/></text-style>'
        f'<placement placement="{placement}" dist="1" distUnits="MM" priority="5"/>'
        '<rendering drawLabels="1" obstacle="1" displayAll="0" scaleVisibility="0"/></settings></labeling>'
    )


def _fields(layer: str, lists: Lists) -> str:
    """Aliases and value lists: a table of attributes shows words, not ids."""
    columns = columns_of(layer)
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
    return f"<mapTip>{_escaped(tip)}</mapTip><previewExpression>&quot;name&quot;</previewExpression>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

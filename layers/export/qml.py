"""QGIS styles for the GeoPackage, with the temporal settings that let QGIS's controller play the history."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from layers.catalogue import style_of, styles
from layers.export.colours import qgis_colour

_HEAD = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
_TEMPORAL = (
    '<temporal enabled="{enabled}" mode="2" startField="since" endField="until" limitMode="0" accumulate="0" '
    'fixedDuration="0" durationUnit="min" durationField="" startExpression="" endExpression="">'
    "<fixedRange><start></start><end></end></fixedRange></temporal>"
)
_CLASSES = {"fill": "SimpleFill", "line": "SimpleLine", "marker": "SimpleMarker"}
GEOMETRY = {
    "control": "fill",
    "history": "fill",
    "zones": "fill",
    "lines": "line",
    "points": "marker",
    "events": "marker",
}
"""How each layer of the package is drawn."""


def qml(layer: str, values: list[str], *, temporal: bool) -> str:
    """The style of one layer of the package.

    Parameters
    ----------
    layer
        Name of the layer in the package.
    values
        What its categories are: controllers for ``control`` and ``history``, layer ids for the others.
    temporal
        Whether the layer's rows follow QGIS's temporal controller from ``since`` up to, not including, ``until``.
    """
    kind = GEOMETRY[layer]
    attribute = "controller" if layer in ("control", "history") else "layer"
    categories = "".join(
        f'<category symbol="{number}" value={quoteattr(value)} label={quoteattr(value)} render="true"/>'
        for number, value in enumerate(values)
    )
    symbols = "".join(_symbol(number, kind, attribute, value) for number, value in enumerate(values))
    return (
        f'{_HEAD}<qgis version="3.22" styleCategories="Symbology|Temporal">{_TEMPORAL.format(enabled=int(temporal))}'
        f'<renderer-v2 type="categorizedSymbol" attr="{attribute}" symbollevels="0" enableorderby="0">'
        f"<categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2></qgis>"
    )


def _symbol(number: int, kind: str, attribute: str, value: str) -> str:
    if attribute == "controller":
        style = styles()["controllers"][value]
        options = {
            "color": qgis_colour(style["fill"], 0.85),
            "outline_color": qgis_colour(style["line"]),
            "outline_width": "0.2",
        }
    elif kind == "fill":
        hue = style_of(value)["hue"]
        options = {"color": qgis_colour(hue, 0.12), "outline_color": qgis_colour(hue), "outline_width": "0.6"}
    elif kind == "line":
        options = {"line_color": qgis_colour(style_of(value)["hue"]), "line_width": "0.6"}
    else:
        options = {"color": qgis_colour(style_of(value)["hue"]), "size": "2.4", "name": "circle"}
    listed = "".join(f'<Option type="QString" name="{name}" value="{text}"/>' for name, text in options.items())
    return (
        f'<symbol name="{number}" type="{kind}" alpha="1" clip_to_extent="1" force_rhr="0">'
        f'<layer class="{_CLASSES[kind]}" enabled="1" locked="0" pass="0"><Option type="Map">{listed}</Option></layer></symbol>'
    )

"""The QGIS project inside a GeoPackage: layers in order and groups, legend, extent, the temporal range and its step."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from layers.export.archive import archive
from layers.export.geometry_types import GEOMETRY_TYPES
from layers.export.qml import HEAD, LABELLED, VERSION
from layers.wording import wording
from layers.wording.vocabulary import N

GROUPS = {
    N("Events and places"): ("events", "places"),
    N("Points and lines"): ("points", "lines", "edges"),
    N("Zones"): ("zones",),
    N("Who held the ground"): ("doubt", "control", "held"),
    N("History"): ("history",),
}
"""Layers from the top down, by the English name of their group."""
PREFIX = "ceasefire_atlas_"
"""Of the ids of layers: QGIS takes ids of more than ten letters only."""
OFF_IN_A_DAY = {"events", "held", "history"}
OFF_IN_A_HISTORY = {"events", "held", "control"}
NAMES = {
    "events": N("Events"),
    "places": N("Places"),
    "points": N("Point symbols"),
    "lines": N("Lines"),
    "zones": N("Zones"),
    "edges": N("Lines between holders"),
    "doubt": N("Ground within a line's error"),
    "control": N("Control"),
    "held": N("Control by holder"),
    "history": N("Control over time"),
}
"""English names of layers, by the table."""
SYSTEM = (
    "<spatialrefsys><proj4>+proj=longlat +datum=WGS84 +no_defs</proj4><srid>4326</srid><authid>EPSG:4326</authid>"
    "<description>WGS 84</description><geographicflag>true</geographicflag></spatialrefsys>"
)


@dataclass(frozen=True)
class Setting:
    """What a project is about: its title, the file's name, its extent (west, south, east, north), its days, its language."""

    title: str
    file: str
    extent: tuple[float, float, float, float]
    first: str
    last: str
    history: bool
    lang: str


def project(setting: Setting, bodies: Mapping[str, str]) -> bytes:
    """The project, packed as QGIS packs one (.qgz); ``bodies`` hold the style of each layer by its name."""
    return archive({"atlas.qgs": _document(setting, bodies).encode("utf-8")})


def _document(setting: Setting, bodies: Mapping[str, str]) -> str:
    west, south, east, north = setting.extent
    order = [layer for group in GROUPS.values() for layer in group]
    out = io.StringIO()
    out.write(f'{HEAD}<qgis version="{VERSION}" projectname={quoteattr(setting.title)}>')
    out.write(f"<title>{escape(setting.title)}</title><projectCrs>{SYSTEM}</projectCrs>")
    out.write(
        f"<layer-tree-group>{''.join(_group(name, layers, setting) for name, layers in GROUPS.items())}</layer-tree-group>"
    )
    out.write(
        f'<mapcanvas name="theMapCanvas" annotationsVisible="1"><units>degrees</units><extent><xmin>{west}</xmin><ymin>{south}</ymin>'
        f"<xmax>{east}</xmax><ymax>{north}</ymax></extent><rotation>0</rotation><destinationsrs>{SYSTEM}</destinationsrs></mapcanvas>"
    )
    out.write(f"<projectlayers>{''.join(_layer(layer, setting, bodies[layer]) for layer in order)}</projectlayers>")
    listed = "".join(f'<layer id="{PREFIX}{layer}"/>' for layer in order)
    out.write(f"<layerorder>{listed}</layerorder>")
    out.write('<properties><Paths><Absolute type="bool">false</Absolute></Paths></properties>')
    out.write(
        '<ProjectTimeSettings timeStep="1" timeStepUnit="d" frameRate="2" cumulativeTemporalRange="0">'
        f"<TemporalRange><start>{setting.first}T00:00:00Z</start><end>{setting.last}T00:00:00Z</end></TemporalRange></ProjectTimeSettings>"
    )
    out.write("</qgis>")
    return out.getvalue()


def _group(name: str, layers: tuple[str, ...], setting: Setting) -> str:
    hidden = OFF_IN_A_HISTORY if setting.history else OFF_IN_A_DAY
    inside = "".join(
        f'<layer-tree-layer id="{PREFIX}{layer}" name={quoteattr(_name(layer, setting))} source={quoteattr(_source(layer, setting))} providerKey="ogr" '
        f'checked="{"Qt::Unchecked" if layer in hidden else "Qt::Checked"}" expanded="0" legend_exp=""/>'
        for layer in layers
    )
    return f'<layer-tree-group name={quoteattr(wording(setting.lang).tr(name))} checked="Qt::Checked" expanded="1">{inside}</layer-tree-group>'


def _layer(layer: str, setting: Setting, body: str) -> str:
    geometry = {"P": "Point", "L": "Line"}.get(GEOMETRY_TYPES[layer].removeprefix("Multi")[0], "Point")
    geometry = "Polygon" if "Polygon" in GEOMETRY_TYPES[layer] else geometry
    return (
        f'<maplayer type="vector" geometry="{geometry}" wkbType={quoteattr(GEOMETRY_TYPES[layer])} labelsEnabled="{int(layer in LABELLED)}" '
        f'hasScaleBasedVisibilityFlag="0" readOnly="0"><id>{PREFIX}{layer}</id><datasource>{escape(_source(layer, setting))}</datasource>'
        f'<layername>{escape(_name(layer, setting))}</layername><srs>{SYSTEM}</srs><provider encoding="UTF-8">ogr</provider>{body}</maplayer>'
    )


def _name(layer: str, setting: Setting) -> str:
    return wording(setting.lang).tr(NAMES[layer])


def _source(layer: str, setting: Setting) -> str:
    return f"./{setting.file}|layername={layer}"

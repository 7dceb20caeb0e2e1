"""The one Folium map that holds every layer with all its dates, and the script that Folium renders from it."""

from __future__ import annotations

from typing import Any

from branca.element import Figure

from geodata.ground import Ground
from geodata.parts import Symbol
from layers.catalogue import Layer, catalogue, style_of, styles
from layers.map.flat_arcs import pick, topology
from layers.map.folium_elements import AtlasMap, GroundLayer, Topology

START_VIEW = (39.85, 46.7, 8.0)
"""Latitude, longitude and zoom that show the former oblast and the seven districts around it."""
BOUNDS = ((36.5, 41.5), (43.5, 52.5))
"""South-west and north-east corner that the map does not leave."""


def build(ground: Ground) -> AtlasMap:
    """The Folium map of everything.

    The same ground gives the same map, byte for byte; texts are not in it (see :mod:`layers.map.payload`).
    """
    folium_map = AtlasMap(
        location=START_VIEW[:2],
        zoom_start=START_VIEW[2],
        min_zoom=5,
        max_zoom=15,
        zoom_snap=0,
        zoom_delta=0.5,
        wheel_px_per_zoom_level=90,
        zoom_control=False,
        attribution_control=False,
        keyboard=False,
        max_bounds=BOUNDS,
        max_bounds_viscosity=0.8,
    )
    shapes = Topology(topology(ground))
    folium_map.add_child(shapes)
    for layer in catalogue():
        if layer.draw != "raster":
            folium_map.add_child(GroundLayer(layer.id, shapes, drawing(layer, ground)))
    return folium_map


def drawing(layer: Layer, ground: Ground) -> dict[str, Any]:
    """What the script needs to draw one layer, beside the topology."""
    described: dict[str, Any] = {"draw": layer.draw}
    if layer.draw == "control":
        described["controllers"] = styles()["controllers"]
        described["edges"] = styles()["edges"]
    else:
        described["style"] = style_of(layer.id)
    if layer.draw == "point":
        described["points"] = [symbol(point) for point in ground.points if point.zone == layer.id]
    return described


def symbol(point: Symbol) -> dict[str, Any]:
    """A symbol as JSON values, its coordinates rounded to a metre."""
    names = ("names", "since", "until", "accuracy_m", "text", "clauses", "km2", "sources")
    where = [round(point.geometry.y, 5), round(point.geometry.x, 5)]
    doubt = {"doubt_control": {"unit": point.doubt.unit, "or": point.doubt.other}} if point.doubt else {}
    return {"point": point.id, **pick(point, *names), **doubt, "at": where}


def script(ground: Ground) -> str:
    """The script that Folium renders, as a function of Leaflet and of our own script.

    ``atlasDraw(L, Atlas)`` makes the map and returns it.  The ``L`` that is passed decides which element the map goes
    into, so one page can hold two maps and a map can be taken down and put up again.
    """
    root = build(ground).get_root()
    if not isinstance(root, Figure):
        raise TypeError("Folium's map is not in a figure")
    root.render()
    return f"window.atlasDraw = function (L, Atlas) {{\n{root.script.render()}\nreturn map_atlas;\n}};\n"

"""The same areas the usual way: st_folium, with the map rebuilt in Python at every date.

Leaflet comes from the app's own static folder (the benchmark puts it there), since nothing here may need a network.
``?way=group`` sends the areas as ``feature_group_to_add`` instead, so that the frame is not rebuilt.
"""

import json
import sys
from pathlib import Path
from typing import ClassVar

import folium
import streamlit as st
from streamlit_folium import st_folium

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from geodata.dates import parse_day
from geodata.ground import load_ground
from geodata.parts import Piece, span_on

HUES = {"azerbaijan": "#44aa99", "armenia": "#999933", "armenian-forces": "#ddcc77", "peacekeepers": "#882255"}
STOPS = ["1994-05-12", "2020-10-04", "2020-10-17", "2020-10-20", "2020-11-10", "2020-11-20", "2020-11-25", "2020-12-01"]


class LocalMap(folium.Map):
    """A map whose only script is Leaflet, from the app's own static folder."""

    default_js: ClassVar = [("leaflet", "../../app/static/leaflet.js")]  # type: ignore[misc]
    default_css: ClassVar = [("leaflet_css", "../../app/static/leaflet.css")]  # type: ignore[misc]


def areas(day: str) -> folium.GeoJson:
    """All pieces as one GeoJson layer, filled by who held them that day."""
    features = [
        {
            "type": "Feature",
            "geometry": json.loads(shape),
            "properties": {"fill": HUES[span_on(piece, parse_day(day)).controller]},
        }
        for piece, shape in geometry()
    ]
    return folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        style_function=lambda feature: {"fillColor": feature["properties"]["fill"], "color": "#555", "weight": 1},
    )


@st.cache_resource
def geometry() -> list[tuple[Piece, str]]:
    """Pieces with their GeoJSON text, made once."""
    import shapely

    return [(piece, shapely.to_geojson(piece.geometry)) for piece in load_ground().pieces]


step = st.select_slider("Date", STOPS, key="date")
way = st.query_params.get("way", "rebuilt")
m = LocalMap(location=[39.9, 46.6], zoom_start=8, tiles=None)
if way == "group":
    group = folium.FeatureGroup("areas")
    areas(step).add_to(group)
    st_folium(m, feature_group_to_add=group, returned_objects=[], key="map", width=900, height=560)
else:
    areas(step).add_to(m)
    st_folium(m, returned_objects=[], key="map", width=900, height=560)
st.write(f"shown: {step}")

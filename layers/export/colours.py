"""The colour of a feature in formats that carry one, from the shared styles."""

from __future__ import annotations

from typing import Any

from layers.catalogue import style_of, styles


def colour_of(kind: str, row: dict[str, Any]) -> str:
    """Colour (#rrggbb): by holder for control, by layer for the rest."""
    if kind in {"doubt", "edges", "places"}:
        return str(styles()["base"]["border"])
    if kind in {"control", "held"}:
        return str(styles()["controllers"][row["controller"]]["ink"])
    return str(style_of(row["layer"])["hue"])


def kml_colour(colour: str, opacity: float) -> str:
    """#rrggbb as KML's aabbggrr."""
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    return f"{round(opacity * 255):02x}{blue}{green}{red}"


def qgis_colour(colour: str, opacity: float = 1) -> str:
    """#rrggbb as QGIS's r,g,b,a."""
    parts = [str(int(colour[start : start + 2], 16)) for start in (1, 3, 5)]
    return ",".join([*parts, str(round(opacity * 255))])

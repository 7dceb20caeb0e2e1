"""The catalogue of layers and their styles, read from ``catalogue.yaml`` and ``styles.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from geodata.data_folder import data_folder

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Layer:
    """One layer of the map: how it is drawn and where the panel shows it.

    ``under`` is the clause that heads its group in the panel, None where no clause governs it.
    """

    id: str
    draw: Literal["control", "area", "line", "point", "raster"]
    under: int | None


@lru_cache(maxsize=1)
def catalogue() -> tuple[Layer, ...]:
    """All layers in drawing order, the lowest first."""
    own = data_folder() / "catalogue.yaml"
    entries = yaml.safe_load((own if own.exists() else HERE / "catalogue.yaml").read_text(encoding="utf-8"))
    return tuple(Layer(**entry) for entry in entries)


@lru_cache(maxsize=1)
def styles() -> dict[str, Any]:
    """All styles as they stand in ``styles.yaml``, with those of a second agreement over them; do not change the result."""
    content: dict[str, Any] = yaml.safe_load((HERE / "styles.yaml").read_text(encoding="utf-8"))
    own = data_folder() / "styles.yaml"
    return content | yaml.safe_load(own.read_text(encoding="utf-8")) if own.exists() else content


def style_of(layer_id: str) -> dict[str, Any]:
    """Stroke, hatch and symbol of one layer, with the default for what it does not say."""
    found: dict[str, Any] = {**styles()["default"], **styles()["layers"].get(layer_id, {})}
    return found


def edge_class(accuracy_m: float) -> str:
    """Id of the edge style for a line known to ``accuracy_m`` metres."""
    return str(next(edge["id"] for edge in styles()["edges"] if accuracy_m <= edge["within_m"]))


def line_class(layer_id: str, accuracy_m: float, *, governed: bool) -> str | None:
    """Id of the edge style whose dashes a line of a layer has; None: the layer has dashes of its own, or no clause governs it."""
    return edge_class(accuracy_m) if governed and not style_of(layer_id)["dash"] else None


def line_dash(layer_id: str, accuracy_m: float, *, governed: bool) -> str:
    """Dashes of a line, in pixels: its layer's own, else by how exactly it is known; empty: none."""
    name = line_class(layer_id, accuracy_m, governed=governed)
    style = next((edge for edge in styles()["edges"] if edge["id"] == name), style_of(layer_id))
    return str(style["dash"])


def zone_look(layer_id: str, status: str | None) -> tuple[str, float]:
    """Hue of a zone and opacity of its tint, by the status of its obligation."""
    style, rule = style_of(layer_id), styles()["statuses"].get(status or "open", {})
    return str(rule.get("hue", style["hue"])), 0.0 if style["outline"] else float(rule["tint"])

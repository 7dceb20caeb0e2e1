"""Our own Folium elements: a map with nothing from elsewhere, the shared topology, and layers cut from it."""

from __future__ import annotations

from typing import Any, ClassVar

import folium
from branca.element import MacroElement
from folium.map import Layer as FoliumLayer
from folium.template import Template

from layers.map.escape import script_json


class AtlasMap(folium.Map):
    """A Folium map without tiles and without links to anywhere; its id is fixed, so that its script is too."""

    default_js: ClassVar[list[tuple[str, str]]] = []  # type: ignore[misc]
    default_css: ClassVar[list[tuple[str, str]]] = []  # type: ignore[misc]

    def __init__(self, **options: Any) -> None:
        super().__init__(tiles=None, **options)
        self._id = "atlas"


class Topology(MacroElement):
    """All geometry, handed to the script once; the layers take theirs from it by name."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = Atlas.ground({{ this._parent.get_name() }}, {{ this.data }});
        {% endmacro %}
        """
    )

    def __init__(self, topology: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name, self._id = "Topology", "atlas"
        self.data = script_json(topology)


class GroundLayer(FoliumLayer):
    """One layer of the catalogue, drawn from the shared topology into a group of its own.

    Parameters
    ----------
    layer_id
        Id of the layer; the script's names derive from it.
    ground
        The topology that it is cut from.
    drawing
        How it is drawn: ``draw``, style, and for points their coordinates (JSON values).
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = Atlas.layer({{ this.ground }}, {{ this.drawing }});
        {% endmacro %}
        """
    )

    def __init__(self, layer_id: str, ground: Topology, drawing: dict[str, Any]) -> None:
        self._name, self._id = "Layer", layer_id.replace("-", "_")
        super().__init__(name=layer_id, overlay=True, control=False)
        self._name, self._id = "Layer", layer_id.replace("-", "_")
        self.ground = ground.get_name()
        self.drawing = script_json({"id": layer_id, **drawing})

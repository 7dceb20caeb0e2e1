"""The type of geometry of each kind of feature, the same whether there are features or not."""

GEOMETRY_TYPES = {
    "control": "MultiPolygon",
    "held": "MultiPolygon",
    "doubt": "MultiPolygon",
    "zones": "MultiPolygon",
    "history": "MultiPolygon",
    "edges": "MultiLineString",
    "lines": "MultiLineString",
    "points": "Point",
    "places": "Point",
    "events": "Point",
}
"""In OGR's words; ``history`` is the history of ``control``."""

"""Who held a point on a day, which zones and clauses applied there, and how sure that is.

The answer for a day counts everything dated that day.  Distances are geodesic on WGS84, in metres.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import shapely
from shapely.geometry import Point

from geodata.edges import Kind, edges_on, is_border
from geodata.ground import COVERAGE_START, Feature, Ground, holds

METRES_PER_DEGREE = 111_195.0
"""Mean length of a degree of latitude (sphere of 6 371 km); good to 0.6 % here, used for distances of a few km."""


def span_on(piece: Feature, day: str) -> dict[str, Any]:
    """The span of a piece that holds on a day."""
    return next(span for span in piece["spans"] if holds(span, day))


def zones_on(piece: Feature, day: str) -> list[dict[str, Any]]:
    """The zones that a piece lies in on a day, as ``{"zone", "since", "until", "clauses"}``."""
    return [zone for zone in piece["zones"] if holds(zone, day)]


UNMAPPED: dict[str, Any] = {
    "controller": None,
    "sovereign": None,
    "certain": None,
    "or": None,
    "zones": [],
    "clauses": [],
    "accuracy_m": None,
    "edge_m": None,
    "border_m": None,
    "border_accuracy_m": None,
    "near_border": False,
    "uncertain_by": [],
    "piece": None,
    "unit": None,
    "since": None,
    "event": None,
    "clause": None,
    "cause": None,
    "disputed": False,
    "basis": None,
    "doubts": [],
    "anchor": None,
    "source": None,
    "outside": True,
    "as_of": None,
}
"""The answer for a point outside the mapped area; the keys of every answer, in order."""


def at(ground: Ground, lat: float, lon: float, day: str) -> dict[str, Any]:
    """Answer “who held this point on this day, and what governed it”.

    Parameters
    ----------
    lat, lon
        WGS84 decimal degrees.
    day
        ISO text, Asia/Baku; a day after the end of coverage gets the last state.

    Returns
    -------
    dict
        - ``controller``, ``sovereign``, ``or`` (who else may hold it), ``zones`` (ids), ``clauses`` (integers);
        - ``certain``: true where the record is in no doubt and the point is farther from every edge across which the
          holder changes than that edge's error, or lies at a settlement (``anchor``) whose holder is known that day;
          null outside the mapped area.  ``uncertain_by`` lists why not: ``record``, ``symbol``, or kinds of edge
          (:data:`geodata.edges.Kind`);
        - ``edge_m``, ``accuracy_m``: distance to the nearest line between the two sides on that day, and its accuracy
          (without such a line null, and the accuracy of the piece);
        - ``border_m``, ``border_accuracy_m``: distance to the nearest border of a republic, and its accuracy;
          ``near_border``: whether the point lies within a border's error, so that it may be on its other side;
        - ``piece``, ``unit``, ``since``, ``event``, ``clause``, ``cause``, ``disputed``, ``basis``, ``doubts``,
          ``source``, ``outside``, ``as_of``.

    Raises
    ------
    ValueError
        For impossible coordinates or a day before the record begins.
    """
    check_position(lat, lon)
    if day < COVERAGE_START:
        raise ValueError(f"The record begins on {COVERAGE_START}: ask about that day or a later one.")
    as_of = min(day, ground.coverage_end)
    piece = piece_at(ground, lat, lon)
    near = Near(ground, lat, lon, as_of)
    border_m, border_accuracy = near.border
    near_border = border_m < border_accuracy
    if piece is None:
        return {**UNMAPPED, "near_border": near_border, "as_of": as_of}
    span = span_on(piece, as_of)
    edge_m, edge_accuracy = near.line_of_control
    doubts = list(_doubts(ground, lat, lon, as_of))
    anchor = anchor_at(ground, lat, lon, as_of, span["controller"])
    reasons = [
        *(["record"] if not span["certain"] else []),
        *(["symbol"] if doubts else []),
        *(near.within_error if anchor is None else []),
    ]
    zones = zones_on(piece, as_of)
    return {
        **UNMAPPED,
        "controller": span["controller"],
        "sovereign": piece["sovereign"],
        "certain": not reasons,
        "or": span["or"] or (doubts[0]["or"] if doubts else None),
        "zones": [zone["zone"] for zone in zones],
        "clauses": sorted({number for zone in zones for number in zone["clauses"]}),
        "accuracy_m": edge_accuracy if math.isfinite(edge_m) else piece["accuracy_m"],
        "edge_m": round(edge_m) if math.isfinite(edge_m) else None,
        "border_m": round(border_m) if math.isfinite(border_m) else None,
        "border_accuracy_m": border_accuracy if math.isfinite(border_m) else None,
        "near_border": near_border,
        "uncertain_by": reasons,
        "piece": piece["piece"],
        "unit": piece["unit"],
        "since": span["since"],
        "event": span["event"],
        "clause": span["clause"],
        "cause": span["cause"],
        "disputed": span["disputed"],
        "basis": piece["basis"],
        "doubts": [doubt["point"] for doubt in doubts],
        "anchor": anchor,
        "source": piece["source"],
        "outside": False,
        "as_of": as_of,
    }


def check_position(lat: float, lon: float) -> None:
    """Refuse coordinates that no place on earth has.

    Raises
    ------
    ValueError
        With one sentence.
    """
    if not (math.isfinite(lat) and math.isfinite(lon) and -90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(
            f"{lat:g}, {lon:g} is no place on earth: give latitude (-90 to 90), then longitude (-180 to 180)."
        )


def piece_at(ground: Ground, lat: float, lon: float) -> Feature | None:
    """The piece that holds a point; on a shared edge the first of the two; None outside the mapped area."""
    hits = ground.tree.query(Point(lon, lat), predicate="intersects")
    return ground.pieces[min(hits)] if len(hits) else None


class Near:
    """The edges around a point on a day, each with its distance."""

    def __init__(self, ground: Ground, lat: float, lon: float, day: str) -> None:
        distances = _metres([edge.geometry for edge in ground.edges], lat, lon)
        self._edges = [
            (float(distance), int(edge["accuracy_m"]), kind, is_border(edge), changes)
            for distance, (edge, kind, changes) in zip(distances, edges_on(ground, day), strict=True)
        ]

    @property
    def line_of_control(self) -> tuple[float, int]:
        """Distance (m) and accuracy (m) of the line between the two sides that leaves the least room."""
        return _least(edge[:2] for edge in self._edges if edge[2] == "line-of-control")

    @property
    def border(self) -> tuple[float, int]:
        """Distance (m) and accuracy (m) of the republics' border that leaves the least room, whoever holds what."""
        return _least(edge[:2] for edge in self._edges if edge[3])

    @property
    def within_error(self) -> list[Kind]:
        """Kinds of the edges across which the holder changes and that may in truth run on the point's other side."""
        return sorted({kind for metres, error, kind, _, changes in self._edges if changes and metres < error})


def _least(edges: Iterable[tuple[float, int]]) -> tuple[float, int]:
    """The distance and accuracy of the edge that leaves the least room (distance less accuracy); infinity without one."""
    return min(edges, key=lambda edge: (edge[0] - edge[1], *edge), default=(math.inf, 0))


def anchor_at(ground: Ground, lat: float, lon: float, day: str, controller: str) -> str | None:
    """The nearest settlement known to be that controller's on a day, within whose own accuracy the point lies."""
    near = [
        (float(metres), str(anchor["place"]))
        for anchor, metres in zip(
            ground.anchors, _metres([anchor.geometry for anchor in ground.anchors], lat, lon), strict=True
        )
        if metres <= anchor["accuracy_m"] and anchor["holder"] == controller and holds(anchor.properties, day)
    ]
    return min(near)[1] if near else None


def _metres(geometry: Any, lat: float, lon: float) -> Any:
    """Distance to a geometry, or to each of several, in metres, on a plane that touches the sphere at the point's latitude."""
    stretch = math.cos(math.radians(lat))
    plane = shapely.transform(geometry, lambda xy: xy * [stretch, 1.0])
    return shapely.distance(plane, Point(lon * stretch, lat)) * METRES_PER_DEGREE


def _doubts(ground: Ground, lat: float, lon: float, day: str) -> Iterable[dict[str, Any]]:
    """Points in force that cast doubt on who holds the ground of one unit around them, and who else may."""
    piece = piece_at(ground, lat, lon)
    for point in ground.points:
        doubt = point.properties.get("doubt_control")
        if not doubt or piece is None or piece["unit"] != doubt["unit"] or not holds(point.properties, day):
            continue
        if _metres(point.geometry, lat, lon) <= point["accuracy_m"]:
            yield {"point": point["point"], "or": doubt["or"]}

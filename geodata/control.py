"""Who held a point on a day, which zones and clauses applied there, and how sure that is.

The answer for a day counts everything dated that day.  Distances are geodesic on WGS84, in metres.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import shapely
from shapely.geometry import Point

from geodata.ground import COVERAGE_START, Feature, Ground

METRES_PER_DEGREE = 111_195.0
"""Mean length of a degree of latitude (sphere of 6 371 km); good to 0.6 % here, used for distances of a few km."""


def holds(item: dict[str, Any], day: str) -> bool:
    """Whether something dated ``[since, until)`` holds on a day (ISO text)."""
    return (item["since"] or "") <= day < (item["until"] or "9999")


def span_on(piece: Feature, day: str) -> dict[str, Any]:
    """The span of a piece that holds on a day."""
    return next(span for span in piece["spans"] if holds(span, day))


def zones_on(piece: Feature, day: str) -> list[dict[str, Any]]:
    """The zones that a piece lies in on a day, as ``{"zone", "since", "until", "clauses"}``."""
    return [zone for zone in piece["zones"] if holds(zone, day)]


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
        ``controller`` (null outside Armenia and Azerbaijan, where ``certain`` says nothing of the border's own accuracy),
        ``sovereign``, ``certain``, ``or``, ``zones`` (ids),
        ``clauses`` (integers), ``accuracy_m``, ``edge_m`` (distance to the nearest line of control of that day),
        ``piece``, ``unit``, ``event``, ``cause``, ``basis``, ``since``, ``outside``, ``as_of``, ``source``.

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
    if piece is None:
        return _outside(as_of)
    span = span_on(piece, as_of)
    edge_m, edge_accuracy = nearest_line_of_control(ground, lat, lon, as_of)
    doubts = [*_doubts(ground, lat, lon, as_of)]
    zones = zones_on(piece, as_of)
    return {
        "controller": span["controller"],
        "sovereign": piece["sovereign"],
        "certain": bool(span["certain"] and edge_m >= edge_accuracy and not doubts),
        "or": span["or"] or (doubts[0]["or"] if doubts else None),
        "zones": [zone["zone"] for zone in zones],
        "clauses": sorted({number for zone in zones for number in zone["clauses"]}),
        "accuracy_m": edge_accuracy if math.isfinite(edge_m) else piece["accuracy_m"],
        "edge_m": round(edge_m) if math.isfinite(edge_m) else None,
        "piece": piece["piece"],
        "unit": piece["unit"],
        "since": span["since"],
        "event": span["event"],
        "clause": span["clause"],
        "cause": span["cause"],
        "disputed": span["disputed"],
        "basis": piece["basis"],
        "doubts": [doubt["point"] for doubt in doubts],
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


def nearest_line_of_control(ground: Ground, lat: float, lon: float, day: str) -> tuple[float, int]:
    """Distance (m) to the nearest edge between two controllers on a day, and that edge's accuracy (m).

    Among the edges the one counts that leaves the least room: distance less accuracy.
    """
    controller = {piece["piece"]: span_on(piece, day)["controller"] for piece in ground.pieces}
    active = [edge for edge in ground.edges if controller.get(edge["left"]) != controller.get(edge["right"])]
    if not active:
        return math.inf, 0
    distances = _metres([edge.geometry for edge in active], lat, lon)
    _, distance, accuracy = min(
        (float(distance) - edge["accuracy_m"], float(distance), edge["accuracy_m"])
        for distance, edge in zip(distances, active, strict=True)
    )
    return distance, accuracy


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


def _outside(as_of: str) -> dict[str, Any]:
    return {
        "controller": None,
        "sovereign": None,
        "certain": True,
        "or": None,
        "zones": [],
        "clauses": [],
        "accuracy_m": None,
        "edge_m": None,
        "piece": None,
        "unit": None,
        "since": None,
        "event": None,
        "clause": None,
        "cause": None,
        "disputed": False,
        "basis": None,
        "doubts": [],
        "source": None,
        "outside": True,
        "as_of": as_of,
    }

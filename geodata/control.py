"""Who held a point on a day, which zones and clauses applied there, and how sure that is.

The answer for a day counts everything dated that day.  Distances are in metres.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geodata.edges import Kind, edges_on
from geodata.ground import Ground
from geodata.parts import Piece, Symbol, as_json, span_on, valid_on, zones_on

METRES_PER_DEGREE = 111_195.0
"""Mean length of a degree of latitude (sphere of 6 371 km); good to 0.6 % here, used for distances of a few km."""

Reason = Literal["record", "symbol"] | Kind
"""Why an answer is uncertain: the record, a symbol of doubt, or an edge of that kind within whose error the point lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlAnswer:
    """Who held a point on a day, and what governed it; outside the mapped area most is None.

    Attributes
    ----------
    controller, sovereign, other
        Who held it, whose it is by recognition, and who else may have held it.
    certain
        True where the record is in no doubt and the point is farther from every edge across which the holder changes than
        that edge's error, or lies at a settlement (``anchor``) whose holder is known that day; None outside.
    uncertain_by
        Why not.
    edge_m, accuracy_m
        Distance to the nearest line between the two sides on that day, and its accuracy (metres); without such a line
        None, and the accuracy of the piece.
    border_m, border_accuracy_m, near_border
        The same for the border of a republic, no matter who holds what; and whether the point lies within that border's
        error, so that it may be on its other side (outside too).
    zones, clauses
        Ids of the zones, numbers of the clauses.
    piece, unit, since, event, clause, cause, disputed, basis, source
        Of the piece and of the span of its history.
    doubts
        Ids of the symbols that cast doubt here.
    outside
        Whether nothing is mapped there.
    as_of
        The day answered for: a day after the end of coverage gets the last state.
    """

    controller: str | None = None
    sovereign: str | None = None
    certain: bool | None = None
    other: str | None = None
    zones: tuple[str, ...] = ()
    clauses: tuple[int, ...] = ()
    accuracy_m: int | None = None
    edge_m: int | None = None
    border_m: int | None = None
    border_accuracy_m: int | None = None
    near_border: bool
    uncertain_by: tuple[Reason, ...] = ()
    piece: str | None = None
    unit: str | None = None
    since: date | None = None
    event: str | None = None
    clause: int | None = None
    cause: str | None = None
    disputed: bool = False
    basis: str | None = None
    doubts: tuple[str, ...] = ()
    anchor: str | None = None
    source: str | None = None
    outside: bool = True
    as_of: date

    def as_json(self) -> dict[str, Any]:
        """The answer as ``geodata at --json`` prints it: ``other`` is called ``or``, days are ISO text."""
        return as_json(self)


def control_at(ground: Ground, lat: float, lon: float, day: date) -> ControlAnswer:
    """Answer “who held this point on this day, and what governed it”.

    Parameters
    ----------
    lat, lon
        WGS84 decimal degrees.
    day
        A day after the end of coverage gets the last state.

    Raises
    ------
    ValueError
        For impossible coordinates or a day before the record begins.
    """
    check_position(lat, lon)
    as_of = ground.day_covered(day)
    piece = piece_at(ground, lat, lon)
    near = Near(ground, lat, lon, as_of)
    border_m, border_accuracy = near.border
    near_border = border_m < border_accuracy
    if piece is None:
        return ControlAnswer(as_of=as_of, near_border=near_border)
    span = span_on(piece, as_of)
    edge_m, edge_accuracy = near.line_of_control
    doubts = list(_doubts(ground, piece, lat, lon, as_of))
    anchor = anchor_at(ground, lat, lon, as_of, span.controller)
    reasons: list[Reason] = [] if span.certain else ["record"]
    reasons += ["symbol"] if doubts else []
    reasons += near.within_error if anchor is None else []
    zones = zones_on(piece, as_of)
    return ControlAnswer(
        controller=span.controller,
        sovereign=piece.sovereign,
        certain=not reasons,
        other=span.other or next((doubt.doubt.other for doubt in doubts if doubt.doubt), None),
        zones=tuple(zone.zone for zone in zones),
        clauses=tuple(sorted({number for zone in zones for number in zone.clauses})),
        accuracy_m=edge_accuracy if math.isfinite(edge_m) else piece.accuracy_m,
        edge_m=_whole(edge_m),
        border_m=_whole(border_m),
        border_accuracy_m=border_accuracy if math.isfinite(border_m) else None,
        near_border=near_border,
        uncertain_by=tuple(reasons),
        piece=piece.id,
        unit=piece.unit,
        since=span.since,
        event=span.event,
        clause=span.clause,
        cause=span.cause,
        disputed=span.disputed,
        basis=piece.basis,
        doubts=tuple(doubt.id for doubt in doubts),
        anchor=anchor,
        source=piece.source,
        outside=False,
        as_of=as_of,
    )


def _whole(metres: float) -> int | None:
    return round(metres) if math.isfinite(metres) else None


def check_position(lat: float, lon: float) -> None:
    """Refuse coordinates that not a place on earth has.

    Raises
    ------
    ValueError
        With one sentence.
    """
    if not (math.isfinite(lat) and math.isfinite(lon) and -90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(
            f"{lat:g}, {lon:g} is not a place on earth: give latitude (-90 to 90), then longitude (-180 to 180)."
        )


def piece_at(ground: Ground, lat: float, lon: float) -> Piece | None:
    """The piece that holds a point; on a shared edge the first of the two; None outside the mapped area."""
    hits = ground.tree.query(Point(lon, lat), predicate="intersects")
    return ground.pieces[min(hits)] if len(hits) else None


class Near:
    """The edges around a point on a day, each with its distance."""

    def __init__(self, ground: Ground, lat: float, lon: float, day: date) -> None:
        distances = metres_to([edge.geometry for edge in ground.edges], lat, lon)
        self._edges = [
            (float(distance), edge.accuracy_m, kind, edge.is_border, changes)
            for distance, (edge, kind, changes) in zip(distances, edges_on(ground, day), strict=True)
        ]

    @property
    def line_of_control(self) -> tuple[float, int]:
        """Distance (m) and accuracy (m) of the line between the two sides that leaves the least room."""
        return _least(edge[:2] for edge in self._edges if edge[2] == "line-of-control")

    @property
    def border(self) -> tuple[float, int]:
        """Distance (m) and accuracy (m) of the republics' border that leaves the least room, no matter who holds what."""
        return _least(edge[:2] for edge in self._edges if edge[3])

    @property
    def within_error(self) -> list[Kind]:
        """Kinds of the edges across which the holder changes and that may in truth run on the point's other side."""
        return sorted({kind for metres, error, kind, _, changes in self._edges if changes and metres < error})


def _least(edges: Iterable[tuple[float, int]]) -> tuple[float, int]:
    """The distance and accuracy of the edge that leaves the least room (distance less accuracy); infinity without one."""
    return min(edges, key=lambda edge: (edge[0] - edge[1], *edge), default=(math.inf, 0))


def anchor_at(ground: Ground, lat: float, lon: float, day: date, controller: str) -> str | None:
    """The nearest settlement known to be that controller's on a day, within whose own accuracy the point lies."""
    distances = metres_to([anchor.geometry for anchor in ground.anchors], lat, lon)
    near = [
        (float(metres), anchor.place)
        for anchor, metres in zip(ground.anchors, distances, strict=True)
        if metres <= anchor.accuracy_m and anchor.holder == controller and valid_on(anchor, day)
    ]
    return min(near)[1] if near else None


def metres_to(geometries: Sequence[BaseGeometry], lat: float, lon: float) -> NDArray[np.float64]:
    """Distance to each geometry, in metres, on a plane that touches the sphere at the point's latitude."""
    stretch = math.cos(math.radians(lat))
    plane = shapely.transform(geometries, lambda xy: xy * [stretch, 1.0])
    distances: NDArray[np.float64] = shapely.distance(plane, Point(lon * stretch, lat)) * METRES_PER_DEGREE
    return distances


def _doubts(ground: Ground, piece: Piece, lat: float, lon: float, day: date) -> Iterator[Symbol]:
    """Symbols in force that cast doubt on who holds the ground of the piece's unit around them."""
    for symbol in ground.points:
        if symbol.doubt is None or symbol.doubt.unit != piece.unit or not valid_on(symbol, day):
            continue
        if metres_to([symbol.geometry], lat, lon)[0] <= symbol.accuracy_m:
            yield symbol

"""The ground that a step of the guided story tells of; where a map shows the step, it shows this ground whole."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from shapely.geometry.base import BaseGeometry

from geodata.ground import Ground
from geodata.model import Record, Step
from geodata.parts import Dated, valid_on

WHO_HELD = "control"
"""The layer that covers all ground, of which no step tells alone."""


def ground_of(step: Step, record: Record) -> list[str]:
    """What the step is to fit; else its layers that its clause governs; else all but that of who held what."""
    layers = [name for name in step.layers if name != WHO_HELD]
    clauses = {zone.id: zone.clauses for zone in record.zones}
    return step.fit or [name for name in layers if step.clause in clauses.get(name, [])] or layers


def members(ids: Collection[str], day: date, ground: Ground) -> list[BaseGeometry]:
    """The areas, lines and points of layers: those that hold on a day, or all of a layer that none holds of."""
    found: list[BaseGeometry] = []
    for name in ids:
        shapes: list[tuple[Dated, BaseGeometry]] = [
            *((zone, piece.geometry) for piece in ground.pieces for zone in piece.zones if zone.zone == name),
            *((line, line.geometry) for line in ground.lines if line.zone == name),
            *((point, point.geometry) for point in ground.points if point.zone == name),
        ]
        now = [shape for dates, shape in shapes if valid_on(dates, day)]
        found += now or [shape for _, shape in shapes]
    return found

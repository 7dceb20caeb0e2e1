"""``python -m geodata check``: every fault of record and shapes in one run."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.ground import ShapeError, load_ground
from geodata.history import compile_spans
from geodata.integrity import broken_seals
from geodata.loading import RecordError, load_record
from geodata.rules import broken


def faults() -> Iterator[str]:
    """Every fault as one sentence that names file, line or feature, and field."""
    record = ground = None
    yield from broken_seals()
    try:
        record = load_record()
    except RecordError as error:
        yield from map(str, error.faults)
    try:
        ground = load_ground()
    except ShapeError as error:
        yield str(error)
    if record is None or ground is None:
        return
    units = {unit.id: unit for unit in record.units}
    zones = {zone.id for zone in record.zones}
    for number, piece in enumerate(ground.pieces):
        where = f"pieces.geojson: features.{number}"
        unit = units.get(piece.unit)
        if unit is None:
            yield f"{where}.unit: there is no unit “{piece.unit}” in units.yaml; run `make data`."
            continue
        if piece.spans != compile_spans(unit, record.events, piece.ring, record.statement.sector_dates):
            yield f"{where}.spans: they no longer follow from events.yaml; run `make data`."
    for name in ("lines", "points"):
        for number, feature in enumerate(getattr(ground, name)):
            if feature.zone not in zones:
                yield f"{name}.geojson: features.{number}.zone: there is no zone “{feature.zone}” in zones.yaml."
    if ground.sides != {holder.id: holder.side for holder in record.statement.controllers}:
        yield "pieces.geojson: sides: they no longer follow from statement.yaml (controllers); run `make data`."
    if ground.coverage_end != record.statement.coverage_end:
        yield f"pieces.geojson: coverage_end: it says {ground.coverage_end}, statement.yaml says {record.statement.coverage_end}."
    yield from (str(finding.fault()) for finding in broken(record, ground))

"""Builds the shapes of the made-up agreement from its record: four boxes, their edges, one anchor."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import shapely

from geodata.build.anchors import anchor_rows
from geodata.build.shapes_io import write_collection
from geodata.history import compile_spans
from geodata.loading import load_record
from geodata.measures import km, km2
from geodata.parts import ZoneMembership

HERE = Path(__file__).parent
BOXES = {
    "alta": shapely.Polygon([(45.0, 10.5), (45.4, 10.5), (45.4, 11.0), (45.4, 11.5), (45.0, 11.5)]),
    "borea": shapely.Polygon([(45.6, 10.5), (46.0, 10.5), (46.0, 11.5), (45.6, 11.5), (45.6, 11.0)]),
    "first-district": shapely.box(45.4, 10.5, 45.6, 11.0),
    "second-district": shapely.box(45.4, 11.0, 45.6, 11.5),
}
"""They tile the area: where two of them meet beside a third, all three have a vertex."""
ACCURACY = 1000
PUBLISHED = {"source": "a1", "licence": "CC0-1.0"}


def build(out: Path) -> None:
    """Write every shape file into a folder."""
    record = load_record(HERE / "record")
    units = {unit.id: unit for unit in record.units}
    spans = {unit: compile_spans(units[unit], record.events) for unit in BOXES}
    pieces = [
        ({
            "piece": unit, "unit": unit, "sovereign": units[unit].sovereign, "zones": [
                ZoneMembership(zone.id, member.since, member.until, tuple(zone.clauses)).as_json()
                for zone in record.zones for member in zone.members if member.unit == unit
            ], "accuracy_m": ACCURACY, "basis": units[unit].basis, "km2": round(km2(box), 3),
            "spans": [span.as_json() for span in spans[unit]], "ring": None, **PUBLISHED,
        }, box)
        for unit, box in BOXES.items()
    ]  # fmt: skip
    statement = record.statement
    line = BOXES["first-district"].boundary.intersection(BOXES["borea"].boundary)
    files = {
        "pieces": pieces,
        "edges": _edges(units),
        "lines": [({
            "zone": "first-district", "line": "river", "names": {"neutral": "River"}, "since": "2001-02-01", "until": None,
            "clauses": [1], "accuracy_m": ACCURACY, "basis": "adjusted", "km": round(km(line), 1), **PUBLISHED,
        }, line)],
        "points": [({
            "zone": "second-district", "point": "post", "names": {"neutral": "Post"}, "since": "2001-02-01",
            "until": "2002-01-01", "clauses": [2], "accuracy_m": 2000, "text": "A post.", **PUBLISHED,
            "doubt_control": {"unit": "second-district", "or": "alta"},
        }, shapely.Point(45.5, 11.4))],
        "base": [({"kind": "neighbour", "name": "Nowhere", **PUBLISHED}, shapely.box(45.0, 10.0, 46.0, 10.5))],
        "anchors": anchor_rows(record.places, pieces, spans, statement.sides_day),
    }  # fmt: skip
    for name, rows in files.items():
        write_collection(
            out / f"{name}.geojson", rows, licence="CC0-1.0", credits="Made up.",
            coverage_start=str(statement.coverage_start), coverage_end=str(statement.coverage_end), time_zone=statement.time_zone,
            sides={holder.id: holder.side for holder in statement.controllers},
        )  # fmt: skip


def _edges(units):
    rows = []
    for one, other in combinations(BOXES, 2):
        shared = BOXES[one].boundary.intersection(BOXES[other].boundary)
        if shared.length:
            kind = "inner" if units[one].sovereign == units[other].sovereign else "republics"
            rows.append((one, other, kind, shapely.line_merge(shared)))
    whole = shapely.union_all(list(BOXES.values())).boundary
    rows += [
        (unit, None, "outside", shapely.line_merge(box.boundary.intersection(whole))) for unit, box in BOXES.items()
    ]
    return [
        (
            {"left": left, "right": right, "divides": kind, "accuracy_m": ACCURACY, "basis": "adjusted", **PUBLISHED},
            line,
        )
        for left, right, kind, line in rows
    ]


if __name__ == "__main__":
    build(HERE / "shapes")

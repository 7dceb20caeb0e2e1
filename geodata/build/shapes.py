"""Runs the whole build: sources and record in, GeoJSON out, every file beside and renamed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from geodata.build import anchors, arrangement, assemble, base, contested, lines, manifest, pieces, points, relief
from geodata.build.shapes_io import Row, write_collection
from geodata.loading import read_list, read_one
from geodata.measures import published_beside

CREDITS = (
    "Districts: Natural Earth (public domain), adjusted to borders © OpenStreetMap contributors, ODbL 1.0 (via geo-maps). "
    "Line of contact and former oblast: Natural Earth. Places: GeoNames, CC BY 4.0. Relief: NOAA GLOBE."
)


def build(sources: Path, record: Path, out: Path) -> None:
    """Build every shape file.

    Parameters
    ----------
    sources, record, out
        Folders of the extracts, of the record's YAML, and of the GeoJSON to write.

    Raises
    ------
    SourceError
        When an extract is missing or altered.
    RecordError
        When units, zones, places or events can't be read.
    """
    manifest.verify(sources)
    units, zones, places, events = (read_list(name, record) for name in ("units", "zones", "places", "events"))
    statement = read_one("statement", record)
    head = {
        "credits": CREDITS,
        "coverage_start": statement.coverage_start.isoformat(),
        "coverage_end": statement.coverage_end.isoformat(),
        "time_zone": statement.time_zone,
        "sides": {holder.id: holder.side for holder in statement.controllers},
    }
    ground = assemble.ground(sources, places, units)
    cut = arrangement.dissolve(arrangement.faces(ground))
    pieces.check(cut)
    edges = pieces.edges(cut, ground, units)
    spans = pieces.histories(cut, units, events, statement.sector_dates)
    piece_rows = pieces.rows(cut, edges, units, zones, spans)
    where = assemble.Points(places)
    out.mkdir(parents=True, exist_ok=True)
    files: dict[str, tuple[list[Row], str]] = {
        "pieces": (piece_rows, pieces.ODBL),
        "edges": ([(edge.properties, edge.geometry) for edge in edges], pieces.ODBL),
        "lines": (lines.line_rows(ground, edges, spans, zones, where), pieces.ODBL),
        "points": (
            [
                *points.point_rows(zones, where, ground.frame["azerbaijan"]),
                *contested.contested_rows(places, zones, piece_rows, spans, statement.sides_day),
            ],
            points.CC_BY,
        ),
        "anchors": (anchors.anchor_rows(places, piece_rows, spans, statement.sides_day), points.CC_BY),
        "base": (base.base_rows(sources, ground, [shape for _, shape in piece_rows]), pieces.ODBL),
    }
    for name, (rows, licence) in files.items():
        members: dict[str, Any] = (
            {**head, "published": published_beside(read_one("published", record))} if name == "pieces" else head
        )
        write_collection(out / f"{name}.geojson", rows, licence=licence, **members)
    relief.build(sources / "relief-globe.npz", out)

"""What the tests of exports share: the rows of a day, a written file, sums by holder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pyproj import Geod

from geodata.dates import parse_day
from layers.export import export
from layers.export.rows import Rows, rows_of
from tests.layers.sheets import world

DAYS = ("1994-05-12", "2020-10-20", "2020-11-10", "2020-11-25", "2022-08-30", "2024-06-12")
GEOD = Geod(ellps="WGS84")


def state(day: str) -> Rows:
    """The rows of a day."""
    record, ground = world()
    return rows_of(record, ground, parse_day(day))


def written(folder: Path, day: str, fmt: str, **options: Any) -> Path:
    """The export of a day as a file of the folder."""
    record, ground = world()
    path = folder / f"state.{fmt}"
    path.write_bytes(export(day, record, ground, fmt, **options))
    return path


def by_holder(rows: Any) -> dict[str, float]:
    """Area in km2 by controller."""
    found: dict[str, float] = {}
    for row in rows:
        found[row["controller"]] = found.get(row["controller"], 0) + row["km2"]
    return found


def geodesic_km2(geometry: Any) -> float:
    """The area of a geometry."""
    return float(abs(GEOD.geometry_area_perimeter(geometry)[0]) / 1e6)

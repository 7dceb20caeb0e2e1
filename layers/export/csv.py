"""CSV: one table of all kinds of feature, for spreadsheets: points with latitude and longitude, geometry as text (WKT) last.

UTF-8 with a byte order mark, without which spreadsheets misread ə and Armenian; lines end as RFC 4180 says.
"""

from __future__ import annotations

import csv
import io

import shapely

from geodata.columns import COLUMNS
from geodata.features import Row
from geodata.spreadsheet_safety import cell

MOST = 32_767
"""Letters of a cell in common spreadsheets."""
TOO_LONG = "too long for a cell of a spreadsheet: see the GeoJSON or the GeoPackage"
"""What stands in place of a longer geometry."""


def write(rows: dict[str, list[Row]]) -> bytes:
    """The table; ``kind`` comes first, ``wkt`` last."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(["kind", *COLUMNS, "lat", "lon", "wkt"])
    for kind, group in rows.items():
        for row in group:
            shape: shapely.Geometry = row["geometry"]
            position = (shape.y, shape.x) if isinstance(shape, shapely.Point) else (None, None)
            wkt = shapely.to_wkt(shape, rounding_precision=5, trim=True)
            values = (cell(row[name]) for name in COLUMNS)
            writer.writerow([kind, *values, *position, wkt if len(wkt) <= MOST else TOO_LONG])
    return stream.getvalue().encode("utf-8-sig")

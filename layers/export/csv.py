"""CSV: one table of all kinds of feature, geometry as well-known text in the last column, safe for spreadsheets.

UTF-8 with a byte order mark, without which spreadsheets misread ə and Armenian; lines end as RFC 4180 says.
"""

from __future__ import annotations

import csv
import io

import shapely

from geodata.features import COLUMNS, Row
from geodata.spreadsheet_safety import cell


def write(rows: dict[str, list[Row]]) -> bytes:
    """The table; ``kind`` comes first, ``wkt`` last."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(["kind", *COLUMNS, "wkt"])
    for kind, group in rows.items():
        for row in group:
            wkt = shapely.to_wkt(row["geometry"], rounding_precision=5, trim=True)
            writer.writerow([kind, *(cell(row[name]) for name in COLUMNS), wkt])
    return stream.getvalue().encode("utf-8-sig")

"""GeoParquet: one table of all kinds of feature; days are dates, lists are text divided by a semicolon and a space."""

from __future__ import annotations

import io

from geodata.features import Row
from geodata.frames import frame


def write(rows: dict[str, list[Row]], heading: dict[str, str]) -> bytes:
    """The table with its GeoParquet metadata; the heading goes into the file's metadata."""
    table = frame([row for group in rows.values() for row in group])
    table.insert(0, "kind", [kind for kind, group in rows.items() for _ in group])
    table["kind"] = table["kind"].astype("string")
    table.attrs.update(heading)
    stream = io.BytesIO()
    table.to_parquet(stream, index=False, schema_version="1.1.0", compression="zstd", write_covering_bbox=True)
    return stream.getvalue()

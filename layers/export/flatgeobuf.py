"""FlatGeobuf: one layer of all kinds of feature, with a spatial index; lists become text, days ISO text: the format has no dates."""

from __future__ import annotations

import pandas as pd
import pyogrio

from geodata.columns import DAYS
from geodata.features import Row
from geodata.frames import frame
from layers.export.disk_errors import room

SAID = ("state", "note", "citation", "licence", "credits")
"""What of the heading stands in the description."""


def write(rows: dict[str, list[Row]], heading: dict[str, str]) -> bytes:
    """The file; its index puts the rows in an order of its own, so ``kind`` and ``feature_id`` tell them apart."""
    table = frame([row for group in rows.values() for row in group])
    table.insert(0, "kind", [kind for kind, group in rows.items() for _ in group])
    table["kind"] = table["kind"].astype("string")
    for name in DAYS:
        table[name] = pd.Series(
            [day and day.isoformat() for day in table[name].astype(object).where(table[name].notna(), None)],
            dtype="string",
        )
    with room("FlatGeobuf") as folder:
        path = folder / "atlas.fgb"
        options = {"TITLE": heading["title"], "DESCRIPTION": "\n".join(heading[name] for name in SAID)}
        pyogrio.write_dataframe(
            table, path, driver="FlatGeobuf", geometry_type="Unknown", use_arrow=True, layer_options=options
        )
        return path.read_bytes()

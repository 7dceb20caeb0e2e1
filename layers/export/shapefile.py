"""Shapefiles in one archive, a set for each kind of feature.

The format allows ten letters for a column's name and 254 bytes for a text; names are shortened by :data:`SHORT`, longer
texts are cut, and the archive's ``README.txt`` says both.  The other formats hold everything.
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pyogrio

from geodata.columns import COLUMNS, columns_of
from geodata.features import Row
from geodata.frames import frame
from layers.export.archive import archive
from layers.export.disk_errors import room
from layers.export.geometry_types import GEOMETRY_TYPES
from layers.wording import Wording, wording

SHORT = {
    "record_certain": "rec_certai",
    "or_controller": "or_control",
    "sovereign_iso": "sov_iso",
    "geonames_id": "geonames",
    "change_clause": "chg_clause",
    "deadline_first": "due_first",
    "deadline_current": "due_now",
    "deadline_met": "due_met",
    "deadline_note": "due_note",
    "deadlines": "due_all",
}
"""Columns whose names are too long for the format."""
MOST = 254
"""Bytes of a text."""


def write(rows: dict[str, list[Row]], heading: dict[str, str], lang: str) -> bytes:
    """The archive; what stands in its ``README.txt`` is in a language."""
    with room("Shapefile") as folder:
        for kind, group in rows.items():
            pyogrio.write_dataframe(
                _table(kind, group),
                folder / f"{kind}.shp",
                driver="ESRI Shapefile",
                encoding="UTF-8",
                use_arrow=True,
                geometry_type=GEOMETRY_TYPES[kind],
                promote_to_multi=GEOMETRY_TYPES[kind].startswith("Multi"),
                layer_options={"DBF_DATE_LAST_UPDATE": heading["coverage_end"]},
            )
        files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    return archive({"README.txt": _readme(heading, wording(lang)).encode("utf-8"), **files})


def _table(kind: str, group: list[Row]) -> gpd.GeoDataFrame:
    columns = columns_of(kind)
    table: gpd.GeoDataFrame = frame(group, columns)
    for column in columns:
        if column.kind in {"text", "list"}:
            cuts = [cut(value) if isinstance(value, str) else None for value in table[column.name].astype(object)]
            table[column.name] = pd.Series(cuts, dtype="string")
    return table.rename(columns=SHORT)


def cut(text: str) -> str:
    """A text of at most 254 bytes, with an ellipsis where something was left out."""
    if len(text.encode("utf-8")) <= MOST:
        return text
    return text.encode("utf-8")[: MOST - 3].decode("utf-8", "ignore") + "…"


def _readme(heading: dict[str, str], w: Wording) -> str:
    columns = "\n".join(f"  {SHORT[name]:<11}{name}" for name in COLUMNS if name in SHORT)
    return (
        f"{heading['title']}\n{heading['state']}; {w.tr('Researched to {day}', day=w.day(heading['coverage_end']))}\n\n"
        f"{heading['note']}\n{heading['credits']}\n{heading['citation']}\n{w.tr('Every feature names its licence.')}\n\n"
        f"{w.tr('A Shapefile cuts texts at {most} bytes (they then end in …) and names at ten letters:', most=MOST)}\n{columns}\n\n"
        f"{w.tr('WGS84, UTF-8. GeoPackage and GeoJSON hold the same data whole.')}\n"
    )

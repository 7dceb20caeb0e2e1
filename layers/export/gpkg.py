"""GeoPackage: a layer for each kind of feature, the history for QGIS's temporal controller, tables, styles, metadata."""

from __future__ import annotations

import json
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio

from geodata.features import Row, day_of, history_rows
from geodata.frames import frame
from geodata.ground import Ground
from geodata.model import Record
from layers.export.disk_errors import room
from layers.export.qml import GEOMETRY, qml
from layers.export.tables import changes_table, events_table, obligations_table

DAYS = ("since", "until", "deadline_first", "deadline_current", "deadline_met", "as_of")
"""Columns written as dates."""
_CLOCK = threading.Lock()


def write(rows: dict[str, list[Row]], heading: dict[str, str], record: Record, ground: Ground) -> bytes:
    """The package.  The history table holds a row for each span of each piece, whatever day the other layers show."""
    whole = heading["state"] == "whole history"
    layers = {("history" if whole and kind == "control" else kind): group for kind, group in rows.items() if group}
    if not whole:
        layers["history"] = history_rows(ground, record)["control"]
    with room("GeoPackage"), tempfile.TemporaryDirectory() as folder, _fixed_clock(heading["coverage_end"]):
        path = Path(folder) / "atlas.gpkg"
        for number, (layer, group) in enumerate(layers.items()):
            _write_layer(path, layer, group, heading if number == 0 else None)
        for name, table in _tables(heading["day"], record, ground).items():
            pyogrio.write_dataframe(_texts(table), path, layer=name, driver="GPKG", use_arrow=True)
        _finish(path, layers, heading, temporal=whole)
        return path.read_bytes()


@contextmanager
def _fixed_clock(day: str) -> Iterator[None]:
    """GDAL stamps its files; the same state must give the same bytes.

    The clock is a setting of the whole process: whoever else makes a package at the same time waits.
    """
    options = {"OGR_CURRENT_DATE": f"{day}T00:00:00Z", "OGR_SQLITE_SYNCHRONOUS": "OFF"}
    with _CLOCK:
        before = {name: pyogrio.get_gdal_config_option(name) for name in options}
        pyogrio.set_gdal_config_options(options)
        try:
            yield
        finally:
            pyogrio.set_gdal_config_options(before)


def _write_layer(path: Path, layer: str, group: list[Row], heading: dict[str, str] | None) -> None:
    table: gpd.GeoDataFrame = frame(group)
    for name in DAYS:
        if name in table:
            table[name] = pd.Series([day_of(row[name]) for row in group], dtype="date32[pyarrow]")
    kinds = {shape.geom_type for shape in table.geometry}
    promote = len(kinds) > 1 and {name.removeprefix("Multi") for name in kinds} != kinds
    metadata = {name.upper(): value for name, value in heading.items()} if heading else None
    pyogrio.write_dataframe(
        table, path, layer=layer, driver="GPKG", use_arrow=True, promote_to_multi=promote, dataset_metadata=metadata
    )


def _tables(day: str, record: Record, ground: Ground) -> dict[str, list[dict[str, object]]]:
    return {
        "obligations": obligations_table(record, day),
        "event_list": events_table(record),
        "changes": changes_table(ground),
    }


def _texts(table: list[dict[str, object]]) -> pd.DataFrame:
    plain = [{name: "; ".join(map(str, v)) if isinstance(v, list) else v for name, v in row.items()} for row in table]
    return pd.DataFrame(plain).convert_dtypes()


def _finish(path: Path, layers: dict[str, list[Row]], heading: dict[str, str], *, temporal: bool) -> None:
    """Add what GDAL does not write: styles for QGIS and a description of each layer."""
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(
            "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT, "
            "f_table_schema TEXT, f_table_name TEXT, f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, "
            "useAsDefault BOOLEAN, description TEXT, owner TEXT, ui TEXT, update_time DATETIME)"
        )
        stamp = f"{heading['coverage_end']}T00:00:00.000Z"
        for layer, group in layers.items():
            values = list(dict.fromkeys(row["controller"] or row["layer"] for row in group))
            style = qml(layer, values, temporal=temporal or layer == "history")
            connection.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
                "styleQML, useAsDefault, description, owner, update_time) VALUES ('', '', ?, 'geom', ?, ?, 1, ?, '', ?)",
                (layer, layer, style, f"Drawn as in the atlas ({GEOMETRY[layer]})", stamp),
            )
            licences = sorted({row["licence"] for row in group})
            about = {
                "state": heading["state"],
                "note": heading["note"],
                "licences": licences,
                "credits": heading["credits"],
            }
            connection.execute(
                "UPDATE gpkg_contents SET description = ? WHERE table_name = ?",
                (json.dumps(about, ensure_ascii=False), layer),
            )
        connection.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) "
            "VALUES ('layer_styles', 'attributes', 'layer_styles', 'Styles for QGIS', ?)",
            (stamp,),
        )
    connection.close()

"""GeoPackage: a layer for each kind of feature, the history, tables, column descriptions, styles, a QGIS project.

All layers and columns are there on every day, filled or empty.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import pyogrio
import shapely

from geodata.columns import Column, columns_of
from geodata.frames import frame, series
from geodata.ground import Ground
from geodata.model import Record
from geodata.parts import iso
from layers.export.columns_in_words import in_words
from layers.export.disk_errors import room
from layers.export.geometry_types import GEOMETRY_TYPES
from layers.export.qgis_project import GROUPS, NAMES, Setting, project
from layers.export.qml import body, qml
from layers.export.rows import Rows, rows_of
from layers.export.sld import sld
from layers.export.symbols import rules_of
from layers.export.table_columns import TABLES
from layers.export.tables import Table, tables
from layers.export.value_lists import Lists, value_lists
from layers.wording import Wording, wording

ORDER = tuple(layer for group in GROUPS.values() for layer in group)
"""Layers as written, from the top of the map down: programs put the first on top."""
RENAMED = {"events": "event_list"}
"""Tables whose names are those of layers."""
VERSION = "1.3"
"""The newest version that GDAL 3.6 (Debian 12, QGIS 3.22) opens without a warning."""
_CLOCK = threading.Lock()


@dataclass(frozen=True)
class Extras:
    """What a package needs beside the rows; see :func:`layers.export.export`."""

    record: Record
    ground: Ground
    day: date
    history: bool
    known: date | None
    later: bool
    layers: Iterable[str] | None
    name: str
    lang: str = "en"


def write(rows: Rows, heading: dict[str, str], extras: Extras) -> bytes:
    """The package.  ``history`` holds a row for each span of each piece, up to the day that the file is about."""
    groups = _layers(rows, extras)
    found = tables(
        extras.record,
        extras.ground,
        heading["on"],
        iso(extras.known),
        later=extras.later or extras.history,
        lang=extras.lang,
    )
    with room("GeoPackage") as folder, _fixed_clock(heading["stamped"]):
        path = folder / "atlas.gpkg"
        for layer in ORDER:
            _write_layer(path, layer, groups, heading)
        for name, table in found.items():
            pyogrio.write_dataframe(
                _table(name, table), path, layer=RENAMED.get(name, name), driver="GPKG", use_arrow=True
            )
        _finish(path, groups, heading, extras)
        return path.read_bytes()


def _layers(rows: Rows, extras: Extras) -> Rows:
    """All layers: of a history file ``control`` is the last day's, of a day's file ``history`` ends on that day."""
    others = rows_of(
        extras.record, extras.ground, extras.ground.coverage_end if extras.later else extras.day,
        history=not extras.history, layers=extras.layers, lang=extras.lang,
    )["control"]  # fmt: skip
    if extras.history:
        return rows | {"control": others, "history": rows["control"]}
    return rows | {"history": others}


@contextmanager
def _fixed_clock(stamp: str) -> Iterator[None]:
    """GDAL stamps its files; the same state must give the same bytes.

    The clock is a setting of the whole process: others who make a package at the same time wait.
    """
    options = {"OGR_CURRENT_DATE": stamp, "OGR_SQLITE_SYNCHRONOUS": "OFF"}
    with _CLOCK:
        before = {name: pyogrio.get_gdal_config_option(name) for name in options}
        pyogrio.set_gdal_config_options(options)
        try:
            yield
        finally:
            pyogrio.set_gdal_config_options(before)


def _write_layer(path: Path, layer: str, groups: Rows, heading: dict[str, str]) -> None:
    first = layer == ORDER[0]
    pyogrio.write_dataframe(
        frame(groups[layer], columns_of(layer)),
        path,
        layer=layer,
        driver="GPKG",
        use_arrow=True,
        geometry_type=GEOMETRY_TYPES[layer],
        promote_to_multi=GEOMETRY_TYPES[layer].startswith("Multi"),
        dataset_options={"VERSION": VERSION} if first else None,
        dataset_metadata={name.upper(): value for name, value in heading.items()} if first else None,
    )


def _table(name: str, table: Table) -> pd.DataFrame:
    return pd.DataFrame({column.name: series(column, [row[column.name] for row in table]) for column in TABLES[name]})


def _finish(path: Path, groups: Rows, heading: dict[str, str], extras: Extras) -> None:
    """Add what GDAL does not write: descriptions, value lists, styles for QGIS and others, the project."""
    lists = value_lists(extras.record, extras.lang)
    connection = sqlite3.connect(path)
    with connection:
        described = {layer: in_words(columns_of(layer), extras.lang) for layer in ORDER}
        described |= {RENAMED.get(name, name): in_words(columns, extras.lang) for name, columns in TABLES.items()}
        _describe(connection, described, lists)
        _about(connection, groups, heading, wording(extras.lang))
        _styles(connection, groups, heading, extras, lists)
    connection.close()


def _describe(connection: sqlite3.Connection, described: dict[str, tuple[Column, ...]], lists: Lists) -> None:
    """The schema extension: a title, a description and, where there is one, a value list for every column."""
    connection.executescript(
        "CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, "
        "description TEXT, mime_type TEXT, constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), "
        "CONSTRAINT gdc_tn UNIQUE (table_name, name));"
        "CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, "
        "min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT, "
        "CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));"
    )
    for table in ("gpkg_data_columns", "gpkg_data_column_constraints"):
        connection.execute(
            "INSERT INTO gpkg_extensions VALUES (?, NULL, 'gpkg_schema', 'http://www.geopackage.org/spec121/#extension_schema', 'read-write')",
            (table,),
        )
    connection.executemany(
        "INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, NULL, ?)",
        [
            (table, column.name, column.name, column.title, column.about, column.vocabulary)
            for table, columns in described.items()
            for column in columns
        ],
    )
    connection.executemany(
        "INSERT INTO gpkg_data_column_constraints VALUES (?, 'enum', ?, NULL, NULL, NULL, NULL, ?)",
        [(name, value, words) for name, values in lists.items() for value, words in values.items()],
    )


def _about(connection: sqlite3.Connection, groups: Rows, heading: dict[str, str], w: Wording) -> None:
    for layer, group in groups.items():
        licences = sorted({row["licence"] for row in group})
        named = w.sentences([w.listed(w.tr("Licences"), licences or [heading["licence"]])])
        about = f"{heading['citation']} {heading['note']} {named} {heading['credits']}"
        connection.execute(
            "UPDATE gpkg_contents SET identifier = ?, description = ? WHERE table_name = ?",
            (w.tr(NAMES[layer]), about, layer),
        )


def _styles(
    connection: sqlite3.Connection, groups: Rows, heading: dict[str, str], extras: Extras, lists: Lists
) -> None:
    connection.executescript(
        "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT, "
        "f_table_schema TEXT, f_table_name TEXT, f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, "
        "useAsDefault BOOLEAN, description TEXT, owner TEXT, ui TEXT, update_time DATETIME);"
        "CREATE TABLE qgis_projects (name TEXT PRIMARY KEY, metadata BLOB, content BLOB);"
    )
    bodies = {}
    for layer in ORDER:
        over_time = layer == "history" or (extras.history and layer != "control")
        rules = rules_of(layer, extras.record, extras.ground, extras.lang, layers=extras.layers)
        bodies[layer] = body(layer, rules, lists, extras.lang, temporal=over_time)
        connection.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
            "styleQML, styleSLD, useAsDefault, description, owner, update_time) VALUES ('', '', ?, 'geom', ?, ?, ?, 1, ?, '', ?)",
            (
                layer,
                layer,
                qml(layer, rules, lists, extras.lang, temporal=over_time),
                sld(layer, rules),
                wording(extras.lang).tr("Drawn as in the atlas"),
                heading["stamped"],
            ),
        )
    shapes = [row["geometry"] for row in groups["control"]] or [
        row["geometry"] for group in groups.values() for row in group
    ]
    extent = tuple(map(float, shapely.total_bounds(shapes))) if shapes else (44.0, 38.0, 51.0, 42.0)
    west, south, east, north = extent
    first = heading["coverage_start"]
    setting = Setting(
        heading["title"],
        f"{extras.name}.gpkg",
        (west, south, east, north),
        first,
        heading["on"],
        extras.history,
        extras.lang,
    )
    connection.execute(
        "INSERT INTO qgis_projects VALUES ('atlas', ?, ?)",
        (f'{{"last_modified_time": "{heading["stamped"]}", "last_modified_user": ""}}', project(setting, bodies).hex()),
    )
    # The project's table stays unregistered, as QGIS itself leaves it: its key is a text, which the standard does not allow.
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) "
        "VALUES ('layer_styles', 'attributes', 'layer_styles', ?, ?)",
        (wording(extras.lang).tr("Styles for QGIS and others"), heading["stamped"]),
    )

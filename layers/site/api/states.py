"""The states of the map as GeoJSON: for each stretch in which nothing changes, who held what and which zones there were.

A feature is a piece in the hands of one holder, or a zone: it keeps its id in every state in which it stands, and ``when``
says for how long (GeoJSON-T, as Linked Places has it).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from geodata.columns import columns_of
from geodata.features import Row
from geodata.ground import Ground
from geodata.model import Record
from layers.export.geojson import geometry_json
from layers.export.rows import rows_of

KINDS = ("control", "zones")
"""The kinds of feature that a state has."""
STATUS = ("obligation", "deadline_first", "deadline_current", "deadline_met", "status", "deadlines", "deadline_note", "as_of")  # fmt: skip
"""Columns that change more often than the map; ``obligations/`` has them."""
EVIDENCE = ("evidence", "note")
"""Long texts, which ``events.json`` and the record have."""


def fields_of(kind: str) -> tuple[str, ...]:
    """The properties of one kind of feature, beside ``kind``."""
    return tuple(column.name for column in columns_of(kind) if column.name not in {*STATUS, *EVIDENCE})


def state_files(
    record: Record, ground: Ground, head: dict[str, Any], days: list[str]
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """One file for each state, by its first day."""
    features: list[tuple[Row, str]] = []

    def everything() -> list[tuple[Row, str]]:
        if not features:
            rows = rows_of(record, ground, ground.coverage_end, history=True, later=True)
            whole = rows | {"zones": _whole(rows["zones"])}
            features.extend((row, _feature(kind, row)) for kind in KINDS for row in whole[kind])
        return features

    for day in days:
        yield f"states/{day}.geojson", partial(_state, everything, head, day)


def _whole(rows: list[Row]) -> list[Row]:
    """The periods of the zones, without the cuts at changes of status alone: a state has no status."""
    whole: list[Row] = []
    for row in rows:
        last = whole[-1] if whole else None
        if (
            last
            and (last["layer"], last["until"]) == (row["layer"], row["since"])
            and last["geometry"] == row["geometry"]
        ):
            whole[-1] = last | {"until": row["until"]}
        else:
            whole.append(row)
    return whole


def _state(everything: Callable[[], list[tuple[Row, str]]], head: dict[str, Any], day: str) -> bytes:
    found = [text for row, text in everything() if row["since"] <= day and (row["until"] is None or day < row["until"])]
    start = json.dumps({"type": "FeatureCollection", **head, "on": day}, ensure_ascii=False, separators=(",", ":"))
    lines = ",\n".join(found)
    return f'{start[:-1]},"features":[\n{lines}\n]}}\n'.encode()


def _feature(kind: str, row: Row) -> str:
    feature = {
        "type": "Feature",
        "id": f"{kind}/{row['feature_id']}",
        "when": when(row),
        "properties": {"kind": kind} | {name: row[name] for name in fields_of(kind)},
        "geometry": geometry_json(row["geometry"]),
    }
    return json.dumps(feature, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def when(row: Row) -> dict[str, Any]:
    """The time of a row as a list of one time span; both ends are days on which it held.

    ``latest`` of the start: it held by then, and the record does not say since when.  No end: it still holds where the
    record ends.
    """
    span: dict[str, Any] = {"start": {"latest" if row["open_start"] else "in": row["since"]}}
    if row["until"]:
        span["end"] = {"in": (date.fromisoformat(row["until"]) - timedelta(days=1)).isoformat()}
    return {"timespans": [span]}
